import { z } from 'zod';

const dollars = z.coerce.number().min(0).max(1_000_000_000).optional();

export const InsightsConfigSchema = z.object({
  INSIGHTS_RETENTION_DAYS: z.coerce.number().int().min(1).max(3650).default(400).meta({ description: 'days that the ledger and its statistics are kept' }),
  INSIGHTS_LEDGER_CONCURRENCY: z.coerce.number().int().min(1).max(32).default(4).meta({ description: 'messages of up to 500 attempts that one process stores at once' }),
  INSIGHTS_TENANT_DAILY_BUDGET_USD: dollars.meta({ description: 'what a tenant without a limit of its own may spend at vendors a day; absent: no limit' }),
  INSIGHTS_TENANT_MONTHLY_BUDGET_USD: dollars.meta({ description: 'the same a month' }),
  INSIGHTS_LEASE_EXPIRY_S: z.coerce.number().int().min(1).max(86_400).default(600).meta({
    description: 'seconds after its last settlement when what is left of a leased slice counts as spent',
  }),
  INSIGHTS_BUDGET_RECHECK_S: z.coerce.number().int().min(1).max(3600).default(30).meta({
    description: 'seconds until a changed or new limit is noticed by replicas that were told of none, or of an exhausted one',
  }),
  /** PTAX, offer, of 4 February 2026: R$ 5.2359 (Banco Central do Brasil, olinda.bcb.gov.br/olinda/servico/PTAX). */
  USD_BRL_RATE: z.coerce.number().positive().max(1_000).default(5.2359).meta({
    description: 'reais for a dollar, for amounts shown in both; the default is the PTAX of 2026-02-04',
  }),
});
export type InsightsConfig = z.infer<typeof InsightsConfigSchema>;
