import { newId } from '@tecnocursos/contracts';
import { sql, type Kysely, type Transaction } from 'kysely';

/** Rows of `outbox`, which a service's own migration makes by `createOutboxTable`. */
export interface OutboxTable {
  id: string;
  subject: string;
  payload: string;
  tenant_id: string;
  request_id: string;
}

interface WithOutbox {
  outbox: OutboxTable;
}

export interface OutboxMessage {
  subject: string;
  payload: unknown;
  tenantId: string;
  requestId: string;
}

export async function createOutboxTable(db: Kysely<unknown>, schema: string): Promise<void> {
  await db.schema
    .withSchema(schema)
    .createTable('outbox')
    .addColumn('id', 'uuid', (column) => column.primaryKey())
    .addColumn('subject', 'text', (column) => column.notNull())
    .addColumn('payload', 'text', (column) => column.notNull())
    .addColumn('tenant_id', 'uuid', (column) => column.notNull())
    .addColumn('request_id', 'text', (column) => column.notNull())
    .execute();
}

/** Announces messages in the transaction that makes them true. */
export async function enqueue<T extends WithOutbox>(transaction: Transaction<T>, messages: readonly OutboxMessage[]): Promise<void> {
  if (messages.length === 0) return;
  const rows = messages.map(({ subject, payload, tenantId, requestId }) => ({
    id: newId(), subject, payload: JSON.stringify(payload), tenant_id: tenantId, request_id: requestId,
  }));
  await (transaction as unknown as Transaction<WithOutbox>).insertInto('outbox').values(rows).execute();
}

export interface StoredMessage extends OutboxMessage {
  id: string;
}

/** Reads and clears an outbox; ids are time-ordered, so the order is that of the writes. */
export class Outbox {
  private readonly db: Kysely<WithOutbox>;

  constructor(db: Kysely<never>) {
    this.db = db as unknown as Kysely<WithOutbox>;
  }

  async unpublished(limit: number): Promise<StoredMessage[]> {
    const rows = await this.db.selectFrom('outbox').selectAll().orderBy('id').limit(limit).execute();
    return rows.map((row) => ({
      id: row.id, subject: row.subject, payload: JSON.parse(row.payload) as unknown, tenantId: row.tenant_id, requestId: row.request_id,
    }));
  }

  async remove(ids: string[]): Promise<void> {
    await this.db.deleteFrom('outbox').where('id', 'in', ids).execute();
  }
}

/** One writer at a time for a key, until the transaction ends. */
export async function lockKey<T>(transaction: Transaction<T>, key: string): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${key}, 0))`.execute(transaction);
}
