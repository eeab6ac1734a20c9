import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { AppError, checkSession, listApiKeys, listCourses, listSessions, listSigningKeys, revokeSession, verifyApiKey, type ReplyInput, type Role } from '@tecnocursos/contracts';
import { HEADER } from '@tecnocursos/messaging';
import { GatewayHarness, OWNERS_KEY, TENANT } from '../gateway.harness.js';
import { AUDIENCE, claimsOf, ISSUER, newTestKey, signed } from './tokens.harness.js';

const KEY = newTestKey('k1');
const ACCOUNT = '0190a000-0000-7000-8000-0000000000a1';
const OTHER = '0190a000-0000-7000-8000-0000000000b2';
const KEY_ID = '0190a000-0000-7000-8000-0000000000ff';
let sessions = 0;
let role: Role | null = 'owner';
let harness: GatewayHarness;
const sessionNow = (): ReplyInput<typeof checkSession> => (role === null ? { active: false as const } : { active: true as const, role });

beforeAll(async () => {
  harness = await GatewayHarness.start();
  harness.services
    .on(listSigningKeys, () => ({ keys: [KEY.published], max_age_s: 300, issuer: ISSUER, audience: AUDIENCE }))
    .on(checkSession, sessionNow)
    .on(listCourses, () => ({ courses: [], next_cursor: null }))
    .on(listApiKeys, () => ({ api_keys: [] }))
    .on(listSessions, () => ({ sessions: [] }))
    .on(revokeSession, () => ({ revoked: true }));
});
afterAll(() => harness.stop());
beforeEach(() => {
  role = 'owner';
  harness.services.calls.length = 0;
});

const newToken = (own: Record<string, unknown> = {}): string =>
  signed(KEY, claimsOf({ sub: ACCOUNT, tenant: TENANT, sid: `0190a000-0000-7000-8000-${String((sessions += 1)).padStart(12, '0')}`, ...own }));
const call = (path: string, credential: string, init: RequestInit = {}): Promise<Response> => harness.fetch(path, { ...init, headers: { ...init.headers, authorization: `Bearer ${credential}` } });
const asRole = async (given: Role, path: string, init: RequestInit = {}): Promise<number> => {
  role = given;
  return (await call(path, newToken(), init)).status;
};

describe('access tokens', () => {
  it('open what the role of the session may, in its organization', async () => {
    const response = await call('/api/courses', newToken());
    expect(response.status).toBe(200);
    expect(harness.services.callsOf(listCourses).map(({ tenantId }) => tenantId)).toEqual([TENANT]);
  });

  it('count for the role that the account has now, whatever they say', async () => {
    expect(await asRole('viewer', '/api/courses')).toBe(200);
    expect(await asRole('viewer', '/api/api-keys')).toBe(403);
    expect(await asRole('editor', '/api/api-keys')).toBe(403);
    expect(await asRole('admin', '/api/api-keys')).toBe(200);
  });

  it('are refused when the session has ended or the account is suspended', async () => {
    role = null;
    const response = await call('/api/courses', newToken());
    expect([response.status, response.headers.get('www-authenticate')]).toEqual([401, expect.stringContaining('invalid_token')]);
    expect(await response.json()).toMatchObject({ code: 'token_invalid' });
  });

  it('are checked once for many requests, and no more after a logout', async () => {
    const token = newToken();
    await Promise.all(Array.from({ length: 20 }, () => call('/api/courses', token)));
    expect(harness.services.callsOf(checkSession)).toHaveLength(1);
    expect((await call('/api/auth/logout', token, { method: 'POST' })).status).toBe(200);
    role = null;
    expect((await call('/api/courses', token)).status).toBe(401);
  });

  it('say 503 while identity is away, and not 401', async () => {
    harness.services.off(checkSession);
    expect((await call('/api/courses', newToken())).status).toBe(503);
    harness.services.on(checkSession, sessionNow);
  });

  it('find no organization but their own', async () => {
    for (const [method, path] of [['GET', ''], ['PUT', ''], ['GET', '/members'], ['DELETE', `/members/${ACCOUNT}`], ['GET', '/invitations']] as const) {
      const response = await call(`/api/organizations/${OTHER}${path}`, newToken(), { method, ...(method === 'PUT' && { body: '{}', headers: { 'content-type': 'application/json' } }) });
      expect([method, path, response.status]).toEqual([method, path, 404]);
    }
  });
});

describe('API keys', () => {
  const newKey = (mode: 'live' | 'test' = 'live'): string => `tc_${mode}_${String((sessions += 1)).padStart(43, 'a')}`;
  const serveKeys = (rights: Partial<typeof OWNERS_KEY> | Record<string, unknown>): void => {
    harness.services.on(verifyApiKey, () => ({ tenant_id: TENANT, key_id: KEY_ID, ...OWNERS_KEY, ...rights }));
  };

  it('may what their scopes name, and a scope beyond the role counts nothing', async () => {
    serveKeys({ role: 'editor', scopes: ['courses:read', 'api-keys:manage', 'api-keys:read'] });
    expect((await call('/api/courses', newKey())).status).toBe(200);
    const response = await call('/api/api-keys', newKey());
    expect([response.status, await response.json()]).toEqual([403, expect.objectContaining({ code: 'forbidden', detail: expect.stringContaining('"api-keys:read"') })]);
    expect((await call('/api/courses', newKey(), { method: 'POST', body: '{}', headers: { 'content-type': 'application/json' } })).status).toBe(403);
  });

  it('grant nothing when identity does not say what they may', async () => {
    harness.services.on(verifyApiKey, () => ({ tenant_id: TENANT, key_id: KEY_ID }));
    expect((await call('/api/courses', newKey())).status).toBe(403);
  });

  it('open nothing that belongs to a person', async () => {
    serveKeys({});
    const response = await call('/api/auth/sessions', newKey());
    expect([response.status, await response.json()]).toEqual([403, expect.objectContaining({ detail: expect.stringContaining('access token') })]);
    expect((await call('/api/auth/sessions', newToken())).status).toBe(200);
  });

  it('of the test kind say so with every call, even when identity calls them live', async () => {
    const modes: (string | undefined)[] = [];
    const subscription = harness.services.connection.subscribe(listCourses.subject, { callback: (_error, message) => void modes.push(message.headers?.get(HEADER.mode)) });
    serveKeys({ mode: 'test' });
    await call('/api/courses', newKey('test'));
    serveKeys({ mode: 'live' });
    await call('/api/courses', newKey('test'));
    await call('/api/courses', newKey('live'));
    subscription.unsubscribe();
    expect(modes).toEqual(['test', 'test', '']);
  });

  it('end at their time', async () => {
    serveKeys({ expires_at: new Date(Date.now() + 400).toISOString() });
    const key = newKey();
    expect((await call('/api/courses', key)).status).toBe(200);
    harness.services.on(verifyApiKey, () => {
      throw new AppError('api_key_invalid', 'expired');
    });
    await new Promise((resolve) => setTimeout(resolve, 450));
    expect((await call('/api/courses', key)).status).toBe(401);
  });
});
