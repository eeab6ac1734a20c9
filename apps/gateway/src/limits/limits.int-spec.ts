import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { listPlans, signIn, type ReplyInput } from '@tecnocursos/contracts';
import { freePort } from '@tecnocursos/engines';
import { createLogger } from '@tecnocursos/nest-kit';
import { GatewayHarness } from '../gateway.harness.js';
import { RateWindow } from './rate-window.js';
import { SharedCounts } from './shared-counts.js';

const until = async (reached: () => boolean | Promise<boolean>): Promise<void> => {
  for (let tries = 0; tries < 200 && !(await reached()); tries += 1) await new Promise((resolve) => setTimeout(resolve, 25));
};

describe('limits of rates and numbers', () => {
  let harness: GatewayHarness;
  beforeAll(async () => {
    harness = await GatewayHarness.start({ RATE_LIMIT_KEY_RPM: '20', RATE_LIMIT_ADDRESS_RPM: '60', RATE_LIMIT_SENSITIVE_RPM: '3', TENANT_CONCURRENCY: '2', TRUSTED_PROXIES: '127.0.0.0/8', DOCS_ENABLED: 'false' });
    harness.services
      .on(listPlans, () => ({ plans: [] }))
      .on(signIn, (): ReplyInput<typeof signIn> => ({ state: 'second_factor_required', challenge: 'a'.repeat(43), expires_at: '2026-01-01T00:00:00Z' }));
    const sinceMinute = Date.now() % 60_000;
    if (sinceMinute > 45_000) await new Promise((resolve) => setTimeout(resolve, 60_050 - sinceMinute)); // all of it happens in one window
  }, 40_000);
  afterAll(() => harness.stop());

  const from = (address: string, path = '/api/plans', init: RequestInit = {}): Promise<Response> => harness.fetch(path, { ...init, headers: { ...init.headers, 'x-forwarded-for': address } });

  it('are told with each answer, in the old and the new way', async () => {
    const { status, headers } = await from('203.0.113.1');
    expect(status).toBe(200);
    expect(headers.get('ratelimit-policy')).toBe('"key";q=20;w=60');
    expect(headers.get('ratelimit')).toMatch(/^"key";r=\d+;t=\d+$/);
    expect([headers.get('ratelimit-limit'), Number(headers.get('ratelimit-remaining')) < 20, Number(headers.get('ratelimit-reset')) <= 60]).toEqual(['20', true, true]);
  });

  it('stop a tenant that has too much under way, and let it go on after', async () => {
    let answer = (): void => undefined;
    const held = new Promise<void>((resolve) => { answer = resolve; });
    let asked = 0;
    harness.services.on(listPlans, async () => {
      asked += 1;
      await held;
      return { plans: [] };
    });
    const underWay = [from('203.0.113.1'), from('203.0.113.1')];
    await until(() => asked === 2);
    const third = await from('203.0.113.1');
    expect([third.status, third.headers.get('retry-after'), await third.json()]).toEqual([429, '1', expect.objectContaining({ code: 'rate_limited' })]);
    answer();
    expect((await Promise.all(underWay)).map(({ status }) => status)).toEqual([200, 200]);
    expect((await from('203.0.113.1')).status).toBe(200);
  });

  it('stop a key wherever it calls from, and say when to come back', async () => {
    const statuses: number[] = [];
    for (let times = 0; times < 20; times += 1) statuses.push((await from(`203.0.113.${times}`)).status);
    expect(statuses).toContain(429);
    const refused = await from('203.0.113.99');
    expect([refused.status, Number(refused.headers.get('retry-after')) > 0, refused.headers.get('ratelimit-remaining')]).toEqual([429, true, '0']);
    expect(await refused.json()).toMatchObject({ code: 'rate_limited', detail: expect.stringContaining('20 requests') });
  });

  it('stop an address, whatever it shows, and no other', async () => {
    for (let times = 0; times < 60; times += 1) await from('198.51.100.1', '/api/nothing');
    const refused = await from('198.51.100.1', '/api/nothing');
    expect([refused.status, refused.headers.get('ratelimit-policy')]).toEqual([429, '"address";q=60;w=60']);
    expect((await from('198.51.100.2', '/api/nothing')).status).toBe(404);
  });

  it('stop whoever tries passwords sooner, each operation apart', async () => {
    const login = (path = '/api/auth/login'): Promise<Response> => from('198.51.100.7', path, { method: 'POST', body: JSON.stringify({ email: 'ana@escola.example', password: 'x' }), headers: { 'content-type': 'application/json' } });
    const statuses = [];
    for (let times = 0; times < 4; times += 1) statuses.push((await login()).status);
    expect(statuses).toEqual([200, 200, 200, 429]);
    expect((await login('/api/auth/refresh')).status).toBe(400);
  });

  it('refuse JSON that nests too deep', async () => {
    const body = `{"title":${'['.repeat(5_000)}${']'.repeat(5_000)}}`;
    const response = await from('198.51.100.8', '/api/auth/login', { method: 'POST', body, headers: { 'content-type': 'application/json' } });
    expect([response.status, await response.json()]).toEqual([400, expect.objectContaining({ errors: [{ field: '(body)', message: 'Nest objects and arrays 32 deep at most.' }] })]);
  });

  it('leave the documentation closed where it is not wanted', async () => {
    for (const path of ['/api/docs', '/api/docs-json', '/api/docs/asyncapi.json', '/api/docs/assets/docs.js']) expect([path, (await from('198.51.100.9', path)).status]).toEqual([path, 404]);
  });
});

const hasRedis = spawnSync('redis-server', ['--version']).status === 0;
if (!hasRedis) console.warn('redis-server is not installed: the test of counts that replicas share did not run.');

(hasRedis ? describe : describe.skip)('counts that replicas share', () => {
  it('add up over Redis, and go on alone without it', async () => {
    const port = await freePort();
    const server = spawn('redis-server', ['--port', String(port), '--bind', '127.0.0.1', '--save', '', '--appendonly', 'no'], { stdio: 'ignore' });
    const logger = createLogger({ LOG_LEVEL: 'silent', LOG_FORMAT: 'json', NODE_ENV: 'test' });
    const now = (): number => 0;
    const windows = [0, 1].map(() => new RateWindow({ name: 'key', perMinute: 100 }, now));
    const [one, other] = windows as [RateWindow, RateWindow];
    const shared = windows.map((window) => new SharedCounts(`redis://127.0.0.1:${port}`, [window], logger));
    await until(async () => {
      one.take('a');
      other.take('a');
      await Promise.all(shared.map((counts) => counts.exchange()));
      return other.take('a').remaining < 97 && one.take('a').remaining < 97;
    });
    for (let times = 0; times < 40; times += 1) one.take('b');
    await shared[0]?.exchange();
    other.take('b');
    await shared[1]?.exchange();
    expect(other.take('b').remaining).toBe(58);
    server.kill('SIGKILL');
    await once(server, 'exit');
    await shared[1]?.exchange();
    expect(other.take('b').remaining).toBe(57);
    await Promise.all(shared.map((counts) => counts.close()));
  });
});
