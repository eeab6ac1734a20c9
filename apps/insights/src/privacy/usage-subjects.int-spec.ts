import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { getRetention, newId, setBudget, subjectErasures, subjectExports, usageRecorded, type SubjectScope } from '@tecnocursos/contracts';
import { connectBus, DurablePublisher, ensureStream, RpcClient, STREAMS, type BusConnection } from '@tecnocursos/messaging';
import { createLogger, startService, type RunningService } from '@tecnocursos/nest-kit';
import { createTestRuntime, startNatsServer, type TestNatsServer, type TestRuntime } from '@tecnocursos/testing';
import { sql, type Kysely } from 'kysely';
import { INSIGHTS_SCHEMA, type InsightsTables } from '../insights.tables.js';
import { service } from '../service.js';
import { recordOf } from '../testing/records.fixture.js';
import { createAnalyticsRetention } from './analytics-retention.js';

const DAY_MS = 86_400_000;

describe('what insights keep about people', () => {
  let nats: TestNatsServer;
  let bus: BusConnection;
  let rpc: RpcClient;
  let runtime: TestRuntime;
  let running: RunningService;
  let db: Kysely<InsightsTables>;

  const about = (scope: SubjectScope) => ({ job_id: newId(), subject: { account_id: newId(), emails: ['ana@escola.example'] }, scope });
  const record = async (tenantId: string, requestId: string, at = Date.now() - 1_000): Promise<void> => {
    const records = [recordOf(tenantId, { request_id: requestId, started_at: new Date(at).toISOString() })];
    await new DurablePublisher(bus).publish({ id: newId(), subject: usageRecorded.subject, payload: { records }, tenantId, requestId: '' });
  };
  const stored = async (count: number): Promise<void> => {
    const end = Date.now() + 20_000;
    for (let rows = 0; rows < count && Date.now() < end;) {
      rows = (await db.selectFrom('usage_record').select('id').execute()).length;
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    await new Promise((resolve) => setTimeout(resolve, 300)); // the acknowledgement follows
  };
  const everything = async (): Promise<string> => {
    const rows = JSON.stringify(await db.selectFrom('usage_record').selectAll().execute());
    const files = (await readdir(nats.storeDir, { recursive: true, withFileTypes: true })).filter((entry) => entry.isFile());
    return [rows, ...(await Promise.all(files.map((file) => readFile(join(file.parentPath, file.name), 'latin1').catch(() => ''))))].join('\n');
  };

  beforeAll(async () => {
    nats = await startNatsServer();
    runtime = createTestRuntime(nats.url);
    bus = await connectBus({ url: nats.url, name: 'test' });
    await ensureStream(bus, STREAMS.events);
    rpc = new RpcClient(bus);
    running = await startService(service, runtime);
    db = (await runtime.database()).schema<InsightsTables>(INSIGHTS_SCHEMA);
  }, 60_000);
  afterAll(async () => {
    rpc.close();
    await bus.close();
    await running.close();
    await runtime.close();
    await nats.stop();
  });

  it('keeps the accounts of an organization that ends, and nothing that leads to its requests', async () => {
    const [tenantId, other] = [newId(), newId()];
    await record(tenantId, 'zqana-request');
    await record(other, 'zqother-request');
    await stored(2);
    await rpc.call(setBudget, { period: 'month', limit_micros: 5_000_000 }, { tenantId });
    const budgets = await rpc.call(subjectExports.insights, about('tenant'), { tenantId });
    const usage = await rpc.call(subjectExports.insights, { ...about('tenant'), cursor: budgets.next_cursor ?? '' }, { tenantId });
    expect([...budgets.records, ...usage.records]).toEqual([
      { category: 'budget', data: expect.objectContaining({ limit_micros: 5_000_000 }) }, { category: 'usage', data: expect.objectContaining({ request_id: 'zqana-request', cost_micros: 1_000 }) },
    ]);
    expect((await rpc.call(subjectErasures.insights, about('subject'), { tenantId })).erased).toEqual([]);
    expect(await rpc.call(subjectErasures.insights, about('tenant'), { tenantId })).toEqual({
      erased: [{ category: 'budget', count: 1 }, { category: 'usage-message', count: 1 }], retained: [{ category: 'usage', count: 1, reason: expect.stringContaining('LGPD art. 16') }],
    });
    const left = await everything();
    expect(left).not.toContain('zqana-request');
    expect(left).toContain('zqother-request');
    expect((await rpc.call(subjectErasures.insights, about('tenant'), { tenantId })).erased).toEqual([]);
    expect(await db.selectFrom('usage_record').select('cost_micros').where('tenant_id', '=', tenantId).execute()).toEqual([{ cost_micros: 1_000 }]);
  });

  it('changes no record otherwise', async () => {
    const change = (set: { cost_micros?: number; request_id?: string }) => db.transaction().execute(async (transaction) => {
      if (set.cost_micros !== undefined) await sql`select set_config('insights.erasure', 'on', true)`.execute(transaction);
      await transaction.updateTable('usage_record').set(set).execute();
    });
    await expect(change({ cost_micros: 0 })).rejects.toThrow('append-only');
    await expect(change({ request_id: 'other' })).rejects.toThrow('append-only');
  });

  it('keeps records as long as the organization wants them', async () => {
    const [tenantId, other] = [newId(), newId()];
    const identity = bus.subscribe(getRetention.subject, {
      callback: (_error, message) => void message.respond(JSON.stringify({ retention: [{ category: 'analytics', days: message.headers?.get('tc-tenant') === tenantId ? 10 : 100, is_default: false }] })),
    });
    const before = (await db.selectFrom('usage_record').select('id').execute()).length;
    for (const tenant of [tenantId, other]) await record(tenant, 'old', Date.now() - 11 * DAY_MS);
    await record(tenantId, 'young');
    await stored(before + 3);
    const logger = createLogger({ LOG_LEVEL: 'silent', LOG_FORMAT: 'json', NODE_ENV: 'test' });
    expect(await createAnalyticsRetention(db, rpc, logger, () => new Date()).run()).toBe(1);
    const left = await db.selectFrom('usage_record').select('request_id').where('tenant_id', 'in', [tenantId, other]).execute();
    expect(left.map((row) => row.request_id).sort()).toEqual(['old', 'young']);
    identity.unsubscribe();
  });
});
