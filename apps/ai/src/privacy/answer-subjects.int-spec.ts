import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { improveText, newId, subjectErasures, subjectExports, type SubjectScope } from '@tecnocursos/contracts';
import type { IdempotencyTable } from '@tecnocursos/integration-kit';
import { backgroundContext, connectBus, ensureStream, RpcClient, runInContext, STREAMS, type BusConnection } from '@tecnocursos/messaging';
import { startService, type RunningService } from '@tecnocursos/nest-kit';
import { createTestRuntime, startNatsServer, type TestNatsServer, type TestRuntime } from '@tecnocursos/testing';
import { AI_SCHEMA } from '../ai.tables.js';
import { service } from '../service.js';

const ANA = 'zqana@escola.example';

describe('what ai keeps about people', () => {
  let nats: TestNatsServer;
  let bus: BusConnection;
  let rpc: RpcClient;
  let runtime: TestRuntime;
  let journal: string;
  const replicas: RunningService[] = [];

  const about = (scope: SubjectScope) => ({ job_id: newId(), subject: { account_id: newId(), emails: [ANA] }, scope });
  const improve = (tenantId: string, text: string, idempotencyKey?: string) =>
    runInContext({ ...backgroundContext(tenantId, 'request-1'), ...(idempotencyKey !== undefined && { idempotencyKey }) }, () => rpc.call(improveText, { text, language: 'pt-BR' }));
  const kept = async (): Promise<string> => {
    const db = (await runtime.database()).schema<{ idempotency: IdempotencyTable }>(AI_SCHEMA);
    return JSON.stringify(await db.selectFrom('idempotency').selectAll().execute());
  };

  beforeAll(async () => {
    nats = await startNatsServer();
    bus = await connectBus({ url: nats.url, name: 'test' });
    await ensureStream(bus, STREAMS.events);
    rpc = new RpcClient(bus);
    journal = await mkdtemp(join(tmpdir(), 'tc-journal-'));
    runtime = createTestRuntime(nats.url, { USAGE_JOURNAL_DIR: journal, LOCAL_AI_CACHE_TTL_S: '600' });
    for (let number = 0; number < 2; number += 1) replicas.push(await startService(service, runtime));
  }, 60_000);
  afterAll(async () => {
    rpc.close();
    for (const replica of replicas) await replica.close();
    await bus.close();
    await runtime.close();
    await nats.stop();
    await rm(journal, { recursive: true, force: true });
  });

  it('exports and erases answers that name a person, and empties the caches of all replicas', async () => {
    const [tenantId, other] = [newId(), newId()];
    await improve(tenantId, `Escreva  para ${ANA} .`, 'zqana-key');
    await improve(tenantId, 'Uma luz  zqlight .', 'zqlight-key');
    await improve(other, `De  ${ANA} zqother .`, 'zqother-key');
    const { records } = await rpc.call(subjectExports.ai, about('subject'), { tenantId });
    expect(records).toEqual([{ category: 'kept-answer', data: expect.objectContaining({ operation: 'improve-text', key: expect.stringContaining('zqana-key') }) }]);
    expect((await rpc.call(subjectExports.ai, about('tenant'), { tenantId })).records).toHaveLength(2);
    const text = 'A água  ferve .';
    for (let round = 0; round < 12; round += 1) for (const tenant of [tenantId, other]) await improve(tenant, text);
    expect((await improve(tenantId, text)).served_by.cache).toBe('hit');
    const { erased } = await rpc.call(subjectErasures.ai, about('subject'), { tenantId });
    expect(erased).toContainEqual({ category: 'kept-answer', count: 1 });
    const caches = await Promise.all(Array.from({ length: 8 }, () => improve(tenantId, text)));
    expect(caches.some(({ served_by: { cache } }) => cache === 'miss')).toBe(true);
    expect((await improve(other, text)).served_by.cache).toBe('hit');
    expect(await kept()).not.toContain('zqana-key');
    for (const left of ['zqlight', 'zqother']) expect(await kept()).toContain(left);
    await rpc.call(subjectErasures.ai, about('tenant'), { tenantId });
    expect(await kept()).not.toContain('zqlight');
    expect(await kept()).toContain('zqother');
    expect((await rpc.call(subjectErasures.ai, about('tenant'), { tenantId })).erased).toEqual([]);
  });
});
