import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  changePassword, completeSignIn, confirmSecondFactor, getAccount, listAuditEntries, removeSecondFactor, renewRecoveryCodes, requestPasswordReset, resendVerification,
  resetPassword, signIn, signUp, startSecondFactor, updateAccount, verifyEmail, type RequestInput,
} from '@tecnocursos/contracts';
import { Housekeeping } from '../housekeeping.service.js';
import { ADDRESS_FAILURES, CLIENT, IdentityHarness, PASSWORD } from '../identity.harness.js';
import { sha256 } from '../random-token.js';
import { totpCode } from './totp.js';

const MINUTE_MS = 60_000;

describe('accounts', () => {
  let identity: IdentityHarness;
  let count = 0;
  const newEmail = (): string => `ana${(count += 1)}@escola.example`;
  const signUpRequest = (email: string, changes: Partial<RequestInput<typeof signUp>> = {}): RequestInput<typeof signUp> => ({
    email, password: PASSWORD, name: 'Ana', organization_name: 'Escola', client: CLIENT, ...changes,
  });
  const signInAs = (email: string, password = PASSWORD, address = CLIENT.address) => identity.call(signIn, { email, password, client: { ...CLIENT, address } });

  beforeAll(async () => {
    identity = await IdentityHarness.start();
  }, 60_000);
  afterAll(() => identity.stop());

  it('signs up, confirms by mail, makes the organization, and signs in', async () => {
    const email = newEmail();
    expect(await identity.call(signUp, signUpRequest(email.toUpperCase()))).toEqual({ state: 'verification_sent' });
    await expect(signInAs(email)).rejects.toMatchObject({ code: 'email_not_verified' });
    const letter = await identity.letterTo(email, 'verify-email');
    expect(letter.data).toMatchObject({ action_url: expect.stringMatching(/^https:\/\/school\.example\/verify-email#token=[\w-]{43}$/) });
    const token = await identity.tokenTo(email, 'verify-email');
    const verified = await identity.call(verifyEmail, { token, client: CLIENT });
    expect(verified.tenant_id).toBe(letter.tenantId);
    await expect(identity.call(verifyEmail, { token, client: CLIENT })).rejects.toMatchObject({ code: 'link_invalid' });
    expect(await signInAs(email)).toMatchObject({ state: 'authenticated', tokens: { account_id: verified.account_id, tenant_id: verified.tenant_id, role: 'owner' } });
    const { entries } = await identity.call(listAuditEntries, {}, letter.tenantId);
    expect(entries.map(({ action }) => action)).toEqual(['session.opened', 'organization.created']);
  });

  it('keeps no password, token or address in the clear', async () => {
    const email = newEmail();
    await identity.call(signUp, signUpRequest(email));
    const token = await identity.tokenTo(email, 'verify-email');
    const rows = await Promise.all([identity.db.selectFrom('account').selectAll().execute(), identity.db.selectFrom('one_time_token').selectAll().execute(), identity.db.selectFrom('mail').selectAll().execute(), identity.db.selectFrom('attempt_counter').selectAll().execute()]);
    const text = JSON.stringify(rows);
    expect(text).toContain('$argon2id$v=19$m=19456,t=2,p=1$');
    expect(text).not.toContain(PASSWORD);
    expect(text).not.toContain(token);
    expect(JSON.stringify(rows.slice(1))).not.toContain(email);
  });

  it('says the same for a known address, tells its owner, and changes nothing', async () => {
    const email = newEmail();
    await identity.member(email);
    expect(await identity.call(signUp, signUpRequest(email, { password: 'another good password' }))).toEqual({ state: 'verification_sent' });
    await identity.letterTo(email, 'account-exists');
    await expect(signInAs(email, 'another good password')).rejects.toMatchObject({ code: 'credentials_invalid' });
    expect(await signInAs(email)).toMatchObject({ state: 'authenticated' });
  });

  it('lets the last who signs up before the confirmation decide, and kills earlier links', async () => {
    const email = newEmail();
    await identity.call(signUp, signUpRequest(email, { password: 'somebody elses password' }));
    const early = await identity.tokenTo(email, 'verify-email');
    identity.letters.length = 0;
    await identity.call(signUp, signUpRequest(email));
    const late = await identity.tokenTo(email, 'verify-email');
    await expect(identity.call(verifyEmail, { token: early, client: CLIENT })).rejects.toMatchObject({ code: 'link_invalid' });
    await identity.call(verifyEmail, { token: late, client: CLIENT });
    await expect(signInAs(email, 'somebody elses password')).rejects.toMatchObject({ code: 'credentials_invalid' });
    expect(await signInAs(email)).toMatchObject({ state: 'authenticated' });
  });

  it('makes one account of ten sign-ups at once', async () => {
    const email = newEmail();
    await Promise.all(Array.from({ length: 10 }, () => identity.call(signUp, signUpRequest(email))));
    expect(await identity.db.selectFrom('account').select('id').where('email', '=', email).execute()).toHaveLength(1);
  });

  it.each([
    ['short', 'password'], ['aaaaaaaaaaaa', 'password'], ['Password123', 'password'], ['x'.repeat(129), 'password'],
  ])('refuses the password %s', async (password, field) => {
    await expect(identity.call(signUp, signUpRequest(newEmail(), { password }))).rejects.toMatchObject({ code: 'invalid_request', issues: [expect.objectContaining({ field })] });
  });

  it('refuses a name with a NUL, and surplus fields', async () => {
    await expect(identity.call(signUp, signUpRequest(newEmail(), { name: 'a\u0000b' }))).rejects.toMatchObject({ code: 'invalid_request', issues: [expect.objectContaining({ field: 'name' })] });
    await expect(identity.call(signUp, { ...signUpRequest(newEmail()), role: 'owner' } as never)).rejects.toMatchObject({ issues: [expect.objectContaining({ field: 'role' })] });
  });

  it('resets a password by mail once, and ends sessions', async () => {
    const email = newEmail();
    await identity.member(email);
    const tokens = await identity.tokens(email);
    expect(await identity.call(requestPasswordReset, { email, client: CLIENT })).toEqual({ state: 'sent_if_known' });
    expect(await identity.call(requestPasswordReset, { email: 'nobody@escola.example', client: CLIENT })).toEqual({ state: 'sent_if_known' });
    const token = await identity.tokenTo(email, 'password-reset');
    await expect(identity.call(resetPassword, { token, password: 'senha12345', client: CLIENT })).rejects.toMatchObject({ code: 'invalid_request' });
    await identity.call(resetPassword, { token, password: 'a new good password', client: CLIENT });
    await expect(identity.call(resetPassword, { token, password: 'a third good password', client: CLIENT })).rejects.toMatchObject({ code: 'link_invalid' });
    await expect(signInAs(email)).rejects.toMatchObject({ code: 'credentials_invalid' });
    expect(await signInAs(email, 'a new good password')).toMatchObject({ state: 'authenticated' });
    const session = await identity.db.selectFrom('session').selectAll().where('id', '=', tokens.session_id).executeTakeFirstOrThrow();
    expect(session.revoked_because).toBe('password-changed');
  });

  it('lets no link work after its time, and sends another one', async () => {
    const email = newEmail();
    await identity.call(signUp, signUpRequest(email));
    const old = await identity.tokenTo(email, 'verify-email');
    identity.clock.advance(1_441 * MINUTE_MS);
    await expect(identity.call(verifyEmail, { token: old, client: CLIENT })).rejects.toMatchObject({ code: 'link_invalid' });
    identity.letters.length = 0;
    await identity.call(resendVerification, { email, client: CLIENT });
    expect(await identity.call(verifyEmail, { token: await identity.tokenTo(email, 'verify-email'), client: CLIENT })).toMatchObject({ tenant_id: expect.any(String) });
  });

  it('changes a password with the old one alone, and keeps this session', async () => {
    const email = newEmail();
    await identity.member(email);
    const [mine, other] = [await identity.tokens(email), await identity.tokens(email)];
    const request = { account_id: mine.account_id, session_id: mine.session_id, password: 'a new good password', client: CLIENT };
    await expect(identity.call(changePassword, { ...request, current_password: 'wrong' })).rejects.toMatchObject({ code: 'credentials_invalid' });
    await identity.call(changePassword, { ...request, current_password: PASSWORD });
    const open = await identity.db.selectFrom('session').select('id').where('account_id', '=', mine.account_id).where('revoked_at', 'is', null).execute();
    expect(open).toEqual([{ id: mine.session_id }]);
    expect(open).not.toContainEqual({ id: other.session_id });
  });

  it('corrects name and language', async () => {
    const { accountId } = await identity.member(newEmail());
    await identity.call(updateAccount, { account_id: accountId, name: 'Ana Maria', language: 'en' });
    expect((await identity.call(getAccount, { account_id: accountId })).account).toMatchObject({ name: 'Ana Maria', language: 'en', second_factor: 'none', has_password: true, email_verified: true });
  });

  describe('lock-out', () => {
    it('locks an account after five failures, also when they come at once, and opens it later', async () => {
      const email = newEmail();
      await identity.member(email);
      const results = await Promise.allSettled(Array.from({ length: 12 }, () => signInAs(email, 'wrong password')));
      const codes = results.map((result) => (result.status === 'rejected' ? (result.reason as { code: string }).code : 'in'));
      expect(codes.filter((code) => code === 'credentials_invalid')).toHaveLength(5);
      expect(codes.filter((code) => code === 'rate_limited')).toHaveLength(7);
      await expect(signInAs(email)).rejects.toMatchObject({ code: 'rate_limited', retryAfterS: expect.any(Number) });
      identity.clock.advance(16 * MINUTE_MS);
      expect(await signInAs(email)).toMatchObject({ state: 'authenticated' });
    });

    it('is over for who chooses a new password by mail', async () => {
      const email = newEmail();
      await identity.member(email);
      await Promise.allSettled(Array.from({ length: 6 }, () => signInAs(email, 'wrong password')));
      await identity.call(requestPasswordReset, { email, client: CLIENT });
      await identity.call(resetPassword, { token: await identity.tokenTo(email, 'password-reset'), password: 'a new good password', client: CLIENT });
      expect(await signInAs(email, 'a new good password')).toMatchObject({ state: 'authenticated' });
    });

    it('starts anew after a success', async () => {
      const email = newEmail();
      await identity.member(email);
      for (let round = 0; round < 3; round += 1) {
        for (let failure = 0; failure < 4; failure += 1) await expect(signInAs(email, 'wrong password')).rejects.toMatchObject({ code: 'credentials_invalid' });
        expect(await signInAs(email)).toMatchObject({ state: 'authenticated' });
      }
    });

    it('locks an address out that tries many accounts, known or not', async () => {
      const email = newEmail();
      await identity.member(email);
      const address = '198.51.100.1';
      const windowEndsAt = identity.clock.in(MINUTE_MS);
      await identity.db.insertInto('attempt_counter').values({ subject: `sign-in-address:${sha256(address)}`, failures: ADDRESS_FAILURES - 1, window_ends_at: windowEndsAt }).execute();
      expect(await signInAs(email, PASSWORD, address)).toMatchObject({ state: 'authenticated' }); // and is given back
      await expect(signInAs('nobody@escola.example', PASSWORD, address)).rejects.toMatchObject({ code: 'credentials_invalid' });
      await expect(signInAs(email, PASSWORD, address)).rejects.toMatchObject({ code: 'rate_limited' });
      expect(await signInAs(email, PASSWORD, '198.51.100.2')).toMatchObject({ state: 'authenticated' });
      identity.clock.advance(2 * MINUTE_MS);
      expect(await signInAs(email, PASSWORD, address)).toMatchObject({ state: 'authenticated' });
    });
  });

  describe('second factor', () => {
    const enroll = async () => {
      const email = newEmail();
      const { accountId } = await identity.member(email);
      const { secret, uri } = await identity.call(startSecondFactor, { account_id: accountId });
      expect(uri).toMatch(/^otpauth:\/\/totp\/TecnoCursos:/);
      const { recovery_codes: codes } = await identity.call(confirmSecondFactor, { account_id: accountId, code: totpCode(secret, identity.clock.now()), client: CLIENT });
      return { email, accountId, secret, codes };
    };
    const challenge = async (email: string): Promise<string> => {
      const reply = await signInAs(email);
      if (reply.state !== 'second_factor_required') throw new Error(reply.state);
      return reply.challenge;
    };

    it('asks for a code, and takes each once', async () => {
      const { email, secret } = await enroll();
      const used = totpCode(secret, identity.clock.now());
      await expect(identity.call(completeSignIn, { challenge: await challenge(email), code: used, client: CLIENT })).rejects.toMatchObject({ code: 'credentials_invalid' });
      identity.clock.advance(31_000);
      const begun = await challenge(email);
      const code = totpCode(secret, identity.clock.now());
      const reply = await identity.call(completeSignIn, { challenge: begun, code, client: CLIENT });
      expect(reply.tokens).toMatchObject({ token_type: 'Bearer' });
      const session = await identity.db.selectFrom('session').selectAll().where('id', '=', reply.tokens.session_id).executeTakeFirstOrThrow();
      expect(JSON.parse(session.methods)).toEqual(['pwd', 'otp']);
      await expect(identity.call(completeSignIn, { challenge: begun, code, client: CLIENT })).rejects.toMatchObject({ code: 'link_invalid' });
    });

    it('takes a recovery code once, however it is typed', async () => {
      const { email, accountId, codes } = await enroll();
      expect(new Set(codes).size).toBe(10);
      const [code = ''] = codes;
      const typed = ` ${code.toLowerCase().replaceAll('-', ' ')} `;
      expect(await identity.call(completeSignIn, { challenge: await challenge(email), code: typed, client: CLIENT })).toMatchObject({ state: 'authenticated' });
      await expect(identity.call(completeSignIn, { challenge: await challenge(email), code, client: CLIENT })).rejects.toMatchObject({ code: 'credentials_invalid' });
      expect((await identity.call(getAccount, { account_id: accountId })).account.recovery_codes_left).toBe(9);
      const stored = await identity.db.selectFrom('recovery_code').selectAll().where('account_id', '=', accountId).execute();
      expect(JSON.stringify(stored)).not.toContain(code.replaceAll('-', ''));
    });

    it('stops guessing after five tries', async () => {
      const { email } = await enroll();
      const begun = await challenge(email);
      const codes: string[] = [];
      for (let tries = 0; tries < 7; tries += 1) {
        codes.push(await identity.call(completeSignIn, { challenge: begun, code: '000000', client: CLIENT }).then(() => 'in', (error: { code: string }) => error.code));
      }
      expect(codes.slice(0, 5)).toEqual(Array(5).fill('credentials_invalid'));
      expect(codes.slice(5)).toEqual(['link_invalid', 'link_invalid']);
      await expect(identity.call(completeSignIn, { challenge: await challenge(email), code: '000000', client: CLIENT })).rejects.toMatchObject({ code: 'rate_limited' });
    });

    it('renews recovery codes and goes off by a code', async () => {
      const { email, accountId, codes } = await enroll();
      const [first = '', second = ''] = codes;
      const renewed = await identity.call(renewRecoveryCodes, { account_id: accountId, code: first, client: CLIENT });
      expect(renewed.recovery_codes).toHaveLength(10);
      await expect(identity.call(removeSecondFactor, { account_id: accountId, code: second, client: CLIENT })).rejects.toMatchObject({ code: 'credentials_invalid' });
      await identity.call(removeSecondFactor, { account_id: accountId, code: renewed.recovery_codes[0] ?? '', client: CLIENT });
      expect(await signInAs(email)).toMatchObject({ state: 'authenticated' });
    });
  });

  it('deletes accounts that nobody confirmed', async () => {
    const email = newEmail();
    await identity.call(signUp, signUpRequest(email));
    await identity.letterTo(email, 'verify-email');
    identity.clock.advance(8 * 86_400_000);
    await identity.get(Housekeeping).run();
    expect(await identity.db.selectFrom('account').select('id').where('email', '=', email).execute()).toEqual([]);
  });
});
