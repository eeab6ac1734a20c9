import { createHmac } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import {
  acceptInvitation, checkFacebookDeletion, completeSocialLogin, createInvitation, forgetFacebookIdentity, linkSocialLogin, listLinkedIdentities, listLoginProviders, registerSocialLogin, startSocialLogin, unlinkIdentity, verifyEmail,
  type LoginProviderName, type ReplyOf,
} from '@tecnocursos/contracts';
import { readConfig } from '@tecnocursos/nest-kit';
import { CLIENT, IdentityHarness, PASSWORD } from '../identity.harness.js';
import { createGoogleLogin } from './providers/google/google.provider.js';
import { SocialConfigSchema } from './social.config.js';
import { browse } from './testing/browser.harness.js';
import { startFacebook, type FacebookStandIn } from './testing/facebook.harness.js';
import { startGithub, type GithubStandIn } from './testing/github.harness.js';
import { startMicrosoft, type MicrosoftStandIn } from './testing/microsoft.harness.js';
import { startOpenIdProvider, type OpenIdStandIn } from './testing/openid.harness.js';

const REDIRECT = 'https://school.example/sign-in/callback';
const SECRET = 'a-client-secret-of-the-test';
const app = { clientId: 'tecnocursos', clientSecret: SECRET, redirectUri: REDIRECT };
const DIRECTORY = 'b9419818-09af-49c2-b0c3-653adc1f376e';
const CONSUMERS = '9188040d-6c67-4c5b-b112-36a304b66dad';
type Completed = ReplyOf<typeof completeSocialLogin>;

describe('social login', () => {
  let google: OpenIdStandIn;
  let linkedin: OpenIdStandIn;
  let microsoft: MicrosoftStandIn;
  let github: GithubStandIn;
  let facebook: FacebookStandIn;
  let identity: IdentityHarness;
  let count = 0;
  const newEmail = (): string => `social${(count += 1)}@escola.example`;
  const start = (provider: LoginProviderName, accountId?: string) =>
    identity.call(startSocialLogin, { provider, redirect_uri: REDIRECT, client: CLIENT, ...(accountId !== undefined && { account_id: accountId }) });
  const complete = (state: string, callback: string, accountId?: string): Promise<Completed> =>
    identity.call(completeSocialLogin, { state, callback_url: callback, client: CLIENT, ...(accountId !== undefined && { account_id: accountId }) });
  const login = async (provider: LoginProviderName, accountId?: string): Promise<Completed> => {
    const { authorization_url: url, state } = await start(provider, accountId);
    return complete(state, await browse(url, REDIRECT), accountId);
  };
  const register = async (reply: Completed, email: string) => {
    if (reply.state !== 'registration_needed') throw new Error(reply.state);
    return identity.call(registerSocialLogin, { registration_token: reply.registration_token, email, name: 'Bia', organization_name: 'Escola', client: CLIENT });
  };

  beforeAll(async () => {
    [google, linkedin, microsoft, github, facebook] = await Promise.all([
      startOpenIdProvider({ ...app, requirePkce: true }), startOpenIdProvider({ ...app, requirePkce: false }), startMicrosoft({ ...app, tenant: 'organizations' }),
      startGithub(app), startFacebook({ ...app, version: 'v26.0' }),
    ]);
    const clients = Object.fromEntries(['GOOGLE', 'MICROSOFT', 'LINKEDIN', 'GITHUB', 'FACEBOOK'].flatMap((name) => [[`${name}_LOGIN_CLIENT_ID`, app.clientId], [`${name}_LOGIN_CLIENT_SECRET`, SECRET]]));
    identity = await IdentityHarness.start({
      ...clients, GOOGLE_LOGIN_ISSUER: google.url, LINKEDIN_LOGIN_ISSUER: linkedin.url, MICROSOFT_LOGIN_BASE_URL: microsoft.url, MICROSOFT_LOGIN_TENANT: 'organizations',
      GITHUB_LOGIN_BASE_URL: github.url, GITHUB_LOGIN_API_URL: github.url, FACEBOOK_LOGIN_BASE_URL: facebook.url, FACEBOOK_LOGIN_GRAPH_URL: facebook.url,
    });
  }, 60_000);
  afterAll(async () => {
    await identity?.stop();
    await Promise.all([google, linkedin, microsoft, github, facebook].map((server) => server?.close()));
  });
  beforeEach(() => {
    count += 1;
    google.person = { sub: `g${count}`, email: newEmail(), email_verified: true, name: 'Gina' };
    linkedin.person = { sub: `l${count}`, email: newEmail(), email_verified: true, name: 'Lia' };
    microsoft.person = { tid: DIRECTORY, oid: `00000000-0000-4000-8000-${String(count).padStart(12, '0')}`, sub: `m${count}`, email: newEmail(), name: 'Mia' };
    microsoft.tamper = {};
    github.user = { id: count, login: `gh${count}`, name: null };
    github.emails = [{ email: 'other@escola.example', primary: false, verified: true }, { email: newEmail(), primary: true, verified: true }];
    github.apiStatus = 200;
    facebook.user = { id: String(10_000 + count), name: 'Fábio', email: newEmail() };
    facebook.appId = app.clientId;
    facebook.denies = false;
  });

  it('is offered for the providers that are set up', async () => {
    const { providers } = await identity.call(listLoginProviders, {});
    expect(providers.map(({ id }) => id)).toEqual(['google', 'microsoft', 'linkedin', 'github', 'facebook']);
  });

  it.each<[LoginProviderName, () => { email: string; verified: boolean; name: string }]>([
    ['google', () => ({ email: google.person.email ?? '', verified: true, name: 'Gina' })],
    ['linkedin', () => ({ email: linkedin.person.email ?? '', verified: true, name: 'Lia' })],
    ['microsoft', () => ({ email: microsoft.person.email ?? '', verified: false, name: 'Mia' })],
    ['github', () => ({ email: github.emails[1]?.email ?? '', verified: true, name: github.user.login })],
    ['facebook', () => ({ email: facebook.user.email ?? '', verified: false, name: 'Fábio' })],
  ])('registers with %s, and signs in the second time', async (provider, told) => {
    const { email, verified, name } = told();
    const first = await login(provider);
    expect(first).toMatchObject({ state: 'registration_needed', provider, email, email_verified: verified, name });
    const registered = await register(first, email);
    expect(registered.state).toBe(verified ? 'authenticated' : 'verification_sent');
    if (!verified) {
      await expect(login(provider)).rejects.toMatchObject({ code: 'email_not_verified' });
      await identity.call(verifyEmail, { token: await identity.tokenTo(email, 'verify-email'), client: CLIENT });
    }
    const second = await login(provider);
    if (second.state !== 'authenticated') throw new Error(second.state);
    expect(second.tokens.role).toBe('owner');
    const { identities } = await identity.call(listLinkedIdentities, { account_id: second.tokens.account_id });
    expect(identities).toEqual([expect.objectContaining({ provider, email, profile: null, last_used_at: expect.any(String) })]);
    const session = await identity.db.selectFrom('session').select('methods').where('id', '=', second.tokens.session_id).executeTakeFirstOrThrow();
    expect(JSON.parse(session.methods)).toEqual([provider]);
  });

  it('forgets whoever asked Facebook for it, and nobody on a forged request', async () => {
    const { accountId } = await identity.member(newEmail());
    expect(await login('facebook', accountId)).toMatchObject({ state: 'linked' });
    const linked = async (): Promise<number> => (await identity.call(listLinkedIdentities, { account_id: accountId })).identities.length;
    const signedBy = (secret: string, payload: object): string => {
      const text = Buffer.from(JSON.stringify(payload)).toString('base64url');
      return `${createHmac('sha256', secret).update(text).digest('base64url')}.${text}`;
    };
    const payload = { algorithm: 'HMAC-SHA256', user_id: facebook.user.id, issued_at: 1 };
    for (const signed_request of [signedBy('guessed', payload), signedBy(SECRET, { ...payload, algorithm: 'none' }), signedBy(SECRET, { algorithm: 'HMAC-SHA256' }), 'x.y', 'x']) {
      await expect(identity.call(forgetFacebookIdentity, { signed_request })).rejects.toMatchObject({ code: 'invalid_request', issues: [{ field: 'signed_request' }] });
    }
    expect(await linked()).toBe(1);
    const { confirmation_code: code } = await identity.call(forgetFacebookIdentity, { signed_request: signedBy(SECRET, payload) });
    expect(await linked()).toBe(0);
    expect(await identity.call(forgetFacebookIdentity, { signed_request: signedBy(SECRET, payload) })).toEqual({ confirmation_code: code });
    expect(await identity.call(checkFacebookDeletion, { confirmation_code: code })).toEqual({ confirmation_code: code, state: 'done' });
    const forged = `${code.slice(0, 33)}${'0'.repeat(32)}`;
    await expect(identity.call(checkFacebookDeletion, { confirmation_code: forged })).rejects.toMatchObject({ code: 'not_found' });
    expect(await login('facebook')).toMatchObject({ state: 'registration_needed' });
  });

  it('sends state, PKCE and nonce where the vendor has them', async () => {
    await login('google');
    expect(Object.fromEntries(google.requests.at(-1) ?? [])).toMatchObject({
      code_challenge_method: 'S256', code_challenge: expect.stringMatching(/^[\w-]{43}$/), nonce: expect.stringMatching(/^[\w-]{43}$/), state: expect.stringMatching(/^[\w-]{43}$/), scope: 'openid email profile',
    });
    await login('linkedin');
    const sent = linkedin.requests.at(-1);
    expect([sent?.has('state'), sent?.has('nonce'), sent?.has('code_challenge')]).toEqual([true, false, false]);
  });

  it('links a verified address to its confirmed account, and asks who is not verified to sign in first', async () => {
    const email = newEmail();
    const { accountId } = await identity.member(email);
    google.person = { ...google.person, email: email.toUpperCase() };
    expect(await login('google')).toMatchObject({ state: 'authenticated', tokens: { account_id: accountId } });

    microsoft.person = { ...microsoft.person, email };
    const offered = await login('microsoft');
    if (offered.state !== 'link_needed') throw new Error(offered.state);
    expect(await identity.call(linkSocialLogin, { link_token: offered.link_token, account_id: accountId, client: CLIENT })).toEqual({ state: 'linked', provider: 'microsoft' });
    await expect(identity.call(linkSocialLogin, { link_token: offered.link_token, account_id: accountId, client: CLIENT })).rejects.toMatchObject({ code: 'link_invalid' });
    expect(await login('microsoft')).toMatchObject({ state: 'authenticated', tokens: { account_id: accountId } });
    microsoft.person = { ...microsoft.person, email: 'changed@elsewhere.example' };
    expect(await login('microsoft')).toMatchObject({ state: 'authenticated', tokens: { account_id: accountId } });
  });

  it('never links by an address that the provider did not verify, nor to an account that nobody confirmed', async () => {
    const email = newEmail();
    await identity.member(email);
    google.person = { ...google.person, email, email_verified: false };
    expect(await login('google')).toMatchObject({ state: 'link_needed' });
    github.emails = [{ email, primary: true, verified: false }];
    expect(await login('github')).toMatchObject({ state: 'registration_needed', email: null });
    facebook.user = { id: facebook.user.id };
    expect(await login('facebook')).toMatchObject({ state: 'registration_needed', email: null, email_verified: false });
  });

  it('leaves nobody a way in who registered an address that others then confirm', async () => {
    const owner = await identity.member(newEmail());
    const victim = newEmail();
    facebook.user = { id: facebook.user.id, name: 'Eve', email: victim };
    expect(await register(await login('facebook'), victim)).toEqual({ state: 'verification_sent' });
    const early = await identity.tokenTo(victim, 'verify-email');
    await identity.call(createInvitation, { actor: { type: 'account', id: owner.accountId }, email: victim, role: 'viewer' }, owner.tenantId);
    await identity.call(acceptInvitation, { token: await identity.tokenTo(victim, 'invitation'), registration: { name: 'Vera', password: PASSWORD }, client: CLIENT });
    expect(await login('facebook')).toMatchObject({ state: 'link_needed' });
    await expect(identity.call(verifyEmail, { token: early, client: CLIENT })).rejects.toMatchObject({ code: 'link_invalid' });
  });

  it('links to the account that began, and to no other', async () => {
    const mine = await identity.member(newEmail());
    const theirs = await identity.member(newEmail());
    expect(await login('github', mine.accountId)).toEqual({ state: 'linked', provider: 'github' });
    expect(await login('github', mine.accountId)).toEqual({ state: 'linked', provider: 'github' });
    await expect(login('github', theirs.accountId)).rejects.toMatchObject({ code: 'conflict' });
    const { authorization_url: url, state } = await start('facebook', theirs.accountId);
    await expect(complete(state, await browse(url, REDIRECT), mine.accountId)).rejects.toMatchObject({ code: 'forbidden' });
  });

  it('unlinks, but not the last way to sign in', async () => {
    const registered = await register(await login('google'), google.person.email ?? '');
    if (registered.state !== 'authenticated') throw new Error(registered.state);
    const { account_id: accountId } = registered.tokens;
    const [only] = (await identity.call(listLinkedIdentities, { account_id: accountId })).identities;
    await expect(identity.call(unlinkIdentity, { account_id: accountId, identity_id: only?.id ?? '' })).rejects.toMatchObject({ code: 'conflict' });
    await login('github', accountId);
    expect(await identity.call(unlinkIdentity, { account_id: accountId, identity_id: only?.id ?? '' })).toEqual({ removed: true });
  });

  describe('refuses', () => {
    it('a state that was used, is unknown, or is of another login', async () => {
      const { authorization_url: url, state } = await start('google');
      const callback = await browse(url, REDIRECT);
      await complete(state, callback);
      await expect(complete(state, callback)).rejects.toMatchObject({ code: 'link_invalid' });
      await expect(complete('a'.repeat(43), callback)).rejects.toMatchObject({ code: 'link_invalid' });
      const other = await start('google');
      await expect(complete(other.state, callback)).rejects.toMatchObject({ code: 'provider_failed' });
    });

    it('a login that took longer than ten minutes', async () => {
      const { authorization_url: url, state } = await start('google');
      const callback = await browse(url, REDIRECT);
      identity.clock.advance(601_000);
      await expect(complete(state, callback)).rejects.toMatchObject({ code: 'link_invalid' });
    });

    it('redirect URIs that are not set up, and callbacks elsewhere', async () => {
      for (const redirect of [`${REDIRECT}/`, `${REDIRECT}?a=1`, 'https://evil.example/sign-in/callback', REDIRECT.replace('https', 'http')]) {
        await expect(identity.call(startSocialLogin, { provider: 'google', redirect_uri: redirect, client: CLIENT })).rejects.toMatchObject({ code: 'forbidden' });
      }
      const { authorization_url: url, state } = await start('google');
      const callback = (await browse(url, REDIRECT)).replace('school.example', 'evil.example');
      await expect(complete(state, callback)).rejects.toMatchObject({ code: 'invalid_request' });
    });

    it('who said no at the provider', async () => {
      facebook.denies = true;
      await expect(login('facebook')).rejects.toMatchObject({ code: 'login_refused' });
    });

    it('a code that is wrong: GitHub says so with 200', async () => {
      const { authorization_url: url, state } = await start('github');
      const callback = new URL(await browse(url, REDIRECT));
      callback.searchParams.set('code', 'wrong');
      await expect(complete(state, callback.href)).rejects.toMatchObject({ code: 'login_refused' });
    });

    it("a token of Facebook's that was given to another app", async () => {
      facebook.appId = 'another-app';
      await expect(login('facebook')).rejects.toMatchObject({ code: 'login_refused' });
    });

    it.each([
      ['another issuer', { iss: 'https://evil.example/v2.0' }], ['another audience', { aud: 'another-app' }], ['another nonce', { nonce: 'x' }],
      ['a token that is over', { exp: 1 }], ['the issuer of another directory', { tid: '11111111-0000-4000-8000-000000000001' }],
    ])('an ID token with %s', async (_what, tamper) => {
      microsoft.tamper = tamper;
      await expect(login('microsoft')).rejects.toMatchObject({ code: 'provider_failed' });
    });

    it('a personal Microsoft account where organizations alone may sign in', async () => {
      microsoft.person = { ...microsoft.person, tid: CONSUMERS };
      await expect(login('microsoft')).rejects.toMatchObject({ code: 'login_refused' });
    });

    it('nothing for good while a provider is away', async () => {
      github.apiStatus = 503;
      await expect(login('github')).rejects.toMatchObject({ code: 'provider_unavailable', retryable: true });
      github.apiStatus = 200;
      expect(await login('github')).toMatchObject({ state: 'registration_needed' });
      const gone = await startGithub(app);
      await gone.close();
      const away = createGoogleLogin(readConfig(SocialConfigSchema, { GOOGLE_LOGIN_CLIENT_ID: 'x', GOOGLE_LOGIN_CLIENT_SECRET: 'y', GOOGLE_LOGIN_ISSUER: gone.url }));
      await expect(away?.authorizationUrl({ redirectUri: REDIRECT, state: 's', nonce: 'n', codeVerifier: 'v' })).rejects.toMatchObject({ code: 'provider_unavailable' });
    });
  });

  it('keeps no verifier, nonce or token in the clear', async () => {
    await start('google');
    const rows = await identity.db.selectFrom('one_time_token').selectAll().where('kind', '=', 'social-login').execute();
    expect(rows.length).toBeGreaterThan(0);
    for (const row of rows) expect(row.payload).toMatch(/^v1\.k1\./);
  });

  it('takes stand-ins by http outside production alone', () => {
    expect(() => readConfig(SocialConfigSchema, { NODE_ENV: 'production', GITHUB_LOGIN_API_URL: 'http://127.0.0.1:1' })).toThrow(/GITHUB_LOGIN_API_URL: must be https/);
    expect(readConfig(SocialConfigSchema, { NODE_ENV: 'production' })).toMatchObject({
      GITHUB_LOGIN_SCOPES: ['read:user', 'user:email'], GITHUB_LOGIN_REPOSITORIES: 'none', LINKEDIN_LOGIN_PROFILE_IMPORT: false, MICROSOFT_LOGIN_PROFILE_IMPORT: false, MICROSOFT_LOGIN_TENANT: 'common',
    });
  });
});
