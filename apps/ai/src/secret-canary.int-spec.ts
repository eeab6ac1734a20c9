import { randomBytes } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inspect } from 'node:util';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { completeChat, getUsageStats, listChatModels, newId, providerLists, providerTests, SandboxFaultSchema, streamChat, type ChatRequest } from '@tecnocursos/contracts';
import { service as insights } from '@tecnocursos/insights';
import { connectBus, ensureStream, RpcClient, STREAMS, type BusConnection } from '@tecnocursos/messaging';
import { createLogger, startService, type RunningService } from '@tecnocursos/nest-kit';
import { startSandbox, type RunningSandbox } from '@tecnocursos/sandbox';
import { createTestRuntime, startNatsServer, type TestNatsServer, type TestRuntime } from '@tecnocursos/testing';
import { sql } from 'kysely';
import { AI_PROVIDERS } from './providers/index.js';
import { service as ai } from './service.js';
import { startEchoVendor, type EchoVendor } from './testing/echo-vendor.harness.js';

const START_MS = 60_000;
const TEST_MS = 180_000;
const STATUSES = [200, 400, 401, 402, 403, 404, 408, 413, 418, 422, 429, 451, 500, 503, 529];

const remote = AI_PROVIDERS.filter(({ kind }) => kind === 'remote');
const canaryOf = (name: string): string => `CANARY_${name}_${randomBytes(12).toString('hex')}+/=`;
const credentials = Object.fromEntries(remote.flatMap(({ variablePrefix, credentials: names }) => names.map((name) => [`${variablePrefix}_${name}`, canaryOf(`${variablePrefix}_${name}`)])));

/** The forms in which a secret gets out. */
const formsOf = (secret: string): string[] => [secret, encodeURIComponent(secret), Buffer.from(secret).toString('base64').replace(/=+$/, ''), Buffer.from(secret).toString('base64url'), secret.slice(0, 12)];

const leaksIn = (where: string, text: string): string[] =>
  Object.entries(credentials).flatMap(([name, secret]) => formsOf(secret).filter((form) => text.includes(form)).map(() => `${where}: ${name}`));

const chat = (): ChatRequest => ({ model: 'standard', messages: [{ role: 'user', content: 'O que é fotossíntese?' }], max_completion_tokens: 50 });

describe('no credential gets out, whatever fails', () => {
  let nats: TestNatsServer;
  let bus: BusConnection;
  let rpc: RpcClient;
  let runtime: TestRuntime;
  let ledger: RunningService;
  let running: RunningService;
  let sandbox: RunningSandbox;
  let echo: EchoVendor;
  let journal: string;
  const log: string[] = [];
  const told: string[] = [];
  const tenant = { tenantId: newId() };

  beforeAll(async () => {
    nats = await startNatsServer();
    bus = await connectBus({ url: nats.url, name: 'test' });
    await ensureStream(bus, STREAMS.events);
    rpc = new RpcClient(bus);
    [sandbox, echo] = [await startSandbox(), await startEchoVendor()];
    journal = await mkdtemp(join(tmpdir(), 'tc-journal-'));
    const logger = createLogger({ LOG_LEVEL: 'trace', LOG_FORMAT: 'json', NODE_ENV: 'production' }, { write: (line) => void log.push(line) });
    runtime = { ...createTestRuntime(nats.url), logger };
    ledger = await startService(insights, runtime);
  }, START_MS);
  afterEach(() => running?.close());
  afterAll(async () => {
    await ledger.close();
    rpc.close();
    await bus.close();
    await runtime.close();
    await sandbox.close();
    await echo.close();
    await nats.stop();
    await rm(journal, { recursive: true, force: true });
  });

  /** Live, with every key a canary; the vendors are at the address that is given. */
  async function start(addressOf: (provider: (typeof remote)[number]) => string): Promise<void> {
    const own = Object.fromEntries(remote.flatMap((definition) => {
      const knobs = { BASE_URL: addressOf(definition), TIMEOUT_MS: '250', STREAM_IDLE_TIMEOUT_MS: '250', MAX_RETRIES: '0', BREAKER_MIN_CALLS: '100000' };
      return Object.entries(knobs).map(([name, value]) => [`${definition.variablePrefix}_${name}`, value]);
    }));
    running = await startService(ai, { ...runtime, environment: { USAGE_JOURNAL_DIR: journal, ...credentials, ...own } });
  }

  const hear = (what: unknown): void => void told.push(inspect(what, { depth: 12 }), JSON.stringify(what, Object.getOwnPropertyNames(what ?? {}).concat('detail', 'issues', 'field', 'message', 'code')) ?? '');

  /** Asks one provider alone, in one piece and as a stream, and listens to all that is said. */
  async function provoke(provider: string): Promise<void> {
    const request = { ...chat(), tecnocursos: { provider, allow_fallback: false } };
    await rpc.call(completeChat, request, { ...tenant, timeoutMs: 4_000 }).then(hear, hear);
    const parts = rpc.stream(streamChat, request, { ...tenant, timeoutMs: 4_000 });
    await (async () => { for await (const part of parts) hear(part); })().catch(hear);
  }

  async function overview(): Promise<void> {
    hear(await rpc.call(providerLists.ai, {}));
    hear(await rpc.call(listChatModels, {}, tenant));
    hear(await rpc.call(providerTests.ai, {}, tenant));
    hear(await rpc.call(getUsageStats, { group_by: ['provider', 'outcome'] }, tenant));
  }

  async function everythingStored(): Promise<string> {
    const db = (await runtime.database()).schema<never>('insights');
    const { rows: tables } = await sql<{ name: string }>`select table_name as name from information_schema.tables where table_schema = 'insights'`.execute(db);
    const dumps = await Promise.all(tables.map(async ({ name }) => JSON.stringify((await sql`select * from ${sql.id('insights', name)}`.execute(db)).rows)));
    expect(tables.length).toBeGreaterThan(3);
    return dumps.join('\n');
  }

  const files = (folder: string): string =>
    readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile()).map((entry) => readFileSync(join(entry.parentPath, entry.name), 'latin1')).join('\n');

  it('through any fault of the vendors', async () => {
    await start(({ address }) => `${sandbox.url}${address?.sandbox ?? ''}`);
    for (const fault of SandboxFaultSchema.options) {
      sandbox.configure({ reset: true, faults: [{ fault, probability: 1, ...(fault === 'latency' && { latency_ms: 2_000 }) }] });
      await Promise.all(remote.map(({ id }) => provoke(id)));
    }
    sandbox.configure({ reset: true });
    await overview();
    const history = JSON.stringify(sandbox.history({ limit: 100 }));
    expect(history).toContain('chat');
    expect(leaksIn('the sandbox’s history', history)).toEqual([]);
  }, TEST_MS);

  it('through a vendor that says the key aloud', async () => {
    await start(() => echo.url);
    for (const status of STATUSES) {
      echo.status = status;
      await Promise.all(remote.map(({ id }) => provoke(id)));
    }
    await overview();
    expect([...echo.seen].sort()).toEqual(Object.values(credentials).sort()); // every key was really sent
  }, TEST_MS);

  it('into replies, logs, metrics, the ledger, the journal or the broker', async () => {
    const metrics = await runtime.metrics.registry.metrics();
    expect(metrics).toContain('tc_rpc_requests_total');
    expect(told.length).toBeGreaterThan(100);
    expect(log.length).toBeGreaterThan(10);
    const sources = { replies: told.join('\n'), logs: log.join('\n'), metrics, ledger: await everythingStored(), journal: files(journal), broker: files(nats.storeDir) };
    expect(Object.entries(sources).flatMap(([where, text]) => leaksIn(where, text))).toEqual([]);
    expect(leaksIn('a test of the test', `…${Object.values(credentials)[0]}…`)).not.toEqual([]);
  }, TEST_MS);
});
