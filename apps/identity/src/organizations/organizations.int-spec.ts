import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  acceptInvitation, createInvitation, getOrganization, getTenant, listAuditEntries, listInvitations, listMembers, listOrganizations, newId, previewInvitation, removeMember,
  revokeInvitation, updateMember, updateOrganization, verifyApiKey, type Actor, type Role,
} from '@tecnocursos/contracts';
import { apiKeySha256 } from '../api-keys/api-key.js';
import { CLIENT, IdentityHarness, PASSWORD } from '../identity.harness.js';

describe('organizations', () => {
  let identity: IdentityHarness;
  let tenantId: string;
  let owner: Actor;
  let count = 0;
  const newEmail = (): string => `org${(count += 1)}@escola.example`;
  const as = (id: string): Actor => ({ type: 'account', id });
  const join = async (role: Role): Promise<Actor & { email: string }> => {
    const email = newEmail();
    await identity.call(createInvitation, { actor: owner, email, role }, tenantId);
    const registration = { name: 'Bia', password: PASSWORD };
    const joined = await identity.call(acceptInvitation, { token: await identity.tokenTo(email, 'invitation'), registration, client: CLIENT });
    return { ...as(joined.account_id), email };
  };
  const actorOf = ({ type, id }: Actor): Actor => ({ type, id });

  beforeAll(async () => {
    identity = await IdentityHarness.start();
    const member = await identity.member('dona@escola.example');
    tenantId = member.tenantId;
    owner = as(member.accountId);
  }, 60_000);
  afterAll(() => identity.stop());

  it('are read and changed by their tenant alone', async () => {
    const actor = owner;
    expect((await identity.call(updateOrganization, { actor, name: 'Escola Nova', language: 'en' }, tenantId)).organization).toMatchObject({ name: 'Escola Nova', language: 'en' });
    expect((await identity.call(getTenant, {}, tenantId)).tenant).toMatchObject({ id: tenantId, name: 'Escola Nova', owner_email: 'dona@escola.example' });
    await expect(identity.call(getOrganization, {}, newId())).rejects.toMatchObject({ code: 'not_found' });
    const { entries } = await identity.call(listAuditEntries, { action: 'organization.changed' }, tenantId);
    expect(entries[0]).toMatchObject({ actor, data: { fields: ['name', 'language'] } });
  });

  it('invite an address, which joins with a new account that is confirmed', async () => {
    const email = newEmail();
    const { invitation } = await identity.call(createInvitation, { actor: owner, email, role: 'editor', language: 'pt-BR' }, tenantId);
    const letter = await identity.letterTo(email, 'invitation');
    expect(letter).toMatchObject({ tenantId, data: { organization_name: 'Escola Nova', inviter_name: 'Ana' } });
    expect((await identity.call(listInvitations, {}, tenantId)).invitations).toContainEqual(invitation);
    const token = await identity.tokenTo(email, 'invitation');
    expect(await identity.call(previewInvitation, { token })).toEqual({ organization_name: 'Escola Nova', email, role: 'editor', has_account: false });
    await expect(identity.call(acceptInvitation, { token, client: CLIENT })).rejects.toMatchObject({ code: 'invalid_request', issues: [expect.objectContaining({ field: 'registration' })] });
    const joined = await identity.call(acceptInvitation, { token, registration: { name: 'Bia', password: PASSWORD }, client: CLIENT });
    expect(joined).toMatchObject({ tenant_id: tenantId, role: 'editor' });
    await expect(identity.call(acceptInvitation, { token, registration: { name: 'Bia', password: PASSWORD }, client: CLIENT })).rejects.toMatchObject({ code: 'link_invalid' });
    expect(await identity.tokens(email)).toMatchObject({ tenant_id: tenantId, role: 'editor' });
    await expect(identity.call(createInvitation, { actor: owner, email, role: 'admin' }, tenantId)).rejects.toMatchObject({ code: 'conflict' });
  });

  it('take an account in when it is the one of the invited address, and no other', async () => {
    const email = newEmail();
    const { accountId } = await identity.member(email);
    const stranger = await identity.member(newEmail());
    await identity.call(createInvitation, { actor: owner, email, role: 'viewer' }, tenantId);
    const token = await identity.tokenTo(email, 'invitation');
    const registration = { name: 'Eve', password: 'evil evil evil' };
    await expect(identity.call(acceptInvitation, { token, registration, client: CLIENT })).rejects.toMatchObject({ code: 'forbidden' });
    await expect(identity.call(acceptInvitation, { token, account_id: stranger.accountId, client: CLIENT })).rejects.toMatchObject({ code: 'forbidden' });
    await identity.call(acceptInvitation, { token, account_id: accountId, client: CLIENT });
    const { organizations } = await identity.call(listOrganizations, { account_id: accountId });
    expect(organizations.map(({ role }) => role)).toEqual(['owner', 'viewer']);
    expect(await identity.tokens(email)).toMatchObject({ account_id: accountId });
  });

  it('take invitations back, and replace them', async () => {
    const email = newEmail();
    await identity.call(createInvitation, { actor: owner, email, role: 'viewer' }, tenantId);
    const first = await identity.tokenTo(email, 'invitation');
    identity.letters.length = 0;
    const { invitation } = await identity.call(createInvitation, { actor: owner, email, role: 'editor' }, tenantId);
    const second = await identity.tokenTo(email, 'invitation');
    await expect(identity.call(previewInvitation, { token: first })).rejects.toMatchObject({ code: 'link_invalid' });
    expect(await identity.call(revokeInvitation, { actor: owner, invitation_id: invitation.id }, newId()).catch((error: { code: string }) => error.code)).toBe('forbidden');
    expect(await identity.call(revokeInvitation, { actor: owner, invitation_id: invitation.id }, tenantId)).toEqual({ revoked: true });
    await expect(identity.call(previewInvitation, { token: second })).rejects.toMatchObject({ code: 'link_invalid' });
  });

  it('let nobody give or take a role above their own', async () => {
    const admin = await join('admin');
    const editor = await join('editor');
    await expect(identity.call(createInvitation, { actor: actorOf(admin), email: newEmail(), role: 'owner' }, tenantId)).rejects.toMatchObject({ code: 'forbidden' });
    await expect(identity.call(updateMember, { actor: actorOf(admin), account_id: owner.id, role: 'viewer' }, tenantId)).rejects.toMatchObject({ code: 'forbidden' });
    await expect(identity.call(updateMember, { actor: actorOf(admin), account_id: admin.id, role: 'owner' }, tenantId)).rejects.toMatchObject({ code: 'forbidden' });
    await expect(identity.call(removeMember, { actor: actorOf(editor), account_id: admin.id }, tenantId)).rejects.toMatchObject({ code: 'forbidden' });
    expect((await identity.call(updateMember, { actor: actorOf(admin), account_id: editor.id, role: 'admin' }, tenantId)).member).toMatchObject({ role: 'admin' });
    const outsider = await identity.member(newEmail());
    await expect(identity.call(createInvitation, { actor: as(outsider.accountId), email: newEmail(), role: 'viewer' }, tenantId)).rejects.toMatchObject({ code: 'forbidden' });
    await expect(identity.call(createInvitation, { actor: { type: 'service', id: 'billing' }, email: newEmail(), role: 'viewer' }, tenantId)).rejects.toMatchObject({ code: 'forbidden' });
  });

  it('keep an owner, also when two owners remove each other at once', async () => {
    await expect(identity.call(removeMember, { actor: owner, account_id: owner.id }, tenantId)).rejects.toMatchObject({ code: 'conflict' });
    await expect(identity.call(updateMember, { actor: owner, account_id: owner.id, suspended: true }, tenantId)).rejects.toMatchObject({ code: 'conflict' });
    const first = await identity.member(newEmail());
    const second = await identity.member(newEmail());
    await identity.db.insertInto('membership').values({ tenant_id: first.tenantId, account_id: second.accountId, role: 'owner', joined_at: new Date(), suspended_at: null }).execute();
    const removals = await Promise.allSettled([
      identity.call(removeMember, { actor: as(first.accountId), account_id: second.accountId }, first.tenantId),
      identity.call(removeMember, { actor: as(second.accountId), account_id: first.accountId }, first.tenantId),
    ]);
    expect(removals.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
  });

  it('show their members, page by page, and none of another', async () => {
    const member = await join('viewer');
    const all = await identity.call(listMembers, {}, tenantId);
    expect(all.members.find(({ account_id: id }) => id === member.id)).toMatchObject({ role: 'viewer', suspended: false, email: member.email });
    const pages: string[] = [];
    for (let after: string | undefined, more = true; more;) {
      const page = await identity.call(listMembers, { limit: 2, ...(after !== undefined && { after }) }, tenantId);
      pages.push(...page.members.map(({ account_id: id }) => id));
      after = page.members.at(-1)?.account_id;
      more = page.has_more;
    }
    expect(pages).toEqual(all.members.map(({ account_id: id }) => id));
    expect(await identity.call(removeMember, { actor: actorOf(member), account_id: member.id }, tenantId)).toEqual({ removed: true });
    expect((await identity.call(listMembers, {}, newId())).members).toEqual([]);
  });

  it('are entered first by an invitation of the key that the installation began with', async () => {
    const key = await identity.call(verifyApiKey, { key_sha256: apiKeySha256(`tc_${'b'.repeat(43)}`) });
    expect(key).toMatchObject({ mode: 'live', role: 'owner' });
    const email = newEmail();
    await identity.call(createInvitation, { actor: { type: 'api_key', id: key.key_id }, email, role: 'owner' }, key.tenant_id);
    const joined = await identity.call(acceptInvitation, { token: await identity.tokenTo(email, 'invitation'), registration: { name: 'Prof', password: PASSWORD }, client: CLIENT });
    expect(joined).toMatchObject({ tenant_id: key.tenant_id, role: 'owner' });
  });
});
