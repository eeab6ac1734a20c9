import { runSpeechBatchItem } from '@tecnocursos/contracts';
import { JobTable } from '@tecnocursos/persistence';
import type { Selectable, Transaction } from 'kysely';
import type { BatchItemTable, TtsTables } from '../tts.tables.js';

/** Items of batches, as the jobs that they are. */
export const ITEM_JOBS = new JobTable<Selectable<BatchItemTable>>(
  'batch_item',
  ({ id, tenantId }) => ({ subject: runSpeechBatchItem.subject, payload: { item_id: id, tenant_id: tenantId } }),
  { leaseMs: 15_000, queuedMs: 60_000 },
);

/** Queues as many of a tenant's ready items as may run at once, older batches first, in the transaction that makes room for them. */
export async function scheduleItems(transaction: Transaction<TtsTables>, tenantId: string, concurrency: number, now: Date): Promise<void> {
  const ready = (limit: number) => transaction
    .selectFrom('batch_item')
    .innerJoin('batch', 'batch.id', 'batch_item.batch_id')
    .select(['batch_item.id', 'batch.request_id'])
    .where('batch_item.tenant_id', '=', tenantId)
    .where('batch_item.state', '=', 'ready')
    .where('batch_item.not_before', '<=', now)
    .orderBy('batch_item.batch_id')
    .orderBy('batch_item.position')
    .limit(limit)
    .execute();
  await ITEM_JOBS.schedule(transaction, { tenantId, concurrency, now, ready });
}

/** Gives lost items back; the tenants that have something to run. */
export async function releaseLost(transaction: Transaction<TtsTables>, now: Date): Promise<string[]> {
  await ITEM_JOBS.releaseLost(transaction, now);
  const rows = await transaction.selectFrom('batch_item').select('tenant_id').distinct().where('state', '=', 'ready').where('not_before', '<=', now).execute();
  return rows.map(({ tenant_id: tenantId }) => tenantId);
}
