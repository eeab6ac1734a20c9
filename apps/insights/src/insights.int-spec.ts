import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import {
  getProviderBudgets, getUsageStats, healthChecks, leaseBudget, listBudgets, newId, setBudget, settleBudget, usageRecorded,
} from '@tecnocursos/contracts';
import { connectBus, DurablePublisher, ensureStream, RpcClient, STREAMS, type BusConnection } from '@tecnocursos/messaging';
import { createLogger, startService, type RunningService } from '@tecnocursos/nest-kit';
import { createTestRuntime, startNatsServer, type TestNatsServer, type TestRuntime } from '@tecnocursos/testing';
import type { LedgerRecord } from './ledger/record-screening.js';
import { service } from './service.js';
import { recordOf } from './testing/records.fixture.js';

const CONSUMER = 'EVENTS.insights-ledger';
const WAIT_MS = 40_000;
/** For machines that do much else. */
const PATIENCE_MS = 60_000;

async function until(condition: () => Promise<boolean> | boolean): Promise<void> {
  const end = Date.now() + WAIT_MS;
  while (!(await condition())) {
    if (Date.now() > end) throw new Error('The condition did not become true in time');
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
}

describe('insights over the bus', () => {
  let nats: TestNatsServer;
  let bus: BusConnection;
  let rpc: RpcClient;
  let runtime: TestRuntime;
  let running: RunningService;
  let tenantId: string;
  const log: string[] = [];

  const start = async (): Promise<void> => {
    running = await startService(service, { ...runtime, logger: createLogger({ LOG_LEVEL: 'warn', LOG_FORMAT: 'json', NODE_ENV: 'test' }, { write: (line) => void log.push(line) }) });
  };
  const fresh = (values: Partial<LedgerRecord> = {}): LedgerRecord => recordOf(tenantId, { started_at: new Date(Date.now() - 1_000).toISOString(), ...values });
  const publish = (payload: unknown): Promise<void> =>
    new DurablePublisher(bus).publish({ id: newId(), subject: usageRecorded.subject, payload, tenantId: '', requestId: 'request' });
  const total = async () => (await rpc.call(getUsageStats, {}, { tenantId })).total;
  const manage = async (request: string): Promise<Record<string, unknown>> => (await bus.request(`$JS.API.CONSUMER.${request}.${CONSUMER}`)).json();
  /** Every message was given to the worker and acknowledged. */
  const caughtUp = async (): Promise<boolean> => {
    const { num_pending: pending, num_ack_pending: unacknowledged } = await manage('INFO');
    return pending === 0 && unacknowledged === 0;
  };

  beforeAll(async () => {
    nats = await startNatsServer();
    bus = await connectBus({ url: nats.url, name: 'test' });
    rpc = new RpcClient(bus);
    runtime = createTestRuntime(nats.url, { INSIGHTS_TENANT_DAILY_BUDGET_USD: '1' });
    await ensureStream(bus, STREAMS.events);
  }, PATIENCE_MS);

  afterAll(async () => {
    rpc.close();
    await bus.close();
    await runtime.close();
    await nats.stop();
  });

  beforeEach(async () => {
    tenantId = newId();
    log.length = 0;
    await start();
  }, PATIENCE_MS);
  afterEach(() => running.close(), PATIENCE_MS);

  it('counts attempts once, delivered five times and again to a consumer that was lost', async () => {
    const records = [fresh(), fresh({ outcome: 'timeout', latency_ms: 900, cost_micros: 250 }), fresh({ outcome: 'cache_hit', cost_micros: 0 })];
    for (let delivery = 0; delivery < 5; delivery += 1) await publish({ records });
    await until(caughtUp);
    const once = { requests: 3, attempts: 2, cache_hits: 1, success_rate: 0.5, cost: { amount_micros: 1_250, currency: 'USD', brl_micros: 6_545 }, latency_ms: { average: 100, p50: 100, p99: 100 } };
    expect(await total()).toMatchObject(once);
    await manage('DELETE');
    const last = fresh();
    await publish({ records: [last] });
    await until(async () => (await total()).requests === 4 && (await caughtUp()));
    expect(await total()).toMatchObject({ requests: 4, attempts: 3, cost: { amount_micros: 2_250 } });
  }, PATIENCE_MS);

  it('drops what is no record with a reason, keeps its neighbours, and goes on', async () => {
    await publish({ nothing: 'card 4111111111111111' });
    await publish({ records: [{ ...fresh(), provider: 'nul\u0000' }, fresh(), { ...fresh(), cost_micros: 'much' }, fresh({ usage: { input_tokens: Number.MAX_SAFE_INTEGER } })] });
    await publish({ records: [fresh({ started_at: '2001-01-01T00:00:00Z' })] });
    await until(async () => (await total()).requests === 2 && (await caughtUp()));
    const text = log.join('');
    expect(text).toContain('not a valid payload: records');
    expect(text).toContain('records.0.provider: not valid');
    expect(text).toContain('records.2.cost_micros: not valid');
    expect(text).toContain('is older than what the ledger keeps');
    expect(text).not.toContain('4111111111111111');
  });

  it('leases, settles, sets and lists budgets', async () => {
    const key = { scope: 'tenant' as const, subject: tenantId, period: 'day' as const };
    const lease_id = newId();
    const lease = await rpc.call(leaseBudget, { key, holder: newId(), lease_id, needed_micros: 400 });
    expect(lease).toMatchObject({ limited: true, granted_micros: 10_000 });
    expect(await rpc.call(settleBudget, { lease_id, settlement_id: newId(), spent_micros: 400, returned_micros: 9_000 })).toEqual({ settled: true });
    await rpc.call(setBudget, { period: 'month', limit_micros: 5_000_000 }, { tenantId });
    const { budgets } = await rpc.call(listBudgets, {}, { tenantId });
    expect(budgets.map(({ period, limit_micros, spent_micros, reserved_micros }) => [period, limit_micros, spent_micros, reserved_micros])).toEqual([
      ['day', 1_000_000, 400, 600], ['month', 5_000_000, 0, 0],
    ]);
    const providers = await rpc.call(getProviderBudgets, {});
    expect(providers.budgets.every(({ scope, limit_micros }) => scope === 'provider' && limit_micros === null)).toBe(true);
  });

  it('refuses what is no question, and tells how it is', async () => {
    await expect(rpc.call(getUsageStats, { from: '2030-01-01T00:00:00Z' }, { tenantId })).rejects.toMatchObject({ code: 'invalid_request', issues: [{ field: 'from' }] });
    await expect(rpc.call(getUsageStats, { provider: 'a\u0000' }, { tenantId })).rejects.toMatchObject({ code: 'invalid_request', issues: [{ field: 'provider' }] });
    await expect(rpc.call(getUsageStats, {})).rejects.toMatchObject({ code: 'invalid_request' });
    expect(await rpc.call(healthChecks.insights, {})).toMatchObject({ service: 'insights', status: 'up' });
  });

  it('loses and doubles nothing when it is ended and started amid the work, and the broker crashes', async () => {
    const batches = Array.from({ length: 40 }, () => ({ records: Array.from({ length: 25 }, () => fresh()) }));
    for (const batch of batches) await publish(batch);
    await until(async () => (await total()).requests > 0);
    await running.close();
    await publish(batches[0]);
    nats.kill();
    await start();
    await until(async () => (await total().catch(() => ({ requests: 0 }))).requests === 1_000);
    await until(async () => (await manage('INFO'))['num_pending'] === 0); // the repeated batch was delivered too
    expect(await total()).toMatchObject({ requests: 1_000, attempts: 1_000, cost: { amount_micros: 1_000_000 } });
  }, PATIENCE_MS);
});
