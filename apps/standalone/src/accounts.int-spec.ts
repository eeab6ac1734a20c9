import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { confirmSecondFactor, SignInResultSchema, startSecondFactor, startSocialLogin, TokensSchema, type Tokens } from '@tecnocursos/contracts';
import { browse } from '@tecnocursos/identity/testing';
import { AccountsPlatform, type HttpAnswer } from './testing/accounts.harness.js';
import { totpAt } from './testing/authenticator.harness.js';

const PASSWORD = 'uma frase longa e boa';
const STEP_MS = 30_000;
const tokensOf = ({ body }: HttpAnswer): Tokens => TokensSchema.parse((body as { tokens: unknown }).tokens);
const codeOf = ({ status, body }: HttpAnswer): [number, string | undefined] => [status, (body as { code?: string }).code];

describe('accounts, through the gateway', () => {
  let platform: AccountsPlatform;
  beforeAll(async () => {
    platform = await AccountsPlatform.start();
  }, 60_000);
  afterAll(() => platform?.stop(), 30_000);

  const me = (token: string) => platform.send('GET', '/api/auth/me', { token });
  const login = (email: string) => platform.send('POST', '/api/auth/login', { body: { email, password: PASSWORD } });
  const signUp = (email: string) => platform.send('POST', '/api/auth/sign-up', { body: { email, password: PASSWORD, name: 'Ana', organization_name: 'Escola da Ana' } });

  async function member(email: string): Promise<Tokens> {
    await signUp(email);
    const token = (await platform.mailedLink(email)).hash.replace('#token=', '');
    await platform.send('POST', '/api/auth/verify-email', { body: { token } });
    return tokensOf(await login(email));
  }

  it('sign up by the link in a mail, and in by password', async () => {
    const email = 'ana@escola.example';
    expect(await signUp(email)).toMatchObject({ status: 202, body: { state: 'verification_sent' } });
    expect(codeOf(await login(email))).toEqual([403, 'email_not_verified']);
    const link = await platform.mailedLink(email);
    expect([link.origin, link.pathname]).toEqual([new URL(platform.url).origin, '/verify-email']);
    const body = { token: link.hash.replace('#token=', '') };
    expect((await platform.send('POST', '/api/auth/verify-email', { body })).status).toBe(200);
    expect(codeOf(await platform.send('POST', '/api/auth/verify-email', { body }))).toEqual([403, 'link_invalid']);
    expect(codeOf(await platform.send('POST', '/api/auth/login', { body: { email, password: 'outra frase' } }))).toEqual([401, 'credentials_invalid']);
    const tokens = tokensOf(await login(email));
    expect(await me(tokens.access_token)).toMatchObject({ status: 200, body: { role: 'owner', tenant_id: tokens.tenant_id, account: { email, email_verified: true } } });
    const { body: mailbox } = await platform.send('GET', '/api/mailbox/messages', { token: tokens.access_token });
    expect(mailbox).toMatchObject({ messages: [{ to: [email] }] });
  });

  it('ask for a second factor, and take each of its codes once', async () => {
    const email = 'bia@escola.example';
    const { access_token: token } = await member(email);
    const { secret } = startSecondFactor.reply.parse((await platform.send('POST', '/api/auth/second-factor/start', { token })).body);
    expect(SignInResultSchema.parse((await login(email)).body).state).toBe('authenticated'); // nothing is confirmed yet
    const now = Date.now();
    const confirmed = await platform.send('POST', '/api/auth/second-factor/confirm', { token, body: { code: totpAt(secret, now) } });
    const [recoveryCode = ''] = confirmSecondFactor.reply.parse(confirmed.body).recovery_codes;

    const complete = async (code: string): Promise<HttpAnswer> => {
      const first = SignInResultSchema.parse((await login(email)).body);
      if (first.state !== 'second_factor_required') throw new Error(first.state);
      return platform.send('POST', '/api/auth/login/second-factor', { body: { challenge: first.challenge, code } });
    };
    expect(codeOf(await complete(totpAt(secret, now)))).toEqual([401, 'credentials_invalid']);
    const byApp = tokensOf(await complete(totpAt(secret, now + STEP_MS)));
    expect(await me(byApp.access_token)).toMatchObject({ status: 200, body: { account: { email, second_factor: 'totp', recovery_codes_left: 10 } } });
    const byRecovery = tokensOf(await complete(recoveryCode));
    expect(await me(byRecovery.access_token)).toMatchObject({ status: 200, body: { account: { recovery_codes_left: 9 } } });
    expect(codeOf(await complete(recoveryCode))).toEqual([401, 'credentials_invalid']);
  });

  it('rotate refresh tokens, and end a session whose token was used twice', async () => {
    const first = await member('caio@escola.example');
    const refresh = (token: string) => platform.send('POST', '/api/auth/refresh', { body: { refresh_token: token } });
    const second = tokensOf(await refresh(first.refresh_token));
    expect(second.refresh_token).not.toBe(first.refresh_token);
    expect(tokensOf(await refresh(first.refresh_token)).refresh_token).toBe(second.refresh_token); // its answer may have been lost
    const third = tokensOf(await refresh(second.refresh_token));
    expect(third.session_id).toBe(first.session_id);
    expect(codeOf(await refresh(first.refresh_token))).toEqual([401, 'token_invalid']);
    expect(codeOf(await refresh(third.refresh_token))).toEqual([401, 'token_invalid']);
    expect(codeOf(await me(third.access_token))).toEqual([401, 'token_invalid']);
  });

  it('sign out', async () => {
    const { access_token: token, refresh_token: refreshToken } = await member('davi@escola.example');
    expect((await me(token)).status).toBe(200);
    expect(await platform.send('POST', '/api/auth/logout', { token })).toMatchObject({ status: 200, body: { revoked: true } });
    expect(codeOf(await me(token))).toEqual([401, 'token_invalid']);
    expect(codeOf(await platform.send('POST', '/api/auth/refresh', { body: { refresh_token: refreshToken } }))).toEqual([401, 'token_invalid']);
  });

  describe('of an OpenID provider', () => {
    const redirectUri = () => `${platform.url}/api/auth/social/callback`;
    const start = async () => {
      const answer = await platform.send('POST', '/api/auth/social/google/start', { body: { redirect_uri: redirectUri() } });
      const { authorization_url: url, state } = startSocialLogin.reply.parse(answer.body);
      return { url, state, cookie: answer.cookies.get('tc_login') ?? '' };
    };
    /** Comes back from the provider, and shows a cookie. */
    const comeBack = (callback: string, cookie?: string) => platform.send('GET', callback.slice(platform.url.length), cookie === undefined ? {} : { cookie });

    it('register, and sign in the second time', async () => {
      platform.google.person = { sub: 'g1', email: 'gina@escola.example', email_verified: true, name: 'Gina' };
      const begun = await start();
      expect(begun.cookie).toBe(`tc_login=${begun.state}`);
      const arrived = await comeBack(await browse(begun.url, redirectUri()), begun.cookie);
      expect(arrived).toMatchObject({ status: 200, body: { state: 'registration_needed', provider: 'google', email: 'gina@escola.example', email_verified: true, name: 'Gina' } });
      expect(arrived.cookies.get('tc_login')).toBe('tc_login=');
      const asked = platform.google.requests.at(-1);
      expect([asked?.get('state'), asked?.get('code_challenge_method')]).toEqual([begun.state, 'S256']);
      expect([asked?.get('nonce'), asked?.get('code_challenge')]).toEqual([expect.stringMatching(/^[\w-]{43}$/), expect.stringMatching(/^[\w-]{43}$/)]);

      const { registration_token: registrationToken } = arrived.body as { registration_token: string };
      const body = { registration_token: registrationToken, email: 'gina@escola.example', name: 'Gina', organization_name: 'Escola da Gina' };
      const { access_token: token } = tokensOf(await platform.send('POST', '/api/auth/social/register', { body }));
      expect(await me(token)).toMatchObject({ status: 200, body: { role: 'owner', account: { has_password: false } } });

      const again = await start();
      const callbackUrl = await browse(again.url, redirectUri());
      const completed = await platform.send('POST', '/api/auth/social/complete', { body: { state: again.state, callback_url: callbackUrl }, cookie: again.cookie });
      expect(completed).toMatchObject({ status: 200, body: { state: 'authenticated', tokens: { account_id: expect.any(String) } } });
    });

    it('never link by an address that the provider did not verify', async () => {
      const email = 'ines@escola.example';
      const { access_token: token, account_id: accountId } = await member(email);
      platform.google.person = { sub: 'g3', email, email_verified: false, name: 'Inês' };
      const arrive = async (): Promise<HttpAnswer> => {
        const begun = await start();
        return comeBack(await browse(begun.url, redirectUri()), begun.cookie);
      };
      const offered = await arrive();
      expect(offered.body).toEqual({ state: 'link_needed', link_token: expect.any(String), provider: 'google', expires_at: expect.any(String) });
      const { link_token: linkToken } = offered.body as { link_token: string };
      expect(codeOf(await platform.send('POST', '/api/auth/identities/link', { body: { link_token: linkToken } }))).toEqual([401, 'api_key_missing']);
      expect(await platform.send('POST', '/api/auth/identities/link', { token, body: { link_token: linkToken } })).toMatchObject({ status: 200, body: { state: 'linked' } });
      // By issuer and subject from now on, whatever the address is.
      platform.google.person = { sub: 'g3', email: 'outra@escola.example', email_verified: true, name: 'Inês' };
      expect(tokensOf(await arrive()).account_id).toBe(accountId);
    });

    it('refuse a state that is forged, of another browser, of another login, or used', async () => {
      platform.google.person = { sub: 'g2', email: 'hugo@escola.example', email_verified: true, name: 'Hugo' };
      const [mine, theirs] = [await start(), await start()];
      const callback = await browse(mine.url, redirectUri());
      const forged = 'f'.repeat(43);
      const withState = (state: string) => callback.replace(mine.state, state);
      expect(codeOf(await comeBack(callback))).toEqual([403, 'link_invalid']);
      expect(codeOf(await comeBack(callback, theirs.cookie))).toEqual([403, 'link_invalid']);
      expect(codeOf(await comeBack(withState(forged), mine.cookie))).toEqual([403, 'link_invalid']);
      expect(codeOf(await comeBack(withState(forged), `tc_login=${forged}`))).toEqual([403, 'link_invalid']);
      // Somebody else's code under a state of one's own: its proof key is another one.
      expect(codeOf(await comeBack(withState(theirs.state), theirs.cookie))).toEqual([401, 'login_refused']);
      expect(await comeBack(callback, mine.cookie)).toMatchObject({ status: 200, body: { state: 'registration_needed', name: 'Hugo' } });
      expect(codeOf(await comeBack(callback, mine.cookie))).toEqual([403, 'link_invalid']);
    });
  });
});
