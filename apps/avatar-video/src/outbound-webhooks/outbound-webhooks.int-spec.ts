import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { newId, type WebhookEventType } from '@tecnocursos/contracts';
import { createLogger, OutboundHttp } from '@tecnocursos/nest-kit';
import { migrate } from '@tecnocursos/persistence';
import { createTestRuntime, type TestRuntime } from '@tecnocursos/testing';
import type { Kysely } from 'kysely';
import { Webhook } from 'standardwebhooks';
import { AVATAR_VIDEO_SCHEMA, avatarVideoMigrations, type AvatarVideoTables } from '../avatar-video.tables.js';
import { SecretSeal } from './secret-seal.js';
import { enqueueDeliveries, WebhookDeliveryRepository } from './webhook-delivery.repository.js';
import { WebhookDispatcher } from './webhook-dispatcher.js';
import { WebhookEndpointRepository } from './webhook-endpoint.repository.js';
import { WebhookEndpoints } from './webhook-endpoints.service.js';

interface Received {
  path: string;
  headers: Record<string, string>;
  body: string;
}

const START = Date.UTC(2026, 10, 25, 12);
const clock = { time: START, now: () => clock.time };
const logger = createLogger({ LOG_LEVEL: 'silent', LOG_FORMAT: 'json', NODE_ENV: 'test' });
let runtime: TestRuntime;
let db: Kysely<AvatarVideoTables>;
let receiver: Server;
let host = '';
let received: Received[] = [];
let answer: (path: string) => { status: number; headers?: Record<string, string> } | 'hang' = () => ({ status: 204 });
let http: OutboundHttp;
let endpoints: WebhookEndpoints;
let deliveries: WebhookDeliveryRepository;
let dispatcher: WebhookDispatcher;
let tenant = '';
const seal = new SecretSeal(Buffer.alloc(32, 7));

beforeAll(async () => {
  runtime = createTestRuntime('nats://127.0.0.1:1');
  db = (await runtime.database()).schema<AvatarVideoTables>(AVATAR_VIDEO_SCHEMA);
  await migrate(db, AVATAR_VIDEO_SCHEMA, avatarVideoMigrations);
  receiver = createServer((request, response) => {
    void buffer(request).then((body) => {
      const path = request.url ?? '/';
      received.push({ path, headers: request.headers as Record<string, string>, body: body.toString() });
      const reply = answer(path);
      if (reply !== 'hang') response.writeHead(reply.status, reply.headers).end();
    });
  });
  await new Promise<void>((resolve) => receiver.listen(0, '127.0.0.1', resolve));
  host = `127.0.0.1:${(receiver.address() as AddressInfo).port}`;
}, 60_000);
afterAll(async () => {
  receiver.closeAllConnections();
  await new Promise((resolve) => receiver.close(resolve));
  await runtime.close();
}, 30_000);
beforeEach(() => {
  clock.time = START;
  received = [];
  answer = () => ({ status: 204 });
  tenant = newId();
  http = new OutboundHttp({ policy: { trustedHosts: [host] } });
  deliveries = new WebhookDeliveryRepository(db as never);
  endpoints = new WebhookEndpoints(new WebhookEndpointRepository(db as never), deliveries, http, seal, clock);
  dispatcher = new WebhookDispatcher({ deliveries, http, seal, clock, logger, random: () => 0, atATime: 100, timeoutMs: 2_500 });
});
afterEach(async () => {
  await dispatcher.stop();
  await http.close();
  await db.deleteFrom('webhook_endpoint').execute();
});

const register = (path: string, events: WebhookEventType[] = ['video.ready', 'video.failed', 'video.canceled']) => endpoints.create(tenant, { url: `http://${host}${path}`, events });
const announce = (id: string = newId(), overrides: { url?: string | null; tenantId?: string; type?: WebhookEventType } = {}) =>
  db.transaction().execute((transaction) => enqueueDeliveries(transaction, { tenantId: tenant, id, type: 'video.ready', at: new Date(clock.time), data: { id: 'v1' }, url: null, ...overrides }));
async function run(): Promise<void> {
  await dispatcher.dispatch();
  await dispatcher.idle();
}
const listed = async () => (await endpoints.listDeliveries(tenant, { limit: 100 })).deliveries;

describe('webhooks to callers', () => {
  it('are signed so that the official library takes them', async () => {
    const { secret, endpoint } = await register('/ok');
    expect(endpoint).toMatchObject({ state: 'enabled', secret_hint: secret.slice(-4) });
    await announce();
    await run();
    const [call] = received;
    expect(JSON.parse(call?.body ?? '')).toEqual({ type: 'video.ready', timestamp: new Date(START).toISOString(), data: { id: 'v1' } });
    const now = Date.now;
    Date.now = () => START;
    try {
      expect(new Webhook(secret).verify(call?.body ?? '', call?.headers ?? {})).toMatchObject({ type: 'video.ready' });
    } finally {
      Date.now = now;
    }
    expect(await listed()).toMatchObject([{ state: 'delivered', attempts: 1, last_status: 204 }]);
    expect(JSON.stringify(await db.selectFrom('webhook_endpoint').selectAll().execute())).not.toContain(secret.slice(6));
  });

  it('reach those alone who want to know, each event once', async () => {
    await register('/all');
    await register('/failed', ['video.failed']);
    const id = newId();
    await announce(id);
    await announce(id);
    await announce(newId(), { url: `http://${host}/failed`, type: 'video.failed' });
    await announce(newId(), { tenantId: newId() });
    await run();
    expect(received.map(({ path }) => path).toSorted()).toEqual(['/all', '/failed']);
  });

  it('are tried again after 5 s, 5 min, 30 min, 2, 5, 10, 14, 20 and 24 h, with the same id and a new timestamp; then no more', async () => {
    await register('/down');
    answer = () => ({ status: 500 });
    await announce();
    await run();
    for (const seconds of [5, 300, 1_800, 7_200, 18_000, 36_000, 50_400, 72_000, 86_400]) {
      const before = received.length;
      clock.time += seconds * 1_000 - 1;
      await run();
      expect(received).toHaveLength(before);
      clock.time += 1;
      await run();
      expect(received).toHaveLength(before + 1);
    }
    clock.time += 7 * 86_400_000;
    await run();
    expect(received).toHaveLength(10);
    expect(new Set(received.map(({ headers }) => headers['webhook-id'])).size).toBe(1);
    expect(new Set(received.map(({ headers }) => headers['webhook-timestamp'])).size).toBe(10);
    expect(await listed()).toMatchObject([{ state: 'failed', attempts: 10, last_status: 500, next_attempt_at: null }]);
  });

  it('carry both signatures for a day after a rotation', async () => {
    const { secret: former, endpoint } = await register('/ok');
    const { secret: newest, former_until: until } = await endpoints.rotate(tenant, endpoint.id);
    expect(Date.parse(until) - START).toBe(86_400_000);
    await announce();
    await run();
    clock.time += 86_400_001;
    await announce();
    await run();
    const signatures = received.map(({ headers }) => headers['webhook-signature']?.split(' ').length);
    expect(signatures).toEqual([2, 1]);
    const timestamp = Number(received[1]?.headers['webhook-timestamp']) * 1_000;
    const sign = (secret: string): string => new Webhook(secret).sign(received[1]?.headers['webhook-id'] ?? '', new Date(timestamp), received[1]?.body ?? '');
    expect([sign(newest), sign(former)].map((signature) => received[1]?.headers['webhook-signature'] === signature)).toEqual([true, false]);
  });

  it('end for good at an address that is gone, and begin again when it is enabled', async () => {
    const { endpoint } = await register('/gone');
    answer = () => ({ status: 410 });
    await announce();
    await announce();
    await run();
    expect(await endpoints.list(tenant)).toMatchObject([{ state: 'disabled', disabled_reason: 'The receiver answered 410 Gone.' }]);
    await announce();
    clock.time += 86_400_000;
    const calls = received.length;
    await run();
    expect(received).toHaveLength(calls);
    answer = () => ({ status: 200 });
    await endpoints.update(tenant, { endpoint_id: endpoint.id, state: 'enabled' });
    await announce();
    await run();
    expect(received).toHaveLength(calls + 1);
  });

  it('are given up at an address that has failed for five days', async () => {
    await register('/down');
    answer = () => ({ status: 503 });
    await announce();
    await run();
    clock.time += 6 * 86_400_000;
    await run();
    expect(await endpoints.list(tenant)).toMatchObject([{ state: 'disabled', disabled_reason: expect.stringContaining('five days') }]);
  });

  it('wait as long as a receiver asks, and follow no redirect', async () => {
    await register('/busy');
    answer = (path) => (path === '/busy' ? { status: 429, headers: { 'retry-after': '3600' } } : { status: 200 });
    await announce();
    await run();
    expect((await listed())[0]?.next_attempt_at).toBe(new Date(START + 3_600_000).toISOString());
    clock.time += 3_600_000;
    answer = () => ({ status: 302, headers: { location: `http://${host}/elsewhere` } });
    await run();
    expect(received.map(({ path }) => path)).toEqual(['/busy', '/busy']);
    expect(await listed()).toMatchObject([{ state: 'pending', attempts: 2, last_status: 302 }]);
  });

  it('do not wait for receivers that hang', async () => {
    for (let index = 0; index < 19; index += 1) await register(`/hang/${index}`);
    await register('/healthy');
    answer = (path) => (path === '/healthy' ? { status: 200 } : 'hang');
    for (let event = 0; event < 5; event += 1) await announce();
    const started = Date.now();
    await dispatcher.dispatch();
    for (let tries = 0; tries < 100 && received.filter(({ path }) => path === '/healthy').length < 4; tries += 1) await new Promise((resolve) => setTimeout(resolve, 20));
    expect(Date.now() - started).toBeLessThan(2_000);
    await dispatcher.idle();
    await run();
    expect((await listed()).filter(({ state }) => state === 'delivered')).toHaveLength(5);
    expect(received.filter(({ path }) => path === '/hang/0').length).toBeLessThanOrEqual(5);
  });

  it('are not sent into the network, neither when registered nor later', async () => {
    for (const url of ['https://169.254.169.254/', 'https://localhost/', 'http://example.com/', 'https://[::1]/', 'https://user:pass@example.com/']) {
      await expect(endpoints.create(tenant, { url, events: ['video.ready'] })).rejects.toMatchObject({ code: 'invalid_request', issues: [{ field: 'url' }] });
    }
    const { endpoint } = await register('/later');
    await db.updateTable('webhook_endpoint').set({ url: 'https://10.0.0.1/' }).where('id', '=', endpoint.id).execute();
    await announce();
    await run();
    expect(await listed()).toMatchObject([{ state: 'pending', last_error: expect.stringContaining('refused') }]);
    expect(received).toEqual([]);
  });

  it('belong to one tenant', async () => {
    const { endpoint } = await register('/mine');
    const stranger = newId();
    expect(await endpoints.list(stranger)).toEqual([]);
    await expect(endpoints.rotate(stranger, endpoint.id)).rejects.toMatchObject({ code: 'not_found' });
    await expect(endpoints.remove(stranger, endpoint.id)).rejects.toMatchObject({ code: 'not_found' });
    await expect(endpoints.update(stranger, { endpoint_id: endpoint.id, state: 'disabled' })).rejects.toMatchObject({ code: 'not_found' });
    await expect(register('/mine')).rejects.toMatchObject({ code: 'conflict' });
    await announce();
    await endpoints.remove(tenant, endpoint.id);
    expect(await listed()).toEqual([]);
  });

  it('keep secrets that open at their own endpoint alone', () => {
    const sealed = seal.seal('whsec_x', ['tenant', 'endpoint']);
    expect(seal.open(sealed, ['tenant', 'endpoint'])).toBe('whsec_x');
    expect(() => seal.open(sealed, ['tenant', 'other'])).toThrow();
    expect(() => seal.open(`${sealed.slice(0, -2)}AA`, ['tenant', 'endpoint'])).toThrow();
    expect(() => new SecretSeal(Buffer.alloc(32, 8)).open(sealed, ['tenant', 'endpoint'])).toThrow('WEBHOOK_SECRETS_KEY');
    expect(() => new SecretSeal(Buffer.alloc(16))).toThrow('32 bytes');
  });
});
