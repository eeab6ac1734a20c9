import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  API_KEY_PATTERN, createApiKey, listApiKeys, listAuditEntries, newId, PERMISSIONS, revokeApiKey, rotateApiKey, verifyApiKey, type Actor, type ReplyOf, type RequestInput,
} from '@tecnocursos/contracts';
import { CLIENT, IdentityHarness } from '../identity.harness.js';
import { apiKeySha256 } from './api-key.js';

const BOOTSTRAP = `tc_${'b'.repeat(43)}`;

describe('API keys', () => {
  let identity: IdentityHarness;
  let tenantId: string;
  let actor: Actor;
  const create = (changes: Partial<RequestInput<typeof createApiKey>> = {}): Promise<ReplyOf<typeof createApiKey>> =>
    identity.call(createApiKey, { actor, name: 'build', mode: 'live', role: 'editor', ...changes }, tenantId);
  const verify = (key: string): Promise<ReplyOf<typeof verifyApiKey>> => identity.call(verifyApiKey, { key_sha256: apiKeySha256(key), client: CLIENT });
  const inOneHour = (): string => identity.clock.in(3_600_000).toISOString();

  beforeAll(async () => {
    identity = await IdentityHarness.start();
    const member = await identity.member('chaves@escola.example');
    tenantId = member.tenantId;
    actor = { type: 'account', id: member.accountId };
  }, 60_000);
  afterAll(() => identity.stop());

  it('from before there were modes are live, with every right', async () => {
    expect(await verify(BOOTSTRAP)).toMatchObject({ mode: 'live', role: 'owner', scopes: [...PERMISSIONS], expires_at: null });
  });

  it.each(['live', 'test'] as const)('of mode %s say so', async (mode) => {
    const { key, api_key: made } = await create({ mode });
    expect(key).toMatch(new RegExp(`^tc_${mode}_[\\w-]{43}$`));
    expect(key).toMatch(API_KEY_PATTERN);
    expect(made).toMatchObject({ mode, hint: key.slice(-4), last_used_at: null, created_by: actor.id });
    expect(await verify(key)).toMatchObject({ mode, tenant_id: tenantId, key_id: made.id, role: 'editor' });
    expect(JSON.stringify(await identity.db.selectFrom('api_key').selectAll().execute())).not.toContain(key.slice(8));
  });

  it('may what they were given of what their role has', async () => {
    const { key } = await create({ scopes: ['courses:read', 'courses:write'] });
    expect((await verify(key)).scopes).toEqual(['courses:read', 'courses:write']);
    await expect(create({ scopes: ['billing:manage'] })).rejects.toMatchObject({ code: 'invalid_request', issues: [expect.objectContaining({ field: 'scopes' })] });
  });

  it('are made by nobody who has less', async () => {
    const maker = await create({ role: 'admin', scopes: ['api-keys:manage', 'courses:read'] });
    const limited = { actor: { type: 'api_key', id: maker.api_key.id } } as const;
    await expect(create({ ...limited, role: 'owner' })).rejects.toMatchObject({ code: 'forbidden' });
    await expect(create({ ...limited, role: 'viewer' })).rejects.toMatchObject({ code: 'forbidden' });
    expect(await create({ ...limited, role: 'viewer', scopes: ['courses:read'] })).toMatchObject({ key: expect.any(String) });
    const test = await create({ role: 'admin', mode: 'test' });
    await expect(create({ actor: { type: 'api_key', id: test.api_key.id }, role: 'viewer' })).rejects.toMatchObject({ code: 'forbidden' });
    const strong = await create({ role: 'owner' });
    await expect(identity.call(rotateApiKey, { ...limited, key_id: strong.api_key.id, old_valid_until: inOneHour() }, tenantId)).rejects.toMatchObject({ code: 'forbidden' });
  });

  it('expire', async () => {
    const { key } = await create({ expires_at: inOneHour() });
    await verify(key);
    identity.clock.advance(3_601_000);
    await expect(verify(key)).rejects.toMatchObject({ code: 'api_key_invalid' });
    await expect(create({ expires_at: '2020-01-01T00:00:00Z' })).rejects.toMatchObject({ issues: [expect.objectContaining({ field: 'expires_at' })] });
  });

  it('are rotated once, with no time in which neither works', async () => {
    const old = await create({ scopes: ['courses:read'] });
    const rotate = () => identity.call(rotateApiKey, { actor, key_id: old.api_key.id, old_valid_until: inOneHour() }, tenantId);
    const rotations = await Promise.allSettled([rotate(), rotate(), rotate()]);
    const done = rotations.flatMap((result) => (result.status === 'fulfilled' ? [result.value] : []));
    expect(done).toHaveLength(1);
    const [{ key, api_key: next }] = done as [ReplyOf<typeof rotateApiKey>];
    expect(next).toMatchObject({ mode: 'live', scopes: ['courses:read'], name: 'build' });
    expect(await verify(old.key)).toMatchObject({ key_id: old.api_key.id });
    expect(await verify(key)).toMatchObject({ key_id: next.id, scopes: ['courses:read'] });
    identity.clock.advance(3_601_000);
    await expect(verify(old.key)).rejects.toMatchObject({ code: 'api_key_invalid' });
    expect(await verify(key)).toMatchObject({ key_id: next.id });
    await expect(rotate()).rejects.toMatchObject({ code: 'conflict' });
  });

  it('are revoked for good, by their tenant alone', async () => {
    const { key, api_key: made } = await create();
    await expect(identity.call(revokeApiKey, { actor, key_id: made.id }, newId())).rejects.toMatchObject({ code: 'not_found' });
    await verify(key);
    const revoked = await identity.call(revokeApiKey, { actor, key_id: made.id }, tenantId);
    expect(revoked.api_key.revoked_at).not.toBeNull();
    expect(await identity.call(revokeApiKey, { actor, key_id: made.id }, tenantId)).toEqual(revoked);
    await expect(verify(key)).rejects.toMatchObject({ code: 'api_key_invalid' });
    const { api_keys: open } = await identity.call(listApiKeys, {}, tenantId);
    expect(open.map(({ id }) => id)).not.toContain(made.id);
    expect((await identity.call(listApiKeys, { include_revoked: true }, tenantId)).api_keys.map(({ id }) => id)).toContain(made.id);
    expect((await identity.call(listApiKeys, {}, newId())).api_keys).toEqual([]);
  });

  it('tell their last use to the minute, and the first of a day to the audit log', async () => {
    const { key, api_key: made } = await create();
    const lastUse = async () => (await identity.call(listApiKeys, {}, tenantId)).api_keys.find(({ id }) => id === made.id)?.last_used_at;
    await Promise.all(Array.from({ length: 5 }, () => verify(key)));
    const first = await lastUse();
    identity.clock.advance(30_000);
    await verify(key);
    expect(await lastUse()).toBe(first);
    identity.clock.advance(31_000);
    await verify(key);
    expect(await lastUse()).not.toBe(first);
    identity.clock.advance(86_400_000);
    await verify(key);
    const { entries } = await identity.call(listAuditEntries, { action: 'api-key.used', actor_id: made.id }, tenantId);
    expect(entries).toHaveLength(2);
    expect(entries[0]?.client).toEqual(CLIENT);
  });
});
