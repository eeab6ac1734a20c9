import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { AppError, getCourse, getSubscription, verifyApiKey } from '@tecnocursos/contracts';
import { OPERATIONS } from '../documents/operations.js';
import { API_KEY, GatewayHarness, OWNERS_KEY, TENANT } from '../gateway.harness.js';
import { isPublic } from '../http/operation.js';

const UNKNOWN_KEY = `tc_${'b'.repeat(43)}`;
const COURSE_ID = '0190a000-0000-7000-8000-00000000000c';

let harness: GatewayHarness;
beforeAll(async () => {
  harness = await GatewayHarness.start();
});
afterAll(() => harness.stop());

const pathOf = (path: string): string => path.replace(/\{[a-z_]+\}/g, (name) => (name === '{message_id}' ? '0123456789abcdef' : COURSE_ID));
const keyed = OPERATIONS.filter((operation) => !isPublic(operation));

const CREDENTIALS: ReadonlyArray<[name: string, headers: Record<string, string>, code: string]> = [
  ['no key', { authorization: '' }, 'api_key_missing'],
  ['another scheme', { authorization: 'Basic dXNlcjpwYXNz' }, 'api_key_missing'],
  ['a scheme without a key', { authorization: 'Bearer ' }, 'api_key_missing'],
  ['two keys', { authorization: `Bearer ${API_KEY} ${API_KEY}` }, 'api_key_missing'],
  ['garbage', { authorization: 'Bearer garbage' }, 'api_key_invalid'],
  ['a key that is too long', { authorization: `Bearer ${API_KEY}x` }, 'api_key_invalid'],
  ['an unknown key', { authorization: `Bearer ${UNKNOWN_KEY}` }, 'api_key_invalid'],
];

describe.each(keyed.map(({ method, path }) => [method, pathOf(path)] as const))('%s %s', (method, path) => {
  it.each(CREDENTIALS)('refuses %s', async (_name, headers, code) => {
    const response = await harness.fetch(path, { method, headers });
    expect(response.status).toBe(401);
    expect(response.headers.get('www-authenticate')).toMatch(/^Bearer realm=/);
    expect(response.headers.get('content-type')).toMatch(/^application\/problem\+json/);
    expect(await response.json()).toMatchObject({ code, status: 401 });
  });
});

describe('keys', () => {
  beforeEach(() => {
    harness.services.calls.length = 0;
  });

  it('reach no service when they are refused', async () => {
    await harness.fetch(`/api/courses/${COURSE_ID}`, { headers: { authorization: 'Bearer garbage' } });
    expect(harness.services.calls).toEqual([]);
  });

  it('are checked once for many requests, by their hash, and name the tenant of the calls', async () => {
    harness.services.on(getSubscription, () => SUBSCRIPTION);
    await Promise.all(Array.from({ length: 20 }, () => harness.fetch('/api/subscription')));
    expect(harness.services.callsOf(verifyApiKey).length).toBeLessThanOrEqual(1);
    expect(harness.services.callsOf(getSubscription).map(({ tenantId }) => tenantId)).toEqual(Array.from({ length: 20 }, () => TENANT));
    expect(JSON.stringify(harness.services.calls)).not.toContain(API_KEY);
  });

  it('are taken whatever the case of the scheme', async () => {
    harness.services.on(getSubscription, () => SUBSCRIPTION);
    expect((await harness.fetch('/api/subscription', { headers: { authorization: `bearer ${API_KEY}` } })).status).toBe(200);
  });

  it('cannot be checked while identity is away: that is no refusal, and is not remembered', async () => {
    const fresh = `tc_${'c'.repeat(43)}`;
    const headers = { authorization: `Bearer ${fresh}` };
    harness.services.off(verifyApiKey);
    const away = await harness.fetch('/api/subscription', { headers });
    expect(away.status).toBe(503);
    expect(away.headers.get('retry-after')).toBe('2');
    harness.services.on(verifyApiKey, () => ({ tenant_id: TENANT, key_id: COURSE_ID, ...OWNERS_KEY })).on(getSubscription, () => SUBSCRIPTION);
    expect((await harness.fetch('/api/subscription', { headers })).status).toBe(200);
  });

  it('of one tenant do not open what belongs to another: the service says 404', async () => {
    harness.services.on(getCourse, () => {
      throw new AppError('not_found', 'There is no such course.');
    });
    const response = await harness.fetch(`/api/courses/${COURSE_ID}`);
    expect(response.status).toBe(404);
    expect(await response.json()).toMatchObject({ code: 'not_found', detail: 'There is no such course.', instance: `/api/courses/${COURSE_ID}` });
  });
});

const SUBSCRIPTION = {
  subscription: {
    plan: { id: 'basic' as const, name: 'Basic', price: { amount_cents: 2999, currency: 'BRL' as const, interval: 'month' as const }, uploads_per_month: 10, features: [] },
    state: 'trialing' as const, trial_ends_at: null, period_start: '2026-01-01T00:00:00Z', period_end: '2026-02-01T00:00:00Z', uploads_used: 0,
  },
};
