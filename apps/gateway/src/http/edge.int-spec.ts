import { connect } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { AppError, getCourse, listCourses, listPlans, listVoices } from '@tecnocursos/contracts';
import { COURSE, COURSE_ID } from '../courses/course-fixtures.harness.js';
import { API_KEY, GatewayHarness } from '../gateway.harness.js';
import { ProblemSchema } from './problem.js';

const ORIGIN = 'https://app.example';

let harness: GatewayHarness;
beforeAll(async () => {
  harness = await GatewayHarness.start({ CORS_ORIGINS: ORIGIN });
  harness.services
    .on(listPlans, () => ({ plans: [] }))
    .on(listVoices, () => ({ voices: [] }))
    .on(listCourses, () => ({ courses: [], next_cursor: null }))
    .on(getCourse, () => ({ course: COURSE }));
});
afterAll(() => harness.stop());

/** Sends bytes as they are, and reads the answer to its end. */
function raw(text: string): Promise<string> {
  const { hostname, port } = new URL(harness.gateway.url);
  return new Promise((resolve, reject) => {
    let answer = '';
    const socket = connect(Number(port), hostname, () => socket.write(text));
    socket.on('data', (chunk) => { answer += chunk.toString(); });
    socket.on('close', () => resolve(answer));
    socket.on('error', reject);
  });
}

describe('requests that cannot be served', () => {
  const JSON_TYPE = { 'content-type': 'application/json' };
  it.each<[string, string, RequestInit, number, string, string[]]>([
    ['an unknown path', '/api/nothing', {}, 404, 'not_found', []],
    ['an unknown path outside of the API', '/wp-login.php', {}, 404, 'not_found', []],
    ['a wrong method', '/api/plans', { method: 'DELETE' }, 405, 'method_not_allowed', []],
    ['a wrong method on a path with an id', `/api/courses/${COURSE_ID}`, { method: 'PUT' }, 405, 'method_not_allowed', []],
    ['broken JSON', '/api/courses', { method: 'POST', body: '{', headers: JSON_TYPE }, 400, 'invalid_request', ['(body)']],
    ['a poisoned prototype', '/api/courses', { method: 'POST', body: '{"__proto__":{}}', headers: JSON_TYPE }, 400, 'invalid_request', ['(body)']],
    ['an empty body', '/api/courses', { method: 'POST', headers: JSON_TYPE }, 400, 'invalid_request', ['(body)']],
    ['XML', '/api/courses', { method: 'POST', body: '<a/>', headers: { 'content-type': 'application/xml' } }, 415, 'unsupported_media_type', []],
    ['a form of the simple kind', '/api/courses', { method: 'POST', body: 'a=b', headers: { 'content-type': 'application/x-www-form-urlencoded' } }, 415, 'unsupported_media_type', []],
    ['a form of the simple kind that is no deletion request', '/api/auth/social/facebook/data-deletion', { method: 'POST', body: 'a=b', headers: { 'content-type': 'application/x-www-form-urlencoded' } }, 400, 'invalid_request', ['signed_request', 'a']],
    ['a form where none is taken', `/api/courses/${COURSE_ID}/retry`, { method: 'POST', body: new FormData() }, 415, 'unsupported_media_type', []],
    ['a body where none is taken', `/api/courses/${COURSE_ID}/retry`, { method: 'POST', body: '{"a":1}', headers: JSON_TYPE }, 400, 'invalid_request', ['a']],
    ['an id that is none', '/api/courses/1', {}, 400, 'invalid_request', ['course_id']],
    ['an id with a path in it', '/api/courses/..%2F..%2Fetc', {}, 400, 'invalid_request', ['course_id']],
    ['broken percent-encoding', '/api/courses/%zz', {}, 400, 'invalid_request', ['(url)']],
    ['a segment that is too long', `/api/courses/${'a'.repeat(5_000)}`, {}, 400, 'invalid_request', ['(url)']],
    ['an unknown query', '/api/plans?colour=red', {}, 400, 'invalid_request', ['colour']],
    ['a query twice', '/api/plans?feature=avatar&feature=avatar', {}, 400, 'invalid_request', ['feature']],
    ['a page of nothing', '/api/courses?limit=0&state=lost', {}, 400, 'invalid_request', ['limit', 'state']],
    ['a wrong filter', '/api/integrations/tts/voices?gender=x', {}, 400, 'invalid_request', ['gender']],
    ['an id of no message', '/api/mailbox/messages/..', {}, 404, 'not_found', []],
    ['a forged mailbox link', '/mailbox/e30.AAAA', {}, 403, 'link_invalid', []],
  ])('%s', async (_name, path, init, status, code, fields) => {
    const response = await harness.fetch(path, init);
    const text = await response.text();
    expect([response.status, text]).toEqual([status, expect.stringContaining(`"${code}"`)]);
    expect(response.headers.get('content-type')).toMatch(/^application\/problem\+json/);
    const problem = ProblemSchema.parse(JSON.parse(text));
    expect(problem).toMatchObject({ type: `https://tecnocursos.dev/problems/${code}`, status, code });
    expect(problem.request_id).toBe(response.headers.get('x-request-id'));
    expect(problem.errors.map(({ field }) => field)).toEqual(fields);
    expect(text).not.toMatch(/node_modules|at Object|FST_ERR|Exception/);
  });

  it('names the methods that a path takes', async () => {
    expect((await harness.fetch('/api/courses', { method: 'DELETE' })).headers.get('allow')).toBe('GET, HEAD, POST');
  });

  it('keeps queries, which carry secrets, out of problems', async () => {
    const problem = await (await harness.fetch('/api/plans?token=secret')).json();
    expect(JSON.stringify(problem)).not.toContain('secret');
    expect(problem).toMatchObject({ instance: '/api/plans' });
  });

  it('answers bytes that are no HTTP, and headers beyond all limits', async () => {
    expect(await raw('NONSENSE\r\n\r\n')).toMatch(/^HTTP\/1.1 400 [\s\S]*"invalid_request"/);
    expect(await raw(`GET /${'a'.repeat(20_000)} HTTP/1.1\r\nhost: x\r\n\r\n`)).toMatch(/^HTTP\/1.1 400 [\s\S]*URL and headers/);
  });

  it('answers targets that are no paths', async () => {
    for (const target of ['*', 'http://other.example/api/plans', '//api/plans', '/api/plans;x=1', '/api//plans']) {
      const answer = await raw(`GET ${target} HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n`);
      expect([target, answer]).toEqual([target, expect.stringMatching(/^HTTP\/1.1 (400|401|404) [\s\S]*x-request-id: [\s\S]*"code"/)]);
    }
  });

  it('tells nothing of what fails inside', async () => {
    harness.services.on(getCourse, () => {
      throw new Error('password=hunter2 at /srv/secret.ts');
    });
    const response = await harness.fetch(`/api/courses/${COURSE_ID}`);
    expect(response.status).toBe(500);
    expect(await response.text()).not.toMatch(/hunter2|secret/);
  });

  it('passes on what a service says about fields and when to come back', async () => {
    harness.services.on(getCourse, () => {
      throw new AppError('rate_limited', 'Slow down.', { retryAfterS: 2.2, issues: [{ field: 'x', message: 'y' }] });
    });
    const response = await harness.fetch(`/api/courses/${COURSE_ID}`);
    expect(response.status).toBe(429);
    expect(response.headers.get('retry-after')).toBe('3');
    expect(await response.json()).toMatchObject({ code: 'rate_limited', errors: [{ field: 'x', message: 'y' }] });
  });

  it('says 503 when nobody serves the subject', async () => {
    harness.services.off(listVoices);
    const response = await harness.fetch('/api/integrations/tts/voices');
    expect(response.status).toBe(503);
    expect(await response.json()).toMatchObject({ code: 'unavailable' });
  });
});

describe('answers', () => {
  it('carry an id, where their time went, and rules for browsers', async () => {
    const { headers } = await harness.fetch('/api/plans?feature=avatar');
    expect(headers.get('x-request-id')).toMatch(/^[0-9a-f-]{36}$/);
    expect(headers.get('server-timing')).toMatch(/^bus;dur=\d+\.\d\d, vendor;dur=\d+\.\d\d, total;dur=\d+\.\d\d$/);
    expect(Number(headers.get('x-tc-overhead-ms'))).toBeGreaterThanOrEqual(0);
    expect(headers.get('content-security-policy')).toContain("default-src 'none'");
    expect(headers.get('x-content-type-options')).toBe('nosniff');
    expect(headers.get('cache-control')).toBe('no-store');
    expect(headers.get('x-powered-by')).toBeNull();
  });

  it('take over an id that is harmless, and no other', async () => {
    const idOf = async (given: string): Promise<string | null> =>
      (await harness.fetch('/api/plans', { headers: { 'x-request-id': given } })).headers.get('x-request-id');
    expect(await idOf('order-4711:1')).toBe('order-4711:1');
    expect(await idOf('a b\tc<script>')).not.toContain('script');
    expect(await idOf('x'.repeat(200))).toHaveLength(36);
  });

  it('to HEAD have no body', async () => {
    const response = await harness.fetch('/api/plans', { method: 'HEAD' });
    expect([response.status, await response.text()]).toEqual([200, '']);
  });

  it('allow the pages of listed origins, and of no others', async () => {
    const allowed = async (origin: string): Promise<string | null> =>
      (await harness.fetch('/api/plans', { headers: { origin } })).headers.get('access-control-allow-origin');
    expect(await allowed(ORIGIN)).toBe(ORIGIN);
    expect(await allowed('https://evil.example')).toBeNull();
    const preflight = await fetch(`${harness.gateway.url}/api/plans`, {
      method: 'OPTIONS', headers: { origin: ORIGIN, 'access-control-request-method': 'GET', 'access-control-request-headers': 'authorization' },
    });
    expect([preflight.status, preflight.headers.get('access-control-allow-headers')]).toEqual([204, expect.stringContaining('authorization')]);
  });
});

describe('closing', () => {
  it('answers what is under way, and says that it is not ready meanwhile', async () => {
    const closing = await GatewayHarness.start({ DRAIN_DELAY_MS: '300' });
    let answer = (): void => undefined;
    const asked = new Promise<void>((resolve) => {
      closing.services.on(listPlans, async () => {
        resolve();
        await new Promise<void>((answered) => { answer = answered; });
        return { plans: [] };
      });
    });
    const underWay = closing.fetch('/api/plans', { headers: { authorization: `Bearer ${API_KEY}` } });
    await asked;
    const closed = closing.gateway.close();
    const ready = await fetch(`${closing.gateway.url}/api/health/ready`);
    expect([ready.status, await ready.json(), ready.headers.get('connection')]).toEqual([503, { status: 'draining' }, 'close']);
    setTimeout(() => answer(), 500);
    expect((await underWay).status).toBe(200);
    await closed;
    await expect(fetch(`${closing.gateway.url}/api/health/live`)).rejects.toThrow();
    await closing.stop();
  });
});
