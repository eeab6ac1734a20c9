import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { deleteCredential, listAuditEntries, listCredentials, newId, putCredential, revealCredentials, rewrapDataKeys } from '@tecnocursos/contracts';
import { IdentityHarness } from '../identity.harness.js';
import { DataKeyRepository } from '../vault/data-key.repository.js';
import { associatedData, open } from '../vault/envelope.js';
import { MasterKeys, masterKeyOf } from '../vault/master-keys.js';
import { SecretVault } from '../vault/secret-vault.service.js';

const SECRET = 'sk-proj-abcdefghijklmnop';
const actor = { type: 'api_key', id: newId() } as const;

describe('vendor credentials', () => {
  let identity: IdentityHarness;
  const put = (tenantId: string, value = SECRET, provider = 'openai', field = 'api_key') => identity.call(putCredential, { actor, provider, field, value }, tenantId);
  const reveal = async (tenantId: string, provider = 'openai') => (await identity.call(revealCredentials, { providers: [provider] }, tenantId)).credentials[provider] ?? {};

  beforeAll(async () => {
    identity = await IdentityHarness.start();
  }, 60_000);
  afterAll(() => identity.stop());

  it('are written, shown by their last four characters, replaced, read by services, and deleted', async () => {
    const tenantId = newId();
    expect((await put(tenantId)).credential).toEqual({ provider: 'openai', field: 'api_key', last_four: 'mnop', updated_at: expect.any(String), updated_by: actor.id });
    await put(tenantId, 'sk-proj-another-secret-1234');
    await put(tenantId, 'org-1', 'openai', 'organization');
    const { credentials } = await identity.call(listCredentials, {}, tenantId);
    expect(credentials.map(({ field, last_four: hint }) => [field, hint])).toEqual([['api_key', '1234'], ['organization', '']]);
    expect(JSON.stringify(credentials)).not.toContain('another-secret');
    expect(await reveal(tenantId)).toEqual({ api_key: 'sk-proj-another-secret-1234', organization: 'org-1' });
    expect(await identity.call(deleteCredential, { actor, provider: 'openai', field: 'api_key' }, tenantId)).toEqual({ deleted: true });
    expect(await identity.call(deleteCredential, { actor, provider: 'openai', field: 'api_key' }, tenantId)).toEqual({ deleted: false });
    expect(await reveal(tenantId)).toEqual({ organization: 'org-1' });
    const { entries } = await identity.call(listAuditEntries, {}, tenantId);
    expect(entries.map(({ action }) => action)).toEqual(['credential.deleted', 'credential.stored', 'credential.stored', 'credential.stored']);
  });

  it('are of their tenant alone, and of no row that was copied to another', async () => {
    const [mine, theirs] = [newId(), newId()];
    await put(mine);
    await put(theirs, 'sk-proj-of-somebody-else');
    expect(await reveal(newId())).toEqual({});
    const stolen = await identity.db.selectFrom('credential').select('sealed').where('tenant_id', '=', mine).executeTakeFirstOrThrow();
    await identity.db.updateTable('credential').set(stolen).where('tenant_id', '=', theirs).execute();
    await expect(reveal(theirs)).rejects.toMatchObject({ code: 'internal' });
    expect(await reveal(mine)).toEqual({ api_key: SECRET });
  });

  it('are those of a provider that is called as something that every object has', async () => {
    const tenantId = newId();
    await put(tenantId, SECRET, 'constructor', 'of');
    expect(await reveal(tenantId, 'constructor')).toEqual({ of: SECRET });
    expect('of' in Object).toBe(false);
  });

  it('open in their place alone: another provider or field, or with the key of another tenant, they do not', async () => {
    const [mine, theirs] = [newId(), newId()];
    await put(mine);
    await put(mine, 'sk-ant-abcdefghijklmnop', 'anthropic');
    await put(theirs);
    const row = (tenantId: string, provider = 'openai') => identity.db.selectFrom('credential').select('sealed').where('tenant_id', '=', tenantId).where('provider', '=', provider).executeTakeFirstOrThrow();
    await identity.db.updateTable('credential').set(await row(mine)).where('tenant_id', '=', mine).where('provider', '=', 'anthropic').execute();
    await expect(reveal(mine, 'anthropic')).rejects.toMatchObject({ code: 'internal' });

    const { wrapped } = await identity.db.selectFrom('data_key').select('wrapped').where('tenant_id', '=', mine).executeTakeFirstOrThrow();
    const key = open(identity.get(MasterKeys).current.key, wrapped ?? '', associatedData('data-key', mine, 1));
    expect(open(key, (await row(mine)).sealed, associatedData('secret', mine, 'openai', 'api_key', 1)).toString()).toBe(SECRET);
    await identity.db.updateTable('data_key').set({ wrapped }).where('tenant_id', '=', theirs).execute();
    identity.get(SecretVault).forget(theirs);
    await expect(reveal(theirs)).rejects.toMatchObject({ code: 'internal' });
  });

  it('are not in the database in the clear', async () => {
    await put(newId());
    const text = JSON.stringify(await Promise.all([identity.db.selectFrom('credential').selectAll().execute(), identity.db.selectFrom('audit_entry').selectAll().execute(), identity.db.selectFrom('data_key').selectAll().execute()]));
    expect(text).not.toContain('sk-proj-abc');
    expect(text).not.toContain(Buffer.from(SECRET).toString('base64url'));
  });

  it.each([['provider', { provider: 'Open AI' }], ['field', { field: 'API-KEY' }], ['value', { value: '' }]])('refuse a bad %s', async (field, change) => {
    await expect(identity.call(putCredential, { actor, provider: 'openai', field: 'api_key', value: SECRET, ...change }, newId())).rejects.toMatchObject({ code: 'invalid_request', issues: [expect.objectContaining({ field })] });
  });

  it('make one data key for a tenant, however many begin at once', async () => {
    const tenantId = newId();
    await Promise.all(Array.from({ length: 10 }, (_, index) => put(tenantId, SECRET, `vendor-${index}`)));
    expect(await identity.db.selectFrom('data_key').select('version').where('tenant_id', '=', tenantId).execute()).toEqual([{ version: 1 }]);
    for (let index = 0; index < 10; index += 1) expect(await reveal(tenantId, `vendor-${index}`)).toEqual({ api_key: SECRET });
  });

  it('stay as they are when the master key changes, and are read all the while', async () => {
    const current = identity.get(MasterKeys).current;
    const next = masterKeyOf(randomBytes(32).toString('base64'));
    const keys = identity.get(DataKeyRepository);
    const tenants = Array.from({ length: 60 }, () => newId());
    for (const tenantId of tenants) await put(tenantId);
    const before = await identity.db.selectFrom('credential').select(['tenant_id', 'sealed']).orderBy('tenant_id').execute();
    const wrappedBefore = await identity.db.selectFrom('data_key').select('wrapped').execute();

    const rowOf = (index: number) => before.find((row) => row.tenant_id === tenants[index % tenants.length]) ?? { tenant_id: '', sealed: '' };
    const rotated = new SecretVault(keys, new MasterKeys(next, [current]), identity.clock);
    const replica = new SecretVault(keys, new MasterKeys(next, [current]), identity.clock);
    let reads = 0;
    let rewrapped: number | undefined;
    const rewrapping = Promise.all([rotated.rewrap(), replica.rewrap()]).then(([one, other]) => { rewrapped = one.rewrapped + other.rewrapped; });
    while (rewrapped === undefined) {
      const { tenant_id: tenantId, sealed } = rowOf(reads);
      const fresh = new SecretVault(keys, new MasterKeys(next, [current]), identity.clock);
      expect(await fresh.open(tenantId, { provider: 'openai', field: 'api_key' }, sealed)).toBe(SECRET);
      reads += 1;
    }
    await rewrapping;
    expect(reads).toBeGreaterThan(5);
    expect(rewrapped).toBe(wrappedBefore.length - 1); // but for the one that was copied above
    expect(await identity.db.selectFrom('credential').select(['tenant_id', 'sealed']).orderBy('tenant_id').execute()).toEqual(before);

    const withoutOld = new SecretVault(keys, new MasterKeys(next), identity.clock);
    const { tenant_id: tenantId, sealed } = rowOf(0);
    expect(await withoutOld.open(tenantId, { provider: 'openai', field: 'api_key' }, sealed)).toBe(SECRET);
    const stranger = new SecretVault(keys, new MasterKeys(masterKeyOf(randomBytes(32).toString('base64'))), identity.clock);
    await expect(stranger.open(tenantId, { provider: 'openai', field: 'api_key' }, sealed)).rejects.toThrow(/is not given: put it into IDENTITY_MASTER_KEY/);
    expect(await new SecretVault(keys, new MasterKeys(current, [next]), identity.clock).rewrap()).toEqual({ rewrapped: wrappedBefore.length - 1, failed: 0 }); // and back
    expect(await identity.call(rewrapDataKeys, {})).toEqual({ rewrapped: 0, failed: 0 });
  }, 30_000);
});
