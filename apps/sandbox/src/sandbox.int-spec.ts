import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { SandboxFault } from '@tecnocursos/contracts';
import { systemClock, type Clock } from './core/clock.js';
import { startSandbox, type RunningSandbox } from './sandbox.starter.js';
import { toyVendor } from './testing/toy-vendor.fixture.js';

const KEY = 'toy-key-0123456789abcd';
const NOW = Date.UTC(2026, 10, 25, 12, 0, 0);

/** Time that passes at once, and remembers how long it was waited for. */
class QuickClock implements Clock {
  readonly waits: number[] = [];
  now = (): number => NOW;
  wait = (milliseconds: number, signal: AbortSignal): Promise<void> => {
    this.waits.push(milliseconds);
    return new Promise((resolve, reject) => {
      setImmediate(() => (signal.aborted ? reject(signal.reason as Error) : resolve()));
    });
  };
}

describe('the sandbox', () => {
  let clock: QuickClock;
  let sandbox: RunningSandbox;
  let defects: unknown[];

  const call = (path: string, options: RequestInit = {}): Promise<Response> =>
    fetch(`${sandbox.url}/toy${path}`, { ...options, headers: { authorization: `Bearer ${KEY}`, 'content-type': 'application/json', ...options.headers } });
  const echo = (body: unknown = { text: 'olá' }): Promise<Response> => call('/v1/echo', { method: 'POST', body: JSON.stringify(body) });
  const withFault = (fault: SandboxFault, more: { retry_after_s?: number; latency_ms?: number; probability?: number } = {}): void => {
    sandbox.configure({ vendor: 'toy', faults: [{ fault, ...more }] });
  };

  beforeEach(async () => {
    clock = new QuickClock();
    defects = [];
    sandbox = await startSandbox({ vendors: [toyVendor()], clock, seed: 7, onDefect: (error) => defects.push(error) });
  });
  afterEach(async () => {
    await sandbox.close();
    expect(defects).toEqual([]);
  });

  it('routes by vendor, method and path', async () => {
    expect(await (await echo()).json()).toMatchObject({ echo: { text: 'olá' }, base: `${sandbox.url}/toy` });
    expect(await (await call('/v1/things/a%2Fb?x=1')).json()).toEqual({ thing: 'a/b' });
    expect((await call('/v1/things/%E0%A4%A')).status).toBe(404);
    expect((await call('/v1/echo')).status).toBe(404);
    expect((await call('/v1/wait')).status).toBe(204);
    const nobody = await fetch(`${sandbox.url}/nobody/v1`);
    expect(nobody.status).toBe(404);
    expect(await nobody.text()).toContain('/toy');
    expect((await fetch(`${sandbox.url}/toy/v1/things/1`)).status).toBe(401);
  });

  it.each<[SandboxFault, number, Record<string, string | null>]>([
    ['rate_limited', 429, { 'retry-after': null }],
    ['rate_limited_retry_after_seconds', 429, { 'retry-after': '7' }],
    ['rate_limited_retry_after_date', 429, { 'retry-after': new Date(NOW + 7_000).toUTCString() }],
    ['rate_limited_retry_after_ms', 429, { 'retry-after-ms': '7000', 'retry-after': null }],
    ['rate_limited_retry_after_garbage', 429, { 'retry-after': 'soon, we hope' }],
    ['server_error', 500, {}],
    ['error_in_success', 200, {}],
  ])('answers %s in the words of the vendor', async (fault, status, headers) => {
    withFault(fault, { retry_after_s: 7 });
    const answer = await echo();
    expect(answer.status).toBe(status);
    expect(Object.fromEntries(Object.keys(headers).map((name) => [name, answer.headers.get(name)]))).toEqual(headers);
    expect(await answer.json()).toEqual({ error: fault.startsWith('rate_limited') ? 'rate_limited' : fault });
  });

  it('resets connections, cuts bodies, and breaks JSON', async () => {
    withFault('connection_reset');
    await expect(echo()).rejects.toMatchObject({ cause: { code: 'ECONNRESET' } });
    withFault('truncated_body');
    const truncated = await echo();
    expect(truncated.status).toBe(200);
    await expect(truncated.text()).rejects.toThrow();
    withFault('malformed_json');
    const text = await (await echo()).text();
    expect(text.length).toBeGreaterThan(10);
    expect(() => JSON.parse(text) as unknown).toThrow(SyntaxError);
    expect(sandbox.history().calls.map(({ status, fault }) => [status, fault])).toEqual([[200, 'malformed_json'], [200, 'truncated_body'], [null, 'connection_reset']]);
  });

  it('breaks streams in the same ways', async () => {
    const stream = (): Promise<Response> => call('/v1/stream', { method: 'POST', body: '{}' });
    expect((await (await stream()).text()).match(/data: /g)).toHaveLength(5);
    withFault('truncated_body');
    await expect((await stream()).text()).rejects.toThrow();
    withFault('malformed_json');
    const events = (await (await stream()).text()).trim().split('\n\n');
    expect(events).toHaveLength(2);
    expect(() => JSON.parse(events[1]?.slice(6) ?? '') as unknown).toThrow(SyntaxError);
  });

  it('sends one byte a second, and streams that never end', async () => {
    withFault('slow_loris');
    const slow = await (await echo()).text();
    expect(clock.waits).toEqual(new Array(Buffer.byteLength(slow)).fill(1_000));
    withFault('endless_stream');
    const controller = new AbortController();
    const endless = await call('/v1/stream', { method: 'POST', body: '{}', signal: controller.signal });
    let received = 0;
    for await (const chunk of endless.body ?? []) {
      received += (chunk as Uint8Array).length;
      if (received > 1_000_000) break;
    }
    controller.abort();
    expect(received).toBeLessThan(64 * 1024 * 1024);
  });

  it('cuts an endless answer after 64 MiB', async () => {
    withFault('endless_stream');
    const answer = await echo();
    let received = 0;
    await expect((async () => {
      for await (const chunk of answer.body ?? []) received += (chunk as Uint8Array).length;
    })()).rejects.toThrow();
    expect(received).toBeGreaterThan(48 * 1024 * 1024);
    expect(received).toBeLessThanOrEqual(65 * 1024 * 1024);
  });

  it('tells its own defects from a vendor’s failures', async () => {
    const answer = await call('/v1/defect');
    expect([answer.status, await answer.json()]).toEqual([500, { error: { type: 'sandbox', message: expect.stringContaining('simulator itself failed') } }]);
    expect(defects.splice(0)).toEqual([expect.objectContaining({ message: 'a defect' })]);
    expect(sandbox.history().calls[0]).toMatchObject({ operation: 'defect', status: null });
  });

  it('forgets a client that goes away, and lets answers end before it closes', async () => {
    const slow = await startSandbox({ vendors: [toyVendor()], clock: systemClock, onDefect: (error) => defects.push(error) });
    slow.configure({ faults: [{ fault: 'latency', latency_ms: 150 }] });
    const headers = { authorization: 'Bearer x' };
    await expect(fetch(`${slow.url}/toy/v1/things/1`, { headers, signal: AbortSignal.timeout(20) })).rejects.toThrow();
    const pending = fetch(`${slow.url}/toy/v1/things/2`, { headers });
    while (slow.history().calls.length < 1) await new Promise((resolve) => setTimeout(resolve, 5));
    const [answer] = await Promise.all([pending, slow.close()]);
    expect(await answer.json()).toEqual({ thing: '2' });
    expect(slow.history().calls.map(({ status }) => status)).toEqual([200, null]);
  });

  it('adds latency, and the mode adds its own', async () => {
    withFault('latency', { latency_ms: 1_234 });
    expect((await echo()).status).toBe(200);
    expect(clock.waits).toEqual([1_234]);
    sandbox.configure({ reset: true, mode: 'slow' });
    await call('/v1/wait');
    expect(clock.waits[1]).toBeGreaterThanOrEqual(2_000);
    expect(clock.waits[2]).toBe(400);
  });

  it('fails in the realistic mode as often as it is told, the same for the same seed', async () => {
    const run = async (): Promise<(number | null)[]> => {
      sandbox.configure({ reset: true, mode: 'realistic', failure_rate: 0.2, seed: 42 });
      sandbox.clear();
      for (let index = 0; index < 80; index += 1) await echo().catch(() => undefined);
      return sandbox.history({ limit: 100 }).calls.map(({ status }) => status);
    };
    const first = await run();
    expect(await run()).toEqual(first);
    const failed = first.filter((status) => status !== 200).length;
    expect(failed).toBeGreaterThan(4);
    expect(failed).toBeLessThan(32);
    const sorted = clock.waits.toSorted((left, right) => left - right);
    expect(sorted[sorted.length >> 1]).toBeGreaterThan(140);
    expect(sorted[sorted.length >> 1]).toBeLessThan(280);
  });

  it('always fails in the mode failure', async () => {
    sandbox.configure({ mode: 'failure' });
    for (let index = 0; index < 10; index += 1) expect((await echo()).status).toBeGreaterThanOrEqual(400);
    expect(sandbox.status()).toMatchObject({ mode: 'failure', total_calls: 10, total_failed: 10 });
  });

  it('lays scopes over each other, and forgets them when told', async () => {
    sandbox.configure({ faults: [{ fault: 'server_error' }] });
    sandbox.configure({ vendor: 'toy', faults: [] });
    sandbox.configure({ vendor: 'toy', operation: 'things.get', faults: [{ fault: 'rate_limited' }] });
    expect((await echo()).status).toBe(200);
    expect((await call('/v1/things/1')).status).toBe(429);
    sandbox.configure({ vendor: 'toy', reset: true });
    expect((await call('/v1/things/1')).status).toBe(500);
    expect(() => sandbox.configure({ vendor: 'nobody' })).toThrow(/use one of: toy/);
    expect(() => sandbox.configure({ vendor: 'toy', operation: 'x' })).toThrow(/things\.get/);
    expect(() => sandbox.configure({ operation: 'echo' })).toThrow(/Name the vendor/);
    expect(() => sandbox.configure({ failure_rate: 2 })).toThrow(/failure_rate/);
  });

  it('keeps what was called, without secrets', async () => {
    await call(`/v1/echo?key=${KEY}&page=2`, {
      method: 'POST', body: JSON.stringify({ api_key: KEY, text: 'x'.repeat(20_000) }), headers: { 'x-api-key': KEY, 'xi-api-key': KEY, 'x-goog-api-key': KEY, cookie: KEY },
    });
    await call('/v1/nothing');
    const [unrouted, made] = sandbox.history().calls;
    expect(unrouted).toMatchObject({ operation: null, status: 404 });
    expect(made).toMatchObject({ vendor: 'toy', operation: 'echo', status: 200, method: 'POST', path: '/toy/v1/echo?key=***abcd&page=2', at: '2026-11-25T12:00:00.000Z' });
    expect(made?.request.headers['authorization']).toBe('Bearer ***abcd');
    expect(made?.request.body?.length).toBeLessThanOrEqual(16 * 1024);
    expect(JSON.stringify(sandbox.history())).not.toContain(KEY);
    expect(sandbox.history({ failed: true }).calls).toHaveLength(1);
    expect(sandbox.history({ operation: 'echo', failed: true }).calls).toHaveLength(0);
    expect(sandbox.status().vendors[0]).toMatchObject({ calls: 2, failed: 1, by_operation: [{ operation: 'echo', calls: 1 }, { operation: '(unrouted)', failed: 1 }] });
    expect(sandbox.clear('toy')).toBe(2);
    expect(sandbox.history().calls).toEqual([]);
    expect(() => sandbox.clear('nobody')).toThrow(/use one of/);
  });

  it('pages through a thousand calls, and keeps no bodies in the mode fast', async () => {
    sandbox.configure({ mode: 'fast' });
    for (let round = 0; round < 21; round += 1) await Promise.all(Array.from({ length: 50 }, () => echo().then((answer) => answer.text())));
    const ids: string[] = [];
    let cursor: string | undefined;
    do {
      const page = sandbox.history({ limit: 100, ...(cursor !== undefined && { cursor }) });
      expect(page.calls.every(({ request }) => request.body === null && Object.keys(request.headers).length === 0)).toBe(true);
      ids.push(...page.calls.map(({ id }) => id));
      cursor = page.next_cursor ?? undefined;
    } while (cursor !== undefined);
    expect(new Set(ids).size).toBe(1_000);
    expect(sandbox.status().total_calls).toBe(1_050);
    expect(() => sandbox.history({ cursor: '!' })).toThrow(/next_cursor/);
  });
});
