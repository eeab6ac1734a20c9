import { createHmac } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  ACCESS_TOKEN_TYPE, AccessTokenClaimsSchema, checkSession, createOrganization, listAuditEntries, listSessions, listSigningKeys, refreshSession, revokeOtherSessions,
  revokeSession, rotateSigningKeys, switchOrganization, updateMember, type Tokens,
} from '@tecnocursos/contracts';
import { createLocalJWKSet, jwtVerify, type JWTPayload } from 'jose';
import { Housekeeping } from '../housekeeping.service.js';
import { CLIENT, IdentityHarness } from '../identity.harness.js';
import { SigningKeys } from './signing-keys.service.js';

const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;

describe('tokens', () => {
  let identity: IdentityHarness;
  let count = 0;
  const newEmail = (): string => `token${(count += 1)}@escola.example`;
  const newSession = async (): Promise<Tokens & { email: string }> => {
    const email = newEmail();
    await identity.member(email);
    return { ...(await identity.tokens(email)), email };
  };
  const keySet = async () => (await identity.call(listSigningKeys, {})).keys;
  const verify = async (token: string, keys?: Awaited<ReturnType<typeof keySet>>): Promise<JWTPayload> => {
    const set = await identity.call(listSigningKeys, {});
    const options = { algorithms: ['EdDSA'], typ: ACCESS_TOKEN_TYPE, issuer: set.issuer, audience: set.audience, currentDate: identity.clock.now() };
    return (await jwtVerify(token, createLocalJWKSet({ keys: keys ?? set.keys }), options)).payload;
  };
  const refresh = async (token: string): Promise<Tokens> => (await identity.call(refreshSession, { refresh_token: token, client: CLIENT })).tokens;
  const check = (tokens: Tokens) => identity.call(checkSession, { session_id: tokens.session_id, account_id: tokens.account_id, tenant_id: tokens.tenant_id });

  beforeAll(async () => {
    identity = await IdentityHarness.start();
  }, 60_000);
  afterAll(() => identity.stop());

  describe('access', () => {
    it('is a signed statement of who acts where, for ten minutes', async () => {
      const tokens = await newSession();
      const claims = AccessTokenClaimsSchema.parse(await verify(tokens.access_token));
      expect(claims).toMatchObject({ sub: tokens.account_id, tenant: tokens.tenant_id, role: 'owner', sid: tokens.session_id });
      expect(claims.exp - claims.iat).toBe(600);
      identity.clock.advance(11 * MINUTE_MS);
      await expect(verify(tokens.access_token)).rejects.toMatchObject({ code: 'ERR_JWT_EXPIRED' });
    });

    it('is nothing without its signature, or with one of the public key', async () => {
      const { access_token: token, refresh_token: refreshToken } = await newSession();
      const [header = '', payload = '', signature = ''] = token.split('.');
      const [key] = await keySet();
      const encode = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');
      const none = `${encode({ alg: 'none', typ: ACCESS_TOKEN_TYPE })}.${payload}.`;
      const confusedHeader = encode({ alg: 'HS256', typ: ACCESS_TOKEN_TYPE, kid: key?.kid });
      const confused = `${confusedHeader}.${payload}.${createHmac('sha256', Buffer.from(key?.x ?? '', 'base64url')).update(`${confusedHeader}.${payload}`).digest('base64url')}`;
      const changed = `${header}.${encode({ ...JSON.parse(Buffer.from(payload, 'base64url').toString()) as object, role: 'owner', tenant: 'x' })}.${signature}`;
      for (const forged of [none, confused, changed, `${header}.${payload}.`, refreshToken]) await expect(verify(forged)).rejects.toThrow();
      const other = `${encode({ alg: 'EdDSA', typ: 'JWT', kid: key?.kid })}.${payload}.${signature}`;
      await expect(verify(other)).rejects.toThrow();
    });
  });

  describe('refresh', () => {
    it('gives new tokens, and uses the old one up', async () => {
      const first = await newSession();
      const second = await refresh(first.refresh_token);
      expect(second).toMatchObject({ session_id: first.session_id, tenant_id: first.tenant_id });
      expect(second.refresh_token).not.toBe(first.refresh_token);
      const stored = JSON.stringify(await identity.db.selectFrom('refresh_token').selectAll().execute());
      expect(stored).not.toContain(second.refresh_token);
    });

    it('gives the same successor when the answer was lost, also to many tries at once', async () => {
      const { refresh_token: token } = await newSession();
      const answers = await Promise.all(Array.from({ length: 8 }, () => refresh(token)));
      expect(new Set(answers.map(({ refresh_token: next }) => next)).size).toBe(1);
      expect(await refresh(answers[0]?.refresh_token ?? '')).toMatchObject({ token_type: 'Bearer' });
    });

    it('ends the session when a token is used after its successor was', async () => {
      const first = await newSession();
      const second = await refresh(first.refresh_token);
      const third = await refresh(second.refresh_token);
      await expect(refresh(first.refresh_token)).rejects.toMatchObject({ code: 'token_invalid' });
      await expect(refresh(third.refresh_token)).rejects.toMatchObject({ code: 'token_invalid' });
      expect(await check(first)).toEqual({ active: false });
      const { entries } = await identity.call(listAuditEntries, { action: 'session.ended' }, first.tenant_id);
      expect(entries[0]?.data).toMatchObject({ because: 'refresh-token-reused' });
    });

    it('ends the session when a token is used twice, later than the grace time', async () => {
      const first = await newSession();
      const second = await refresh(first.refresh_token);
      identity.clock.advance(31_000);
      await expect(refresh(first.refresh_token)).rejects.toMatchObject({ code: 'token_invalid' });
      await expect(refresh(second.refresh_token)).rejects.toMatchObject({ code: 'token_invalid' });
    });

    it('forgets successors that nobody may ask for again', async () => {
      await refresh((await newSession()).refresh_token);
      identity.clock.advance(31_000);
      await identity.get(Housekeeping).run();
      const rows = await identity.db.selectFrom('refresh_token').select('successor_sealed').where('used_at', 'is not', null).execute();
      expect(rows.length).toBeGreaterThan(0);
      expect(rows.every(({ successor_sealed: sealed }) => sealed === null)).toBe(true);
    });

    it('is over after thirty days without use, and after ninety in any case', async () => {
      const idle = await newSession();
      identity.clock.advance(31 * DAY_MS);
      await expect(refresh(idle.refresh_token)).rejects.toMatchObject({ code: 'token_invalid' });
      let tokens: Tokens = await newSession();
      for (let month = 0; month < 3; month += 1) {
        identity.clock.advance(29 * DAY_MS);
        tokens = await refresh(tokens.refresh_token);
      }
      identity.clock.advance(4 * DAY_MS);
      await expect(refresh(tokens.refresh_token)).rejects.toMatchObject({ code: 'token_invalid' });
    });

    it('takes nothing that is no refresh token', async () => {
      const { access_token: access } = await newSession();
      await expect(refresh(access)).rejects.toMatchObject({ code: 'invalid_request' });
      await expect(refresh(`tcr_${'a'.repeat(43)}`)).rejects.toMatchObject({ code: 'token_invalid' });
    });
  });

  describe('sessions', () => {
    it('are listed for their account alone, and ended one by one or together', async () => {
      const mine = await newSession();
      const second = await identity.tokens(mine.email);
      const third = await identity.tokens(mine.email);
      const stranger = await newSession();
      const { sessions } = await identity.call(listSessions, { account_id: mine.account_id });
      expect(sessions.map(({ id }) => id).sort()).toEqual([mine, second, third].map(({ session_id: id }) => id).sort());
      expect(sessions[0]).toMatchObject({ address: CLIENT.address, methods: ['pwd'] });
      expect(await identity.call(revokeSession, { account_id: stranger.account_id, session_id: mine.session_id })).toEqual({ revoked: false });
      expect(await identity.call(revokeSession, { account_id: mine.account_id, session_id: second.session_id })).toEqual({ revoked: true });
      await expect(refresh(second.refresh_token)).rejects.toMatchObject({ code: 'token_invalid' });
      expect(await identity.call(revokeOtherSessions, { account_id: mine.account_id, session_id: mine.session_id })).toEqual({ revoked: 1 });
      expect(await check(mine)).toEqual({ active: true, role: 'owner' });
      expect(await check(third)).toEqual({ active: false });
    });

    it('go over to another organization of the account, and to no other', async () => {
      const tokens = await newSession();
      const stranger = await newSession();
      const { organization } = await identity.call(createOrganization, { account_id: tokens.account_id, name: 'Segunda' });
      const switched = await identity.call(switchOrganization, { account_id: tokens.account_id, session_id: tokens.session_id, tenant_id: organization.id });
      expect(await verify(switched.access_token)).toMatchObject({ tenant: organization.id, role: 'owner', sid: tokens.session_id });
      expect(await refresh(tokens.refresh_token)).toMatchObject({ tenant_id: organization.id });
      const foreign = { account_id: tokens.account_id, session_id: tokens.session_id, tenant_id: stranger.tenant_id };
      await expect(identity.call(switchOrganization, foreign)).rejects.toMatchObject({ code: 'forbidden' });
      expect(await identity.call(checkSession, foreign)).toEqual({ active: false });
    });

    it('of a suspended member are refused', async () => {
      const owner = await newSession();
      const member = await newSession();
      await identity.db.insertInto('membership').values({ tenant_id: owner.tenant_id, account_id: member.account_id, role: 'editor', joined_at: new Date(), suspended_at: null }).execute();
      const there = { session_id: member.session_id, account_id: member.account_id, tenant_id: owner.tenant_id };
      await identity.call(switchOrganization, there);
      expect(await identity.call(checkSession, there)).toEqual({ active: true, role: 'editor' });
      await identity.call(updateMember, { actor: { type: 'account', id: owner.account_id }, account_id: member.account_id, suspended: true }, owner.tenant_id);
      expect(await identity.call(checkSession, there)).toEqual({ active: false });
      await expect(refresh(member.refresh_token)).rejects.toMatchObject({ code: 'token_invalid' });
      const elsewhere = await identity.tokens(member.email);
      expect(elsewhere.tenant_id).toBe(member.tenant_id);
      expect(await identity.call(checkSession, { ...there, session_id: elsewhere.session_id })).toEqual({ active: false });
      await expect(identity.call(switchOrganization, { ...there, session_id: elsewhere.session_id })).rejects.toMatchObject({ code: 'forbidden' });
    });
  });

  describe('key rotation', () => {
    it('refuses no valid token: the next key is published before it signs, the last one stays until its tokens are over', async () => {
      const tokens = await newSession();
      const cached = await keySet();
      const { kid, signs_from: signsFrom } = await identity.call(rotateSigningKeys, {});
      expect(Date.parse(signsFrom) - identity.clock.now().getTime()).toBeGreaterThan(299_000);
      const published = await keySet();
      expect(published.map((key) => key.kid)).toContain(kid);
      const before = await refresh(tokens.refresh_token);
      await verify(before.access_token, cached); // a set from before the rotation still does
      identity.clock.advance(301_000);
      const after = await refresh(before.refresh_token);
      expect(JSON.parse(Buffer.from(after.access_token.split('.')[0] ?? '', 'base64url').toString())).toEqual({ alg: 'EdDSA', typ: ACCESS_TOKEN_TYPE, kid });
      await verify(after.access_token, published);
      await verify(before.access_token); // signed by the key before
      identity.clock.advance(11 * MINUTE_MS);
      await identity.get(SigningKeys).rotateWhenDue();
      expect((await keySet()).map((key) => key.kid)).toEqual([kid]);
      expect(await identity.db.selectFrom('signing_key').select('kid').execute()).toEqual([{ kid }]);
      await expect(verify(after.access_token, published.filter((key) => key.kid !== kid))).rejects.toMatchObject({ code: 'ERR_JWKS_NO_MATCHING_KEY' });
    });

    it('happens on schedule, once for two replicas', async () => {
      const second = await identity.addReplica();
      const replicas = [identity.get(SigningKeys), second.resolve(SigningKeys)];
      const before = await keySet();
      await Promise.all(replicas.map((keys) => keys.rotateWhenDue()));
      expect(await keySet()).toEqual(before);
      identity.clock.advance(30 * DAY_MS);
      await Promise.all(replicas.flatMap((keys) => [keys.rotateWhenDue(), keys.rotateWhenDue(), keys.rotateWhenDue()]));
      expect(await keySet()).toHaveLength(before.length + 1);
      identity.clock.advance(301_000);
      const kids = await Promise.all(replicas.map(async (keys) => (await keys.current()).kid));
      expect(new Set(kids).size).toBe(1);
      expect(before.map((key) => key.kid)).not.toContain(kids[0]);
    }, 30_000);

    it('keeps no private key in the clear', async () => {
      const rows = await identity.db.selectFrom('signing_key').selectAll().execute();
      for (const row of rows) expect(row.private_sealed).toMatch(/^v1\.k1\./);
      expect(JSON.stringify(rows)).not.toContain('"d"');
    });
  });
});
