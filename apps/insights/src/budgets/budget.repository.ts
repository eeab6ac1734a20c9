import { Inject, Injectable } from '@nestjs/common';
import type { BudgetKey, BudgetPeriod } from '@tecnocursos/contracts';
import { SCHEMA } from '@tecnocursos/nest-kit';
import { sql, type Kysely } from 'kysely';
import type { InsightsTables } from '../insights.tables.js';
import { spentInLedger } from './budget-account.js';
import { spentAtLimiting } from './budget-arithmetic.js';
import type { PeriodSpan } from './budget-period.js';

export interface AccountView {
  /** That of the latest lease. */
  limit: number | null;
  spent: number;
  reserved: number;
}

/** Limits and accounts, to read and to set. Leases are in `lease.repository.ts`. */
@Injectable()
export class BudgetRepository {
  constructor(@Inject(SCHEMA) private readonly db: Kysely<InsightsTables>) {}

  async ownLimit(tenantId: string, period: BudgetPeriod): Promise<number | null> {
    const row = await this.db.selectFrom('budget_limit').select('limit_micros').where('tenant_id', '=', tenantId).where('period', '=', period).executeTakeFirst();
    return row?.limit_micros ?? null;
  }

  async setOwnLimit(tenantId: string, period: BudgetPeriod, limit: number | null, now: Date): Promise<void> {
    if (limit === null) {
      await this.db.deleteFrom('budget_limit').where('tenant_id', '=', tenantId).where('period', '=', period).execute();
      return;
    }
    await this.db
      .insertInto('budget_limit')
      .values({ tenant_id: tenantId, period, limit_micros: limit, updated_at: now })
      .onConflict((conflict) => conflict.columns(['tenant_id', 'period']).doUpdateSet({ limit_micros: limit, updated_at: now }))
      .execute();
  }

  /** Remembers that nothing limits the budget at present: what is spent meanwhile is known to the ledger alone. */
  async unlimit(key: BudgetKey, span: PeriodSpan): Promise<void> {
    await this.db
      .updateTable('budget').set({ limit_micros: null })
      .where('scope', '=', key.scope).where('subject', '=', key.subject).where('period', '=', key.period).where('period_start', '=', span.start)
      .where('limit_micros', 'is not', null)
      .execute();
  }

  /** The account as it stands; of a budget that was not limited so far, what the ledger tells. */
  async account(key: BudgetKey, span: PeriodSpan): Promise<AccountView> {
    const row = await this.db
      .selectFrom('budget').select(['limit_micros', 'spent_micros', 'reserved_micros'])
      .where('scope', '=', key.scope).where('subject', '=', key.subject).where('period', '=', key.period).where('period_start', '=', span.start)
      .executeTakeFirst();
    const stored = { limit: row?.limit_micros ?? null, spent: row?.spent_micros ?? 0, reserved: row?.reserved_micros ?? 0 };
    return stored.limit === null ? { ...stored, spent: spentAtLimiting(stored, await spentInLedger(this.db, key, span)) } : stored;
  }

  /** Providers that were limited, or that anything was spent at, in the period. */
  async providers(span: PeriodSpan): Promise<string[]> {
    const limited = this.db.selectFrom('budget').select('subject').where('scope', '=', 'provider').where('period_start', '=', span.start);
    const used = this.db.selectFrom('spend_day').select('provider as subject').where(sql<boolean>`day >= ${span.firstDay}::date`);
    const rows = await limited.union(used).execute();
    return rows.map(({ subject }) => subject).sort();
  }

  /** Forgets accounts of periods that began before. */
  async removeBefore(cutoff: Date): Promise<void> {
    await this.db.deleteFrom('budget').where('period_start', '<', cutoff).execute();
  }
}
