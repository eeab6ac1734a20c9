import { AppError } from '@tecnocursos/contracts';
import { mentionsAny } from '@tecnocursos/persistence';
import type { IdempotencyOutcome, IdempotencyStore } from '@tecnocursos/provider-kit';
import { sql, type Kysely } from 'kysely';

/** Rows of `idempotency`, which a service's own migration makes by `createIdempotencyTable`. */
export interface IdempotencyTable {
  tenant_id: string;
  operation: string;
  key: string;
  request_hash: string;
  /** JSON; null while the work is under way. */
  answer: string | null;
  /** Until then a replica works on it; afterwards it is counted as dead. */
  leased_until: Date;
  created_at: Date;
}

interface WithIdempotency {
  idempotency: IdempotencyTable;
}

export async function createIdempotencyTable(db: Kysely<unknown>, schema: string): Promise<void> {
  await db.schema
    .withSchema(schema)
    .createTable('idempotency')
    .addColumn('tenant_id', 'uuid', (column) => column.notNull())
    .addColumn('operation', 'text', (column) => column.notNull())
    .addColumn('key', 'text', (column) => column.notNull())
    .addColumn('request_hash', 'text', (column) => column.notNull())
    .addColumn('answer', 'text')
    .addColumn('leased_until', 'timestamptz', (column) => column.notNull())
    .addColumn('created_at', 'timestamptz', (column) => column.notNull().defaultTo(sql`now()`))
    .addPrimaryKeyConstraint('idempotency_pk', ['tenant_id', 'operation', 'key'])
    .execute();
}

const LEASE_S = 300;
const KEEP_DAYS = 7;

/** By code point, whatever the database sorts texts by. */
const ID = sql<string>`(operation || ' ' || key) collate "C"`;

/** Idempotency keys in the service's own schema; answers are kept for a week. */
export class IdempotencyRepository implements IdempotencyStore {
  private readonly db: Kysely<WithIdempotency>;

  constructor(db: Kysely<never>) {
    this.db = db as unknown as Kysely<WithIdempotency>;
  }

  async begin<Value>(tenantId: string, operation: string, key: string, requestHash: string): Promise<IdempotencyOutcome<Value>> {
    const id = { tenant_id: tenantId, operation, key };
    const leasedUntil = sql<Date>`now() + make_interval(secs => ${LEASE_S})`;
    const begun = await this.db
      .insertInto('idempotency')
      .values({ ...id, request_hash: requestHash, answer: null, leased_until: leasedUntil, created_at: sql<Date>`now()` })
      .onConflict((conflict) => conflict.columns(['tenant_id', 'operation', 'key']).doUpdateSet({ leased_until: leasedUntil, request_hash: requestHash, answer: null, created_at: sql<Date>`now()` })
        .where(sql<boolean>`(idempotency.answer is null and idempotency.leased_until < now() and idempotency.request_hash = ${requestHash}) or idempotency.created_at < now() - make_interval(days => ${KEEP_DAYS})`))
      .returning('key')
      .executeTakeFirst();
    if (begun) return { state: 'begun', finish: (value) => this.finish(id, value), abandon: () => this.abandon(id) };
    return this.existing(id, requestHash);
  }

  /** Forgets what is older than a week. */
  async removeOld(): Promise<void> {
    await this.db.deleteFrom('idempotency').where(sql<boolean>`created_at < now() - make_interval(days => ${KEEP_DAYS})`).execute();
  }

  /** Kept answers in the order of their ids; with `mentioned` those alone in which one of the texts stands. */
  async list(tenantId: string, page: { mentioned?: readonly string[] | undefined; after: string | undefined; limit: number }): Promise<(IdempotencyTable & { id: string })[]> {
    const { mentioned, after, limit } = page;
    return this.db.selectFrom('idempotency').selectAll().select(ID.as('id')).where('tenant_id', '=', tenantId)
      .$if(mentioned !== undefined, (query) => query.where(mentionsAny(['key', 'answer'], mentioned ?? [])))
      .$if(after !== undefined, (query) => query.where(ID, '>', after ?? '')).orderBy(ID).limit(limit).execute();
  }

  /** Deletes a tenant's keys with their answers; with `mentioned` those alone in which one of the texts stands. @returns how many there were. */
  async erase(tenantId: string, mentioned?: readonly string[]): Promise<bigint> {
    const { numDeletedRows } = await this.db.deleteFrom('idempotency').where('tenant_id', '=', tenantId)
      .$if(mentioned !== undefined, (query) => query.where(mentionsAny(['key', 'answer'], mentioned ?? []))).executeTakeFirst();
    return numDeletedRows;
  }

  private async existing<Value>(id: Pick<IdempotencyTable, 'tenant_id' | 'operation' | 'key'>, requestHash: string): Promise<IdempotencyOutcome<Value>> {
    const row = await this.find(id);
    if (!row) throw new AppError('conflict', 'The request with this idempotency key has just ended. Send it again.', { retryAfterS: 1 });
    if (row.request_hash !== requestHash) {
      throw new AppError('idempotency_key_reused', 'This idempotency key was used for another request.', { issues: [{ field: 'idempotency-key', message: 'Use a new key for a new request.' }] });
    }
    if (row.answer === null) throw new AppError('conflict', 'A request with this idempotency key is under way.', { retryAfterS: 2 });
    return { state: 'done', value: JSON.parse(row.answer) as Value };
  }

  private find(id: Pick<IdempotencyTable, 'tenant_id' | 'operation' | 'key'>): Promise<IdempotencyTable | undefined> {
    return this.db.selectFrom('idempotency').selectAll().where('tenant_id', '=', id.tenant_id).where('operation', '=', id.operation).where('key', '=', id.key).executeTakeFirst();
  }

  private async finish(id: Pick<IdempotencyTable, 'tenant_id' | 'operation' | 'key'>, value: unknown): Promise<void> {
    await this.db.updateTable('idempotency').set({ answer: JSON.stringify(value) }).where('tenant_id', '=', id.tenant_id).where('operation', '=', id.operation).where('key', '=', id.key).execute();
  }

  private async abandon(id: Pick<IdempotencyTable, 'tenant_id' | 'operation' | 'key'>): Promise<void> {
    await this.db.deleteFrom('idempotency').where('tenant_id', '=', id.tenant_id).where('operation', '=', id.operation).where('key', '=', id.key).where('answer', 'is', null).execute();
  }
}
