import type { AttemptOutcome, BudgetKey, BudgetPeriod, IntegrationDomain } from '@tecnocursos/contracts';

export const INSIGHTS_SCHEMA = 'insights';

/** The zone of days and months, of budgets and of statistics. Its hours are those of UTC. */
export const TIME_ZONE = 'America/Sao_Paulo';

/** One attempt, as it was announced. Rows are never changed: a trigger refuses it. */
export interface UsageRecordTable {
  id: string;
  tenant_id: string;
  request_id: string;
  call_id: string;
  domain: IntegrationDomain;
  operation: string;
  provider: string;
  model: string | null;
  outcome: AttemptOutcome;
  started_at: Date;
  latency_ms: number;
  cost_micros: number;
  simulated: boolean;
  fallback_from: string | null;
  attempt: number;
}

/** What a tenant spent at a provider in a day, by the ledger: where a budget begins that is limited in the midst of its period. */
export interface SpendDayTable {
  tenant_id: string;
  provider: string;
  /** `2026-11-25`, in TIME_ZONE. */
  day: string;
  cost_micros: number;
}

/** A limit of the tenant's own choice, in place of the configured one. */
export interface BudgetLimitTable {
  tenant_id: string;
  period: BudgetPeriod;
  limit_micros: number;
  updated_at: Date;
}

/**
 * The account of one budget in one period. `spent + reserved` may exceed the limit, so no constraint forbids it: a call may cost more than its estimate, and a
 * limit may be lowered below what is spent. What holds instead: nothing is leased that does not fit below the limit, decided while the row is locked.
 */
export interface BudgetTable extends BudgetKey {
  period_start: Date;
  /** null: it is not limited at present. */
  limit_micros: number | null;
  spent_micros: number;
  /** The sum of `open_micros` of its open leases. */
  reserved_micros: number;
}

/** A slice of a budget in the hands of a replica. */
export interface LeaseTable extends BudgetKey {
  id: string;
  period_start: Date;
  holder: string;
  granted_micros: number;
  /** Neither settled as spent nor returned. Of an expired lease: what was counted as spent for want of a settlement. */
  open_micros: number;
  state: 'open' | 'expired';
  expires_at: Date;
}

export interface SettlementTable {
  lease_id: string;
  id: string;
  spent_micros: number;
  returned_micros: number;
  settled: boolean;
}

export interface InsightsTables {
  usage_record: UsageRecordTable;
  spend_day: SpendDayTable;
  budget_limit: BudgetLimitTable;
  budget: BudgetTable;
  lease: LeaseTable;
  settlement: SettlementTable;
}
