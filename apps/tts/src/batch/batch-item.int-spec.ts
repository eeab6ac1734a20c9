import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { newId, type SpeechBatchItemInput } from '@tecnocursos/contracts';
import { migrate, type Database } from '@tecnocursos/persistence';
import { openEmbeddedDatabase } from '@tecnocursos/testing';
import type { Kysely } from 'kysely';
import { TTS_SCHEMA, ttsMigrations, type TtsTables } from '../tts.tables.js';
import { BatchItemRepository } from './batch-item.repository.js';
import { ITEM_JOBS } from './batch-scheduler.js';
import { BatchRepository } from './batch.repository.js';
import type { SpeechReply } from './batch.view.js';

let directory = '';
let database: Database;
let db: Kysely<TtsTables>;
let now = Date.UTC(2026, 10, 25);
let batches: BatchRepository;
let items: BatchItemRepository;

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'tts-batch-spec-'));
  database = await openEmbeddedDatabase(directory);
  db = database.schema<TtsTables>(TTS_SCHEMA);
  await migrate(db, TTS_SCHEMA, ttsMigrations);
  const environment = { TTS_TENANT_CONCURRENCY: '2' };
  batches = new BatchRepository(db, environment, () => now);
  items = new BatchItemRepository(db, environment, () => now);
}, 60_000);
beforeEach(async () => {
  await db.deleteFrom('batch').execute();
  await db.deleteFrom('outbox').execute();
});
afterAll(async () => {
  await database.close();
  await rm(directory, { recursive: true });
});

const inputs = (count: number): SpeechBatchItemInput[] => Array.from({ length: count }, (_, index) => ({ id: `i${index}`, language: 'pt-BR', text: 'Oi.', rate: 1, pitch: 0, format: 'wav' }));
const create = (tenantId: string, count: number) => batches.create({ tenantId, requestId: newId(), mode: 'live', idempotencyKey: undefined, requestSha256: 'x', items: inputs(count) });
const jobs = async (): Promise<string[]> => (await db.selectFrom('outbox').select(['payload', 'subject']).orderBy('id').execute()).filter(({ subject }) => subject.startsWith('jobs.')).map(({ payload }) => (JSON.parse(payload) as { item_id: string }).item_id);
const reply: SpeechReply = {
  audio: { key: 'a', content_type: 'audio/wav', size: 1, sha256: '0'.repeat(64) }, duration_ms: 1, words: [], timing: 'measured', voice: 'francisca', warnings: [],
  served_by: { provider: 'x', simulated: false, attempts: 1, cost: { amount_micros: 7, currency: 'USD' } },
};
const states = async (tenantId: string, batchId: string): Promise<string[]> => (await batches.get(tenantId, batchId)).items.map(({ state }) => state);

describe('items of a batch', () => {
  it('are queued as many at once as the tenant may have, and follow one another', async () => {
    const tenant = newId();
    const { row } = await create(tenant, 3);
    const [first, second] = await jobs();
    expect(await states(tenant, row.id)).toEqual(['queued', 'queued', 'ready']);
    const claimed = await items.claim(tenant, first ?? '');
    if (!claimed) throw new Error('It was not to be had.');
    expect(await items.claim(tenant, first ?? '')).toBeUndefined();
    expect(await items.claim(newId(), second ?? '')).toBeUndefined();
    expect(await items.finish(claimed, reply)).toBe(true);
    expect(await items.finish(claimed, reply)).toBe(false);
    expect(await states(tenant, row.id)).toEqual(['done', 'queued', 'queued']);
    expect((await batches.get(tenant, row.id)).batch).toMatchObject({ done: 1, failed: 0, cost_micros: 7, state: 'running' });
  });

  it('go to another worker when theirs is gone, whose result is then not kept', async () => {
    const tenant = newId();
    const { row } = await create(tenant, 1);
    const [id = ''] = await jobs();
    const lost = await items.claim(tenant, id);
    expect(await items.sweep()).toBe(false);
    now += ITEM_JOBS.times.leaseMs + 1;
    expect(await items.sweep()).toBe(true);
    const again = await items.claim(tenant, id);
    if (!lost || !again) throw new Error('It was not to be had.');
    expect([again.attempts, await items.extendLease(lost), await items.finish(lost, reply), await items.finish(again, reply)]).toEqual([2, false, false, true]);
    expect((await batches.get(tenant, row.id)).batch).toMatchObject({ done: 1, state: 'done', cost_micros: 7 });
  });

  it('are queued again when their message got lost', async () => {
    const tenant = newId();
    await create(tenant, 1);
    await db.deleteFrom('outbox').execute();
    now += 60_001;
    await items.sweep();
    expect(await jobs()).toHaveLength(1);
  });

  it('are tried again later, or fail for good and tell so', async () => {
    const tenant = newId();
    const { row } = await create(tenant, 2);
    const [one = '', two = ''] = await jobs();
    const [first, second] = [await items.claim(tenant, one), await items.claim(tenant, two)];
    if (!first || !second) throw new Error('They were not to be had.');
    await items.settleFailure(first, { type: 'retry', delayMs: 5_000 });
    await items.settleFailure(second, { type: 'fail', code: 'content_policy', detail: 'no' });
    expect(await states(tenant, row.id)).toEqual(['ready', 'failed']);
    expect(await items.sweep()).toBe(false);
    now += 5_000;
    expect(await items.sweep()).toBe(true);
    const again = await items.claim(tenant, one);
    if (!again) throw new Error('It was not to be had.');
    await items.finish(again, reply);
    expect((await batches.get(tenant, row.id)).batch).toMatchObject({ done: 1, failed: 1, state: 'failed' });
  });
});
