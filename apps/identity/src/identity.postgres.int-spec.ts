import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  acceptInvitation, appendAuditEntry, completeSignIn, confirmSecondFactor, createApiKey, createInvitation, createPrivacyJob, getPrivacyJob, listSigningKeys, newId, putCredential,
  refreshSession, removeMember, revealCredentials, rotateApiKey, rotateSigningKeys, signIn, signUp, startSecondFactor, subjectErasures, verifyAuditLog, type Actor,
} from '@tecnocursos/contracts';
import { findProgram, startPostgresServer, type PostgresServer } from '@tecnocursos/engines';
import { Database } from '@tecnocursos/persistence';
import { totpCode } from './accounts/totp.js';
import { CLIENT, IdentityHarness, PASSWORD } from './identity.harness.js';
import { PrivacyWorker } from './privacy/privacy-worker.service.js';
import { SigningKeys } from './tokens/signing-keys.service.js';
import { DataKeyRepository } from './vault/data-key.repository.js';
import { MasterKeys, masterKeyOf } from './vault/master-keys.js';
import { SecretVault } from './vault/secret-vault.service.js';

const hasPostgres = findProgram('postgres') !== null;
if (!hasPostgres) console.warn('PostgreSQL is not installed: identity was tested on the embedded database alone, where nothing runs at once.');
const many = <T>(count: number, run: (index: number) => Promise<T>): Promise<PromiseSettledResult<T>[]> => Promise.allSettled(Array.from({ length: count }, (_, index) => run(index)));
const codes = (results: readonly PromiseSettledResult<unknown>[]): string[] => results.map((result) => (result.status === 'rejected' ? (result.reason as { code: string }).code : 'ok')).sort();
const as = (id: string): Actor => ({ type: 'account', id });

/** Races that only a database with more than one session has: two replicas of identity, many requests at once. */
(hasPostgres ? describe : describe.skip)('two replicas on PostgreSQL', () => {
  let directory: string;
  let server: PostgresServer;
  let database: Database;
  let identity: IdentityHarness;
  let second: Awaited<ReturnType<IdentityHarness['addReplica']>>;
  let count = 0;
  const newEmail = (): string => `pg${(count += 1)}@escola.example`;

  beforeAll(async () => {
    directory = await mkdtemp(join(tmpdir(), 'tc-identity-postgres-'));
    server = await startPostgresServer({ directory, fsync: false });
    database = await Database.open({ kind: 'postgresql', url: server.url, maxConnections: 16 });
    identity = await IdentityHarness.start({ IDENTITY_PRIVACY_SERVICES: 'identity,courses' }, database);
    second = await identity.addReplica();
  }, 60_000);
  afterAll(async () => {
    await identity?.stop();
    await database?.close();
    await server?.stop();
    await rm(directory, { recursive: true, force: true });
  });

  it('make one account of many sign-ups', async () => {
    const email = newEmail();
    const request = { email, password: PASSWORD, name: 'Ana', organization_name: 'Escola', client: CLIENT };
    expect(new Set(codes(await many(8, () => identity.call(signUp, request))))).toEqual(new Set(['ok']));
    expect(await identity.db.selectFrom('account').select('id').where('email', '=', email).execute()).toHaveLength(1);
  });

  it('let five wrong passwords through, and no more', async () => {
    const email = newEmail();
    await identity.member(email);
    const results = codes(await many(20, () => identity.call(signIn, { email, password: 'wrong password', client: CLIENT })));
    expect(results.filter((code) => code === 'credentials_invalid')).toHaveLength(5);
    expect(results.filter((code) => code === 'rate_limited')).toHaveLength(15);
  });

  it('give one successor to one refresh token', async () => {
    await identity.member(newEmail());
    let { refresh_token: token } = await identity.tokens(`pg${count}@escola.example`);
    for (let round = 0; round < 3; round += 1) {
      const answers = await Promise.all(Array.from({ length: 12 }, () => identity.call(refreshSession, { refresh_token: token, client: CLIENT })));
      const successors = new Set(answers.map(({ tokens }) => tokens.refresh_token));
      expect(successors.size).toBe(1);
      [token = ''] = successors;
    }
  });

  it('take a recovery code once', async () => {
    const email = newEmail();
    const { accountId } = await identity.member(email);
    const { secret } = await identity.call(startSecondFactor, { account_id: accountId });
    const { recovery_codes: [code = ''] } = await identity.call(confirmSecondFactor, { account_id: accountId, code: totpCode(secret, identity.clock.now()), client: CLIENT });
    const challenges = await Promise.all([1, 2, 3, 4].map(async () => {
      const reply = await identity.call(signIn, { email, password: PASSWORD, client: CLIENT });
      return reply.state === 'second_factor_required' ? reply.challenge : '';
    }));
    expect(codes(await many(4, (index) => identity.call(completeSignIn, { challenge: challenges[index] ?? '', code, client: CLIENT })))).toEqual(['credentials_invalid', 'credentials_invalid', 'credentials_invalid', 'ok']);
  });

  it('keep one chain of many writers', async () => {
    const tenantId = newId();
    const append = () => identity.call(appendAuditEntry, { id: newId(), actor: { type: 'service', id: 'test' }, action: 'thing.done', client: CLIENT }, tenantId);
    expect(new Set(codes(await many(60, append)))).toEqual(new Set(['ok']));
    expect(await identity.call(verifyAuditLog, {}, tenantId)).toMatchObject({ valid: true, entries: 60 });
  });

  it('accept an invitation once, and rotate an API key once', async () => {
    const { accountId, tenantId } = await identity.member(newEmail());
    const email = newEmail();
    await identity.call(createInvitation, { actor: as(accountId), email, role: 'editor' }, tenantId);
    const token = await identity.tokenTo(email, 'invitation');
    const accepted = codes(await many(6, () => identity.call(acceptInvitation, { token, registration: { name: 'Bia', password: PASSWORD }, client: CLIENT })));
    expect(accepted.filter((code) => code === 'ok')).toHaveLength(1);
    expect(accepted).not.toContain('internal');
    const { api_key: key } = await identity.call(createApiKey, { actor: as(accountId), name: 'x', mode: 'live' }, tenantId);
    const oldValidUntil = identity.clock.in(60_000).toISOString();
    expect(codes(await many(6, () => identity.call(rotateApiKey, { actor: as(accountId), key_id: key.id, old_valid_until: oldValidUntil }, tenantId))).filter((code) => code === 'ok')).toHaveLength(1);
  });

  it('keep an owner when owners remove each other', async () => {
    for (let round = 0; round < 4; round += 1) {
      const [first, other] = [await identity.member(newEmail()), await identity.member(newEmail())];
      await identity.db.insertInto('membership').values({ tenant_id: first.tenantId, account_id: other.accountId, role: 'owner', joined_at: new Date(), suspended_at: null }).execute();
      await Promise.allSettled([
        identity.call(removeMember, { actor: as(first.accountId), account_id: other.accountId }, first.tenantId),
        identity.call(removeMember, { actor: as(other.accountId), account_id: first.accountId }, first.tenantId),
      ]);
      expect(await identity.db.selectFrom('membership').select('account_id').where('tenant_id', '=', first.tenantId).where('role', '=', 'owner').execute()).toHaveLength(1);
    }
  });

  it('rotate signing keys once', async () => {
    const replicas = [identity.get(SigningKeys), second.resolve(SigningKeys)];
    const rotated = await Promise.all(Array.from({ length: 6 }, () => identity.call(rotateSigningKeys, {})));
    expect(new Set(rotated.map(({ kid }) => kid)).size).toBe(1);
    identity.clock.advance(30 * 86_400_000);
    const before = (await identity.call(listSigningKeys, {})).keys.length;
    await Promise.all(Array.from({ length: 10 }, (_, index) => replicas[index % 2]?.rotateWhenDue()));
    expect((await identity.call(listSigningKeys, {})).keys.length).toBeLessThanOrEqual(before + 1);
    expect(await identity.db.selectFrom('signing_key').select('kid').where('signs_from', '>', identity.clock.now()).execute()).toHaveLength(1);
  });

  it('make one data key for a tenant, and wrap each anew once', async () => {
    const tenantId = newId();
    const put = (index: number) => identity.call(putCredential, { actor: as(newId()), provider: `vendor-${index}`, field: 'api_key', value: 'sk-0123456789abcdef' }, tenantId);
    expect(new Set(codes(await many(12, put)))).toEqual(new Set(['ok']));
    expect(await identity.db.selectFrom('data_key').select('version').where('tenant_id', '=', tenantId).execute()).toHaveLength(1);
    const current = identity.get(MasterKeys).current;
    const next = masterKeyOf(randomBytes(32).toString('base64'));
    const keys = await identity.db.selectFrom('data_key').select('version').execute();
    const vaults = [1, 2].map(() => new SecretVault(identity.get(DataKeyRepository), new MasterKeys(next, [current]), identity.clock));
    const counts = await Promise.all(vaults.map((vault) => vault.rewrap()));
    expect(counts.reduce((sum, { rewrapped }) => sum + rewrapped, 0)).toBe(keys.length);
    await new SecretVault(identity.get(DataKeyRepository), new MasterKeys(current, [next]), identity.clock).rewrap();
    expect((await identity.call(revealCredentials, { providers: ['vendor-3'] }, tenantId)).credentials['vendor-3']).toEqual({ api_key: 'sk-0123456789abcdef' });
  });

  it('do an erasure once between them', async () => {
    const asked: string[] = [];
    const stop = identity.serve(subjectErasures.courses, async ({ job_id: id }) => {
      asked.push(id);
      await new Promise((resolve) => setTimeout(resolve, 100));
      return { erased: [] };
    });
    const members = await Promise.all([1, 2, 3, 4].map(() => identity.member(newEmail())));
    const jobs = await Promise.all(members.map(({ accountId, tenantId }) => identity.call(createPrivacyJob, { actor: as(accountId), kind: 'erase', account_id: accountId }, tenantId)));
    for (let tries = 0; tries < 60; tries += 1) {
      second.resolve(PrivacyWorker).kick();
      const states = await Promise.all(jobs.map(async ({ job }, index) => (await identity.call(getPrivacyJob, { job_id: job.id }, members[index]?.tenantId)).job.state));
      if (states.every((state) => state === 'done')) break;
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
    expect(asked.sort()).toEqual(jobs.map(({ job }) => job.id).sort());
    stop();
  }, 30_000);
});
