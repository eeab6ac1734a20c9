import { Inject, Injectable } from '@nestjs/common';
import { AppError, newId, speechBatchProgressed, type SpeechBatchItemInput } from '@tecnocursos/contracts';
import { ENVIRONMENT, readConfig, SCHEMA, type Environment } from '@tecnocursos/nest-kit';
import { enqueue, type JobState } from '@tecnocursos/persistence';
import type { Kysely, Selectable, Transaction } from 'kysely';
import { TtsConfigSchema } from '../tts.config.js';
import type { BatchItemTable, BatchTable, TtsTables } from '../tts.tables.js';
import { CLOCK } from '../tts.tokens.js';
import { scheduleItems } from './batch-scheduler.js';
import { batchView, publicState } from './batch.view.js';

export type BatchRow = Selectable<BatchTable>;
export type ItemRow = Selectable<BatchItemTable>;

export interface NewBatch {
  readonly tenantId: string;
  readonly requestId: string;
  readonly mode: BatchTable['mode'];
  readonly idempotencyKey: string | undefined;
  readonly requestSha256: string;
  readonly items: readonly SpeechBatchItemInput[];
}

/** What callers do with batches: make, read and stop them. */
@Injectable()
export class BatchRepository {
  private readonly concurrency: number;

  constructor(
    @Inject(SCHEMA) private readonly db: Kysely<TtsTables>,
    @Inject(ENVIRONMENT) environment: Environment,
    @Inject(CLOCK) private readonly now: () => number,
  ) {
    this.concurrency = readConfig(TtsConfigSchema, environment).TTS_TENANT_CONCURRENCY;
  }

  /** Makes a batch, or finds the one that was made under the same key. @throws AppError `idempotency_key_reused`. */
  async create(batch: NewBatch): Promise<{ row: BatchRow; replayed: boolean }> {
    const now = new Date(this.now());
    return this.db.transaction().execute(async (transaction) => {
      const row = await transaction
        .insertInto('batch')
        .values({
          id: newId(), tenant_id: batch.tenantId, state: 'running', total: batch.items.length, done: 0, failed: 0, cost_micros: 0, idempotency_key: batch.idempotencyKey ?? null,
          request_sha256: batch.requestSha256, request_id: batch.requestId, mode: batch.mode, created_at: now, updated_at: now,
        })
        .onConflict((conflict) => conflict.columns(['tenant_id', 'idempotency_key']).doNothing())
        .returningAll()
        .executeTakeFirst();
      if (!row) return { row: await existing(transaction, batch), replayed: true };
      await transaction.insertInto('batch_item').values(batch.items.map((item, position) => itemValues(row, item, position, now))).execute();
      await scheduleItems(transaction, batch.tenantId, this.concurrency, now);
      return { row, replayed: false };
    });
  }

  /** @throws AppError `not_found`. */
  async get(tenantId: string, batchId: string): Promise<{ batch: BatchRow; items: ItemRow[] }> {
    const batch = await this.db.selectFrom('batch').selectAll().where('tenant_id', '=', tenantId).where('id', '=', batchId).executeTakeFirst();
    if (!batch) throw new AppError('not_found', 'There is no such batch.');
    const items = await this.db.selectFrom('batch_item').selectAll().where('tenant_id', '=', tenantId).where('batch_id', '=', batchId).orderBy('position').execute();
    return { batch, items };
  }

  async list(tenantId: string, limit: number, cursor: string | undefined): Promise<{ rows: BatchRow[]; nextCursor: string | null }> {
    const rows = await this.db
      .selectFrom('batch')
      .selectAll()
      .where('tenant_id', '=', tenantId)
      .$if(cursor !== undefined, (query) => query.where('id', '<', cursor ?? ''))
      .orderBy('id', 'desc')
      .limit(limit + 1)
      .execute();
    return { rows: rows.slice(0, limit), nextCursor: rows.length > limit ? (rows[limit - 1]?.id ?? null) : null };
  }

  /** Stops what has not ended; the ids of its items. @throws AppError `not_found`, `conflict` when all has ended already. */
  async cancel(tenantId: string, batchId: string): Promise<{ row: BatchRow; items: string[] }> {
    const now = new Date(this.now());
    return this.db.transaction().execute(async (transaction) => {
      const batch = await transaction.selectFrom('batch').selectAll().where('tenant_id', '=', tenantId).where('id', '=', batchId).forUpdate().executeTakeFirst();
      if (!batch) throw new AppError('not_found', 'There is no such batch.');
      if (batch.state !== 'running') throw new AppError('conflict', `The batch is ${batch.state}; only a running one can be canceled.`);
      const items = await transaction
        .updateTable('batch_item')
        .set({ state: 'canceled', lease_until: null })
        .where('tenant_id', '=', tenantId)
        .where('batch_id', '=', batchId)
        .where('state', 'in', ['ready', 'queued', 'running'])
        .returning('id')
        .execute();
      const row = await transaction.updateTable('batch').set({ state: 'canceled', updated_at: now }).where('id', '=', batchId).where('tenant_id', '=', tenantId).returningAll().executeTakeFirstOrThrow();
      await announce(transaction, row);
      await scheduleItems(transaction, tenantId, this.concurrency, now);
      return { row, items: items.map(({ id }) => id) };
    });
  }
}

async function existing(transaction: Transaction<TtsTables>, { tenantId, idempotencyKey, requestSha256 }: NewBatch): Promise<BatchRow> {
  const row = await transaction.selectFrom('batch').selectAll().where('tenant_id', '=', tenantId).where('idempotency_key', '=', idempotencyKey ?? '').executeTakeFirstOrThrow();
  if (row.request_sha256 !== requestSha256) throw new AppError('idempotency_key_reused', 'This idempotency key was used for another batch. Use a new key.');
  return row;
}

const itemValues = ({ id, tenant_id }: BatchRow, item: SpeechBatchItemInput, position: number, now: Date) => ({
  id: newId(), batch_id: id, tenant_id, position, reference: item.id, request: JSON.stringify(item), state: 'ready' as const, attempts: 0, not_before: now, lease_until: null,
  result: null, error_code: null, error_detail: null,
});

/** Tells of a batch, and of the item that changed it, in the transaction that made it true. */
export async function announce(transaction: Transaction<TtsTables>, batch: BatchRow, item?: { reference: string; state: JobState }): Promise<void> {
  const payload = { batch: batchView(batch), ...(item && { item: { id: item.reference, state: publicState(item.state) } }) };
  await enqueue(transaction, [{ subject: speechBatchProgressed.subject, payload, tenantId: batch.tenant_id, requestId: batch.request_id }]);
}
