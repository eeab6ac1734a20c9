import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { completeSocialLogin, listLinkedIdentities, newId, registerSocialLogin, startSocialLogin, type ImportedProfile, type LoginProviderName, type Tokens } from '@tecnocursos/contracts';
import { CLIENT, IdentityHarness } from '../identity.harness.js';
import { IdentitySubjectExport } from '../privacy/identity-subject-export.service.js';
import { browse } from './testing/browser.harness.js';
import { startGithub, type GithubStandIn } from './testing/github.harness.js';
import { startMicrosoft, type MicrosoftStandIn } from './testing/microsoft.harness.js';
import { startOpenIdProvider, type OpenIdStandIn } from './testing/openid.harness.js';

const REDIRECT = 'https://school.example/sign-in/callback';
const app = { clientId: 'tecnocursos', clientSecret: 'a-client-secret-of-the-test', redirectUri: REDIRECT };
const NOTHING: ImportedProfile = { given_name: null, family_name: null, job_title: null, locale: null, picture_url: null, page_url: null, repositories: null };
const PUBLIC = { full_name: 'nina/aulas', html_url: 'https://github.com/nina/aulas', private: false };
const PRIVATE = { full_name: 'nina/provas', html_url: 'https://github.com/nina/provas', private: true };

describe('import of profiles, where it is set up', () => {
  let linkedin: OpenIdStandIn;
  let microsoft: MicrosoftStandIn;
  let github: GithubStandIn;
  let identity: IdentityHarness;

  beforeAll(async () => {
    [linkedin, microsoft, github] = await Promise.all([startOpenIdProvider({ ...app, requirePkce: false }), startMicrosoft({ ...app, tenant: 'common' }), startGithub(app)]);
    const clients = Object.fromEntries(['MICROSOFT', 'LINKEDIN', 'GITHUB'].flatMap((name) => [[`${name}_LOGIN_CLIENT_ID`, app.clientId], [`${name}_LOGIN_CLIENT_SECRET`, app.clientSecret]]));
    identity = await IdentityHarness.start({
      ...clients, LINKEDIN_LOGIN_ISSUER: linkedin.url, LINKEDIN_LOGIN_PROFILE_IMPORT: 'true', MICROSOFT_LOGIN_BASE_URL: microsoft.url, MICROSOFT_LOGIN_GRAPH_URL: microsoft.url,
      MICROSOFT_LOGIN_PROFILE_IMPORT: 'true', GITHUB_LOGIN_BASE_URL: github.url, GITHUB_LOGIN_API_URL: github.url, GITHUB_LOGIN_REPOSITORIES: 'all',
    });
  }, 60_000);
  afterAll(async () => {
    await identity?.stop();
    await Promise.all([linkedin, microsoft, github].map((server) => server?.close()));
  });

  async function login(provider: LoginProviderName) {
    const { authorization_url: url, state } = await identity.call(startSocialLogin, { provider, redirect_uri: REDIRECT, client: CLIENT });
    return identity.call(completeSocialLogin, { state, callback_url: await browse(url, REDIRECT), client: CLIENT });
  }
  async function register(provider: LoginProviderName, email: string): Promise<Tokens> {
    const arrived = await login(provider);
    if (arrived.state !== 'registration_needed') throw new Error(arrived.state);
    const registered = await identity.call(registerSocialLogin, { registration_token: arrived.registration_token, email, name: 'Lia', organization_name: 'Escola', client: CLIENT });
    if (registered.state !== 'authenticated') throw new Error(registered.state);
    return registered.tokens;
  }
  const profileOf = async (accountId: string): Promise<ImportedProfile | null | undefined> => (await identity.call(listLinkedIdentities, { account_id: accountId })).identities[0]?.profile;

  it("keeps LinkedIn's with the identity, as it was told last, and exports it", async () => {
    const person = { sub: 'l1', email: 'lia@escola.example', email_verified: true, name: 'Lia Souza' };
    linkedin.person = { ...person, given_name: 'Lia', family_name: 'Souza', picture: 'https://media.example/lia.jpg', locale: { language: 'pt', country: 'BR' } };
    const { account_id: accountId, tenant_id: tenantId } = await register('linkedin', person.email);
    const imported = { ...NOTHING, given_name: 'Lia', family_name: 'Souza', picture_url: 'https://media.example/lia.jpg', locale: 'pt-BR' };
    expect(await profileOf(accountId)).toEqual(imported);
    linkedin.person = { ...person, given_name: 'Lia', family_name: 'Lima' };
    expect(await login('linkedin')).toMatchObject({ state: 'authenticated' });
    expect(await profileOf(accountId)).toEqual({ ...NOTHING, given_name: 'Lia', family_name: 'Lima' });
    const { records } = await identity.get(IdentitySubjectExport).page(tenantId, { job_id: newId(), subject: { account_id: accountId, emails: [] }, scope: 'subject' });
    expect(records).toContainEqual({ category: 'linked-identity', data: expect.objectContaining({ profile: expect.stringContaining('Lima') }) });
  });

  it("asks Microsoft for the scope, and lets in whose profile Graph does not give out", async () => {
    const member = await identity.member('mia@escola.example');
    microsoft.person = { tid: 'b9419818-09af-49c2-b0c3-653adc1f376e', oid: '00000000-0000-4000-8000-000000000001', sub: 'm1', name: 'Mia' };
    const link = async () => {
      const { authorization_url: url, state } = await identity.call(startSocialLogin, { provider: 'microsoft', redirect_uri: REDIRECT, account_id: member.accountId, client: CLIENT });
      return identity.call(completeSocialLogin, { state, callback_url: await browse(url, REDIRECT), account_id: member.accountId, client: CLIENT });
    };
    microsoft.me = null;
    expect(await link()).toEqual({ state: 'linked', provider: 'microsoft' });
    expect(microsoft.scopes).toEqual(['openid', 'profile', 'email', 'User.Read']);
    expect(await profileOf(member.accountId)).toBeNull();
    microsoft.me = { givenName: 'Mia', surname: null, jobTitle: 'Professora', preferredLanguage: 'pt-BR' };
    expect(await login('microsoft')).toMatchObject({ state: 'authenticated' });
    expect(await profileOf(member.accountId)).toEqual({ ...NOTHING, given_name: 'Mia', job_title: 'Professora', locale: 'pt-BR' });
  });

  it("lists repositories of GitHub's, private ones by their scope", async () => {
    github.user = { id: 7, login: 'nina', name: 'Nina', avatar_url: 'https://avatars.example/7', html_url: 'https://github.com/nina' };
    github.emails = [{ email: 'nina@escola.example', primary: true, verified: true }];
    github.repositories = [PUBLIC, PRIVATE];
    const { account_id: accountId } = await register('github', 'nina@escola.example');
    const repositories = [PUBLIC, PRIVATE].map(({ full_name: name, html_url: url, private: isPrivate }) => ({ name, url, private: isPrivate }));
    expect(await profileOf(accountId)).toEqual({ ...NOTHING, picture_url: 'https://avatars.example/7', page_url: 'https://github.com/nina', repositories });
  });
});
