import { RoutingPolicySchema } from '@tecnocursos/contracts';
import { z } from 'zod';

/** What services with providers read, besides the variables of each provider. */
export const IntegrationConfigSchema = z.object({
  SANDBOX_URL: z.url({ protocol: /^https?$/ }).transform((url) => url.replace(/\/+$/, '')).optional().meta({
    description: 'address of the sandbox, which stands in for vendors without credentials; none runs when absent',
  }),
  REDIS_URL: z.string().regex(/^rediss?:\/\//, 'must begin with redis:// or rediss://').optional().meta({
    description: 'shares answers and rate limits between replicas; each has its own when absent',
  }),
  CACHE_MAX_MB: z.coerce.number().int().min(1).max(4_096).default(64).meta({ description: 'memory for answers that may be used again, in each process' }),
  USAGE_JOURNAL_DIR: z.string().default('.data/usage-journal').meta({ description: 'folder where attempts are noted until the ledger has them; keep it across restarts' }),
});

/** Of one domain: `AI_ROUTING_POLICY`. */
export const domainConfigSchema = (prefix: string) =>
  z.object({
    [`${prefix}_ROUTING_POLICY`]: RoutingPolicySchema.default('priority').meta({ description: 'who is asked first: priority, cheapest, fastest, or weighted (A/B, the same tenant meets the same provider)' }),
    [`${prefix}_TENANT_RATE_LIMIT_RPM`]: z.coerce.number().int().positive().optional().meta({ description: 'requests a minute of one tenant' }),
    [`${prefix}_TENANT_RATE_LIMIT_TPM`]: z.coerce.number().int().positive().optional().meta({ description: 'tokens (characters, for voices) a minute of one tenant' }),
  });
