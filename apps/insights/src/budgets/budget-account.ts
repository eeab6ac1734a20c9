import type { BudgetKey } from '@tecnocursos/contracts';
import { sql, type Kysely, type Transaction } from 'kysely';
import { INSIGHTS_SCHEMA, type InsightsTables } from '../insights.tables.js';
import { spentAtLimiting, type Account } from './budget-arithmetic.js';
import type { PeriodSpan } from './budget-period.js';

export type Tx = Transaction<InsightsTables>;
export type AccountKey = BudgetKey & { period_start: Date };

/** One writer at a time for a budget, until the transaction ends. The account is made at the first demand of a period. */
export async function lockAccount(transaction: Tx, key: BudgetKey, span: PeriodSpan, limit: number): Promise<Account> {
  const account = { ...key, period_start: span.start };
  const stored = (await lockExisting(transaction, account)) ?? (await create(transaction, account, span, limit));
  if (stored.limit === limit) return { ...stored, limit };
  const spent = stored.limit === null ? spentAtLimiting(stored, await spentInLedger(transaction, key, span)) : stored.spent;
  await updateAccount(transaction, account, { limit_micros: limit, spent_micros: spent });
  return { limit, spent, reserved: stored.reserved };
}

export async function lockExisting(transaction: Tx, key: AccountKey): Promise<(Omit<Account, 'limit'> & { limit: number | null }) | null> {
  const row = await transaction
    .selectFrom('budget').select(['limit_micros', 'spent_micros', 'reserved_micros'])
    .where('scope', '=', key.scope).where('subject', '=', key.subject).where('period', '=', key.period).where('period_start', '=', key.period_start)
    .forUpdate()
    .executeTakeFirst();
  return row ? { limit: row.limit_micros, spent: row.spent_micros, reserved: row.reserved_micros } : null;
}

async function create(transaction: Tx, key: AccountKey, span: PeriodSpan, limit: number): Promise<Omit<Account, 'limit'> & { limit: number | null }> {
  const spent = await spentInLedger(transaction, key, span);
  await transaction
    .insertInto('budget')
    .values({ scope: key.scope, subject: key.subject, period: key.period, period_start: key.period_start, limit_micros: limit, spent_micros: spent, reserved_micros: 0 })
    .onConflict((conflict) => conflict.columns(['scope', 'subject', 'period', 'period_start']).doNothing())
    .execute();
  const stored = await lockExisting(transaction, key); // another replica may have made it at the same instant
  if (!stored) throw new Error('The account of a budget vanished while it was made');
  return stored;
}

export async function updateAccount(transaction: Tx, key: AccountKey, values: { limit_micros?: number; spent_micros?: number; reserved_micros?: number }): Promise<void> {
  await transaction
    .updateTable('budget').set(values)
    .where('scope', '=', key.scope).where('subject', '=', key.subject).where('period', '=', key.period).where('period_start', '=', key.period_start)
    .execute();
}

/** Counts as spent what holders of expired leases did not settle. The account is locked. */
export async function expireLeases(transaction: Tx, key: AccountKey, now: Date): Promise<number> {
  const { rows } = await sql<{ lost: string }>`
    with expired as (
      update ${sql.id(INSIGHTS_SCHEMA, 'lease')} set state = 'expired'
      where scope = ${key.scope} and subject = ${key.subject} and period = ${key.period} and period_start = ${key.period_start} and state = 'open' and expires_at <= ${now}
      returning open_micros)
    select coalesce(sum(open_micros), 0) as lost from expired`.execute(transaction);
  return Number(rows[0]?.lost ?? 0);
}

/** Millionths of a US dollar that the ledger holds for the budget since its period began; the days after it are none yet. */
export async function spentInLedger(db: Kysely<InsightsTables>, key: BudgetKey, span: PeriodSpan): Promise<number> {
  const { cost } = await db
    .selectFrom('spend_day')
    .select((expression) => expression.fn.coalesce(expression.fn.sum<string>('cost_micros'), sql<string>`0`).as('cost'))
    .where(key.scope === 'tenant' ? 'tenant_id' : 'provider', '=', key.subject)
    .where(sql<boolean>`day >= ${span.firstDay}::date`)
    .executeTakeFirstOrThrow();
  return Number(cost);
}
