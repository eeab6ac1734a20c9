import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { getUsageStats, newId, providerLists, providerTests, setBudget } from '@tecnocursos/contracts';
import { ConfigurationError, startService, type Environment, type RunningService } from '@tecnocursos/nest-kit';
import type { ChainCall, ProviderChain } from '@tecnocursos/provider-kit';
import { callerOf, routeOf, servedByOf } from './caller.js';
import { startInsights, until, type Insights } from './testing/insights.fixture.js';
import { toyService, type ToyPort } from './testing/toy-service.fixture.js';

const START_MS = 60_000;
const KEY = 'key-0123456789';

describe('a service over the integration module', () => {
  let insights: Insights;
  let journal: string;
  let tenantId: string;
  let running: RunningService | undefined;
  let chain: ProviderChain<ToyPort>;

  beforeAll(async () => {
    insights = await startInsights();
  }, START_MS);
  afterAll(() => insights.close());
  beforeEach(async () => {
    tenantId = newId();
    journal = await mkdtemp(join(tmpdir(), 'tc-journal-'));
  });
  afterEach(async () => {
    await running?.close();
    running = undefined;
    await rm(journal, { recursive: true, force: true });
  });

  const start = async (environment: Environment): Promise<void> => {
    running = await startService(toyService((made) => { chain = made; }), { ...insights.runtime, environment: { USAGE_JOURNAL_DIR: journal, ...environment } });
  };
  const song = (more: Partial<ChainCall<ToyPort, string>> = {}): ChainCall<ToyPort, string> => ({
    operation: 'sing', caller: callerOf({ tenantId, requestId: 'request-1', deadline: Date.now() + 10_000, signal: new AbortController().signal }),
    estimate: () => ({ model: 'toy-1', usage: { characters: 100 } }),
    attempt: async (port) => ({ value: await port.sing(), usage: { characters: 100 }, model: 'toy-1' }), ...more,
  });

  it('lists its providers: mode and why, health, breaker, last error', async () => {
    await start({ WARBLER_API_KEY: KEY, SANDBOX_URL: 'http://127.0.0.1:9' });
    await chain.run(song());
    await chain.run(song({ route: { provider: 'frog' } }));
    const { providers } = await insights.rpc.call(providerLists.tts, {});
    const [warbler, frog, box] = providers;
    expect(warbler).toMatchObject({ id: 'warbler', title: 'WARBLER', domain: 'tts', capabilities: ['sing'], mode: 'live', reason: 'credentials are set', health: 'up', breaker: 'closed', success_rate: 1, last_error: null });
    expect(warbler?.latency_ms['sing']).toBeGreaterThanOrEqual(0);
    expect(warbler?.notices).toEqual([{ severity: 'info', text: 'warbler is a toy' }]);
    expect(frog).toMatchObject({ id: 'frog', mode: 'sandbox', reason: 'FROG_API_KEY not set: the sandbox stands in', health: 'down', success_rate: 0, calls: 1, last_error: { kind: 'unavailable', detail: 'It failed.' } });
    expect(box).toMatchObject({ id: 'box', mode: 'local', reason: 'the box is not wound up', health: 'down' });
    expect(JSON.stringify(providers)).not.toContain(KEY);
  });

  it('shows what is off, and why', async () => {
    await start({ WARBLER_ENABLED: 'false' });
    const { providers } = await insights.rpc.call(providerLists.tts, {});
    expect(providers.map(({ id, mode, reason, health }) => [id, mode, reason, health])).toEqual([
      ['box', 'local', 'the box is not wound up', 'down'],
      ['warbler', 'off', 'WARBLER_ENABLED is false', 'off'],
      ['frog', 'off', 'FROG_API_KEY not set, and no sandbox runs', 'off'],
    ]);
  });

  it('tests its providers for real, one by one', async () => {
    await start({ WARBLER_API_KEY: KEY, FROG_API_KEY: KEY, BOX_ENABLED: 'false' });
    const { results } = await insights.rpc.call(providerTests.tts, {}, { tenantId });
    expect(results).toEqual([
      expect.objectContaining({ success: true, provider: 'warbler', mode: 'live', operation: 'sing' }),
      expect.objectContaining({ success: false, provider: 'frog', operation: null, detail: 'provider_unavailable: Nobody could answer: frog (unavailable).' }),
      expect.objectContaining({ success: false, provider: 'box', mode: 'off', detail: 'BOX_ENABLED is false' }),
    ]);
    expect((await insights.rpc.call(providerTests.tts, { provider: 'warbler' }, { tenantId })).results).toHaveLength(1);
    await expect(insights.rpc.call(providerTests.tts, { provider: 'cow' }, { tenantId })).rejects.toMatchObject({ code: 'not_found' });
  });

  it('brings its attempts to the ledger, and keeps to the tenant’s budget', async () => {
    await insights.rpc.call(setBudget, { period: 'day', limit_micros: 3_000 }, { tenantId });
    await start({ WARBLER_API_KEY: KEY, BOX_ENABLED: 'false', FROG_ENABLED: 'false' });
    const results = await Promise.allSettled(Array.from({ length: 12 }, () => chain.run(song())));
    expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(3);
    const total = async () => (await insights.rpc.call(getUsageStats, {}, { tenantId })).total;
    await until(async () => (await total()).attempts === 3);
    expect(await total()).toMatchObject({ requests: 3, attempts: 3, success_rate: 1, usage: { characters: 300 }, cost: { amount_micros: 3_000 } });
    await expect(chain.run(song())).rejects.toMatchObject({ code: 'budget_exhausted' });
  });

  it('does the work of a key once, also across a restart', async () => {
    await start({ WARBLER_API_KEY: KEY });
    const keyed = () => song({ idempotency: { key: 'k1', request: { song: 'la' } } });
    const first = await chain.run(keyed());
    await running?.close();
    await start({ WARBLER_API_KEY: KEY });
    expect(await chain.run(keyed())).toEqual(first);
    await expect(chain.run(song({ idempotency: { key: 'k1', request: 'other' } }))).rejects.toMatchObject({ code: 'idempotency_key_reused' });
    await until(async () => (await insights.rpc.call(getUsageStats, {}, { tenantId })).total.attempts === 1);
  });

  it('follows the domain’s policy and the tenant’s limits', async () => {
    await start({ WARBLER_API_KEY: KEY, TOYS_TENANT_RATE_LIMIT_RPM: '2' });
    await chain.run(song());
    await chain.run(song());
    await expect(chain.run(song())).rejects.toMatchObject({ code: 'rate_limited' });
  });

  it.each<[string, Environment, string[]]>([
    ['names that nobody knows', { WARBLER_APIKEY: KEY, FROG_TIMEOUT: '5' }, ['WARBLER_APIKEY', 'FROG_TIMEOUT']],
    ['values that make no sense', { WARBLER_TIMEOUT_MS: 'secret-canary', FROG_VOICE: 'secret-canary' }, ['WARBLER_TIMEOUT_MS', 'FROG_VOICE']],
    ['a policy that there is not', { TOYS_ROUTING_POLICY: 'secret-canary' }, ['TOYS_ROUTING_POLICY']],
    ['an address that is none', { SANDBOX_URL: 'secret-canary' }, ['SANDBOX_URL']],
  ])('does not start with %s, and says their names alone', async (_what, environment, names) => {
    const error = await start(environment).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(ConfigurationError);
    const { problems, message } = error as ConfigurationError;
    expect(problems.map((problem) => problem.split(':')[0])).toEqual(names);
    expect(message).not.toContain('secret-canary');
    expect(message).not.toContain(KEY);
  });
});

describe('what crosses between bus and chain', () => {
  it('is who asks, how far the work may go, and how it came about', () => {
    const context = { tenantId: 't', requestId: 'r', deadline: 5, signal: new AbortController().signal };
    expect(callerOf(context)).toEqual({ ...context, mode: 'live' });
    expect(callerOf({ ...context, mode: 'test' }).mode).toBe('test');
    expect(routeOf(undefined)).toEqual({});
    expect(routeOf({ provider: 'a', allow_fallback: false, policy: 'cheapest', max_cost_usd: 0.0015, routing_key: 'k' })).toEqual({ provider: 'a', allowFallback: false, policy: 'cheapest', maxCostMicros: 1_500, routingKey: 'k' });
    expect(routeOf({ providers: ['a', 'b'] })).toEqual({ providers: ['a', 'b'] });
    const served = { provider: 'a', simulated: true, attempts: 2, costMicros: 7, model: null, cache: 'miss', fallbackFrom: 'b', vendorMs: 1.2345 } as const;
    expect(servedByOf(served)).toEqual({ provider: 'a', simulated: true, attempts: 2, cost: { amount_micros: 7, currency: 'USD' }, cache: 'miss', vendor_ms: 1.23, fallback_from: 'b' });
  });
});
