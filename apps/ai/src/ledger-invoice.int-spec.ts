import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { completeChat, getUsageStats, newId, streamChat, type ChatRequest } from '@tecnocursos/contracts';
import { service as insights } from '@tecnocursos/insights';
import { connectBus, ensureStream, RpcClient, STREAMS, type BusConnection } from '@tecnocursos/messaging';
import { startService, type RunningService } from '@tecnocursos/nest-kit';
import { createTestRuntime, startNatsServer, type TestNatsServer, type TestRuntime } from '@tecnocursos/testing';
import { service as ai } from './service.js';
import { startBillingVendor, type BillingTurn, type BillingVendor } from './testing/billing-vendor.harness.js';

const CALLS = 300;
const PARALLEL = 10;
const START_MS = 60_000;
const TEST_MS = 120_000;

/** The vendors' price lists: `gpt-6.1-terra` at 1, 0.05 and 5 dollars a million tokens, `claude-sonnet-5-5` at 2, 0.1 and 10. */
const OPENAI_PRICE = { model: 'gpt-6.1-terra', input: 1_000_000n, cached: 50_000n, output: 5_000_000n };
const ANTHROPIC_PRICE = { model: 'claude-sonnet-5-5', input: 2_000_000n, cached: 100_000n, output: 10_000_000n };
const TURNS: readonly BillingTurn[] = ['answer', 'answer', 'empty', 'answer', 'cut', 'answer', 'error', 'answer', 'answer', 'refusal', 'answer', 'answer', 'busy', 'answer'];

const chat = (call: number): ChatRequest => ({ model: 'standard', messages: [{ role: 'user', content: `Pergunta ${call}` }] });

describe('the ledger', () => {
  let nats: TestNatsServer;
  let bus: BusConnection;
  let rpc: RpcClient;
  let runtime: TestRuntime;
  let services: RunningService[];
  let vendors: BillingVendor[];
  let journal: string;
  const tenant = { tenantId: newId() };

  beforeAll(async () => {
    nats = await startNatsServer();
    bus = await connectBus({ url: nats.url, name: 'test' });
    await ensureStream(bus, STREAMS.events);
    rpc = new RpcClient(bus);
    journal = await mkdtemp(join(tmpdir(), 'tc-journal-'));
    vendors = [
      await startBillingVendor({ price: OPENAI_PRICE, turnOf: (call) => TURNS[call % TURNS.length] ?? 'answer' }),
      await startBillingVendor({ price: ANTHROPIC_PRICE, turnOf: (call) => (call % 9 === 0 ? 'empty' : call % 11 === 0 ? 'error' : 'answer') }),
    ];
    // The breaker is kept from opening, so that every turn is met, and no second try pauses.
    const patience = Object.fromEntries(['OPENAI', 'ANTHROPIC'].flatMap((name) => [[`${name}_BREAKER_MIN_CALLS`, '100000'], [`${name}_MAX_RETRIES`, '0']]));
    runtime = createTestRuntime(nats.url, {
      USAGE_JOURNAL_DIR: journal, OPENAI_API_KEY: 'sk-test-0123456789', OPENAI_BASE_URL: vendors[0]?.url, ANTHROPIC_API_KEY: 'sk-ant-test-0123456789', ANTHROPIC_BASE_URL: vendors[1]?.url, OPENAI_PRIORITY: '1', ...patience,
    });
    services = [await startService(insights, runtime), await startService(ai, runtime)];
  }, START_MS);

  afterAll(async () => {
    for (const service of services.reverse()) await service.close();
    rpc.close();
    await bus.close();
    await runtime.close();
    for (const vendor of vendors) await vendor.close();
    await nats.stop();
    await rm(journal, { recursive: true, force: true });
  });

  async function call(number: number): Promise<{ micros: number } | { code: string }> {
    try {
      if (number % 5 !== 0) return { micros: (await rpc.call(completeChat, chat(number), tenant)).tecnocursos.served_by.cost.amount_micros };
      let micros = 0;
      for await (const chunk of rpc.stream(streamChat, chat(number), tenant)) micros = chunk.tecnocursos?.served_by.cost.amount_micros ?? micros;
      return { micros };
    } catch (error) {
      return { code: (error as { code: string }).code };
    }
  }

  it('equals the vendors’ invoices to the micro-dollar, failed but billed attempts included', async () => {
    const results: Awaited<ReturnType<typeof call>>[] = [];
    let next = 0;
    await Promise.all(Array.from({ length: PARALLEL }, async () => {
      while (next < CALLS) results.push(await call((next += 1)));
    }));
    const [openai, anthropic] = vendors;
    const attempts = vendors.map((vendor) => vendor.counts()).reduce((sum, { billed, unbilled }) => sum + billed + unbilled, 0);
    const stats = () => rpc.call(getUsageStats, { group_by: ['provider'] }, tenant);
    const end = Date.now() + START_MS;
    while ((await stats()).total.attempts < attempts && Date.now() < end) await new Promise((resolve) => setTimeout(resolve, 50));
    const { total, groups } = await stats();

    expect(total.attempts).toBe(attempts);
    expect(total.requests).toBe(CALLS);
    expect(total.cost.amount_micros).toBe((openai?.invoice() ?? 0) + (anthropic?.invoice() ?? 0));
    const byProvider = Object.fromEntries(groups.map(({ key, cost }) => [key.provider, cost.amount_micros]));
    expect(byProvider).toEqual({ openai: openai?.invoice(), anthropic: anthropic?.invoice() });

    // Nothing here is so by chance: both vendors billed failures, some calls failed for good, and what callers were told is less than what was billed.
    expect(openai?.counts().unbilled).toBeGreaterThan(20);
    expect(anthropic?.counts().billed).toBeGreaterThan(40);
    const codes = results.flatMap((result) => ('code' in result ? [result.code] : []));
    expect(new Set(codes)).toContain('content_policy');
    expect(codes.length).toBeLessThan(CALLS / 3);
    const told = results.reduce((sum, result) => sum + ('micros' in result ? result.micros : 0), 0);
    expect(told).toBeGreaterThan(0);
    expect(told).toBeLessThan(total.cost.amount_micros);
  }, TEST_MS);
});
