import { Inject, Injectable } from '@nestjs/common';
import { AppError, type BudgetKey } from '@tecnocursos/contracts';
import { SCHEMA } from '@tecnocursos/nest-kit';
import type { Kysely, Selectable } from 'kysely';
import type { InsightsTables, LeaseTable } from '../insights.tables.js';
import { expireLeases, lockAccount, lockExisting, updateAccount, type AccountKey, type Tx } from './budget-account.js';
import { settle, sliceOf } from './budget-arithmetic.js';
import type { PeriodSpan } from './budget-period.js';

export interface Demand {
  key: BudgetKey;
  span: PeriodSpan;
  leaseId: string;
  holder: string;
  needed: number;
  limit: number;
}

export interface Settlement {
  leaseId: string;
  id: string;
  spent: number;
  returned: number;
}

type LeaseRow = Selectable<LeaseTable>;
const accountKey = ({ scope, subject, period, period_start }: LeaseRow): AccountKey => ({ scope, subject, period, period_start });

/** Slices of budgets. Every change of an account happens while its row is locked, so that replicas take turns. */
@Injectable()
export class LeaseRepository {
  constructor(@Inject(SCHEMA) private readonly db: Kysely<InsightsTables>) {}

  /**
   * What the lease holds: a new slice, or that of an earlier demand under the same id, less what was settled of it; 0 when what is needed does not fit.
   * @throws AppError `conflict` when the id belongs to a lease of another budget or holder.
   */
  async lease(demand: Demand, now: Date, expiresAt: Date): Promise<number> {
    return this.db.transaction().execute(async (transaction) => {
      const account = await lockAccount(transaction, demand.key, demand.span, demand.limit);
      const earlier = await find(transaction, demand.leaseId);
      if (earlier) return heldBy(earlier, demand);
      const key = { ...demand.key, period_start: demand.span.start };
      const lost = await expireLeases(transaction, key, now);
      const spent = account.spent + lost;
      const reserved = account.reserved - lost;
      const granted = sliceOf({ ...account, spent, reserved }, demand.needed);
      if (granted > 0) await insertLease(transaction, demand, granted, expiresAt);
      if (granted > 0 || lost > 0) await updateAccount(transaction, key, { spent_micros: spent, reserved_micros: reserved + granted });
      return granted;
    });
  }

  /** False when the lease is unknown or has expired. Repeating a settlement changes nothing. */
  async settle(settlement: Settlement, now: Date, expiresAt: Date): Promise<boolean> {
    const known = await find(this.db, settlement.leaseId);
    if (!known) return false;
    return this.db.transaction().execute(async (transaction) => {
      await this.expire(transaction, accountKey(known), now);
      const lease = await find(transaction, settlement.leaseId);
      if (!lease) return false;
      const earlier = await transaction.selectFrom('settlement').select('settled').where('lease_id', '=', lease.id).where('id', '=', settlement.id).executeTakeFirst();
      if (earlier) return earlier.settled;
      return this.apply(transaction, lease, settlement, expiresAt);
    });
  }

  /** Counts what expired leases held as spent, and forgets leases that expired before `forgetBefore`. */
  async sweep(now: Date, forgetBefore: Date): Promise<void> {
    const due = await this.db
      .selectFrom('lease').select(['scope', 'subject', 'period', 'period_start']).distinct()
      .where('state', '=', 'open').where('expires_at', '<=', now).execute();
    for (const key of due) await this.db.transaction().execute((transaction) => this.expire(transaction, key, now));
    await this.db.deleteFrom('lease').where('state', '=', 'expired').where('expires_at', '<', forgetBefore).execute();
  }

  private async apply(transaction: Tx, lease: LeaseRow, settlement: Settlement, expiresAt: Date): Promise<boolean> {
    const settled = lease.state === 'open';
    const effect = settle({ open: lease.open_micros, state: lease.state }, settlement.spent, settlement.returned);
    await transaction
      .insertInto('settlement')
      .values({ lease_id: lease.id, id: settlement.id, spent_micros: settlement.spent, returned_micros: settlement.returned, settled })
      .execute();
    await transaction
      .updateTable('lease').set({ open_micros: effect.open, ...(settled && { expires_at: expiresAt }) })
      .where('id', '=', lease.id).execute();
    await transaction
      .updateTable('budget')
      .set((expression) => ({ spent_micros: expression('spent_micros', '+', effect.spent), reserved_micros: expression('reserved_micros', '+', effect.reserved) }))
      .where('scope', '=', lease.scope).where('subject', '=', lease.subject).where('period', '=', lease.period).where('period_start', '=', lease.period_start)
      .execute();
    return settled;
  }

  private async expire(transaction: Tx, key: AccountKey, now: Date): Promise<void> {
    const account = await lockExisting(transaction, key);
    if (!account) return;
    const lost = await expireLeases(transaction, key, now);
    if (lost > 0) await updateAccount(transaction, key, { spent_micros: account.spent + lost, reserved_micros: account.reserved - lost });
  }
}

async function find(db: Kysely<InsightsTables>, leaseId: string): Promise<LeaseRow | undefined> {
  return db.selectFrom('lease').selectAll().where('id', '=', leaseId).executeTakeFirst();
}

function heldBy(lease: LeaseRow, { key, holder }: Demand): number {
  const isSame = lease.holder === holder && lease.scope === key.scope && lease.subject === key.subject && lease.period === key.period;
  if (!isSame) {
    throw new AppError('conflict', 'This lease_id belongs to another lease.', { issues: [{ field: 'lease_id', message: 'Take a new id for each lease.' }] });
  }
  return lease.state === 'open' ? lease.open_micros : 0;
}

async function insertLease(transaction: Tx, { key, span, leaseId, holder }: Demand, granted: number, expiresAt: Date): Promise<void> {
  await transaction
    .insertInto('lease')
    .values({
      id: leaseId, scope: key.scope, subject: key.subject, period: key.period, period_start: span.start, holder,
      granted_micros: granted, open_micros: granted, state: 'open', expires_at: expiresAt,
    })
    .execute();
}
