import { runSpeechBatchItem } from '@tecnocursos/contracts';
import { enqueue, lockKey } from '@tecnocursos/persistence';
import type { Transaction } from 'kysely';
import type { TtsTables } from '../tts.tables.js';

/** A queued item whose message got lost, and a running one whose worker is gone, are given back after so long. */
export const LEASE_MS = 15_000;
const QUEUED_MS = 60_000;

/** Queues as many of a tenant's ready items as may run at once, older batches first, in the transaction that makes room for them. */
export async function scheduleItems(transaction: Transaction<TtsTables>, tenantId: string, concurrency: number, now: Date): Promise<void> {
  await lockKey(transaction, `tts-batch:${tenantId}`);
  const { busy } = await transaction
    .selectFrom('batch_item')
    .select((expression) => expression.fn.countAll<number>().as('busy'))
    .where('tenant_id', '=', tenantId)
    .where('state', 'in', ['queued', 'running'])
    .executeTakeFirstOrThrow();
  if (busy >= concurrency) return;
  const items = await transaction
    .selectFrom('batch_item')
    .innerJoin('batch', 'batch.id', 'batch_item.batch_id')
    .select(['batch_item.id', 'batch.request_id'])
    .where('batch_item.tenant_id', '=', tenantId)
    .where('batch_item.state', '=', 'ready')
    .where('batch_item.not_before', '<=', now)
    .orderBy('batch_item.batch_id')
    .orderBy('batch_item.position')
    .limit(concurrency - busy)
    .execute();
  if (items.length === 0) return;
  await transaction.updateTable('batch_item').set({ state: 'queued', lease_until: new Date(now.getTime() + QUEUED_MS) }).where('id', 'in', items.map(({ id }) => id)).execute();
  await enqueue(transaction, items.map(({ id, request_id: requestId }) => ({ subject: runSpeechBatchItem.subject, payload: { item_id: id, tenant_id: tenantId }, tenantId, requestId })));
}

/** Gives lost items back; the tenants that have something to run. */
export async function releaseLost(transaction: Transaction<TtsTables>, now: Date): Promise<string[]> {
  await transaction.updateTable('batch_item').set({ state: 'ready', lease_until: null, not_before: now }).where('state', 'in', ['queued', 'running']).where('lease_until', '<', now).execute();
  const rows = await transaction.selectFrom('batch_item').select('tenant_id').distinct().where('state', '=', 'ready').where('not_before', '<=', now).execute();
  return rows.map(({ tenant_id: tenantId }) => tenantId);
}
