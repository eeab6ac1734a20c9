import type { ImportedProfile } from '@tecnocursos/contracts';
import { z } from 'zod';
import { importedProfile } from '../../imported-profile.js';
import { bearer, type ReadJson } from '../../oauth-json.js';
import { OAuthLogin } from '../../oauth-login.js';
import type { ExternalIdentity, LoginProvider } from '../../ports/login-provider.port.js';
import { loginClient, type SocialConfig } from '../../social.config.js';

const UserSchema = z.looseObject({ id: z.int().positive(), login: z.string(), name: z.string().nullable().optional() });
type User = z.infer<typeof UserSchema>;
const RepositoriesSchema = z.array(z.looseObject({ full_name: z.string(), html_url: z.string(), private: z.boolean() }));
const EmailsSchema = z.array(z.looseObject({ email: z.string().max(254), primary: z.boolean(), verified: z.boolean() }));
/** What opens a person's private repositories; it opens them for writing too, for OAuth apps have no lesser scope. Public ones need none. */
const PRIVATE_REPOSITORIES = 'repo';
const VERSION = { 'x-github-api-version': '2022-11-28' };

/** PKCE since 2025-07, S256 alone. The number is the subject: a login can be given up and taken by somebody else. */
export function createGithubLogin(config: SocialConfig): LoginProvider | null {
  const client = loginClient(config.GITHUB_LOGIN_CLIENT_ID, config.GITHUB_LOGIN_CLIENT_SECRET);
  const { GITHUB_LOGIN_BASE_URL: base, GITHUB_LOGIN_API_URL: api, GITHUB_LOGIN_REPOSITORIES: repositories } = config;
  if (!client) return null;
  const scopes = repositories === 'all' ? [...new Set([...config.GITHUB_LOGIN_SCOPES, PRIVATE_REPOSITORIES])] : config.GITHUB_LOGIN_SCOPES;
  return new OAuthLogin({
    id: 'github', name: 'GitHub', issuer: base, authorizationEndpoint: `${base}/login/oauth/authorize`, tokenEndpoint: `${base}/login/oauth/access_token`,
    client, scopes, scopeSeparator: ' ', proofs: 'pkce',
    toIdentity: (read, accessToken) => identityAt({ issuer: base, api, scopes, repositories }, read, { ...VERSION, ...bearer(accessToken) }),
  });
}

interface Place {
  issuer: string;
  api: string;
  scopes: readonly string[];
  repositories: SocialConfig['GITHUB_LOGIN_REPOSITORIES'];
}

async function identityAt({ issuer, api, scopes, repositories }: Place, read: ReadJson, headers: Record<string, string>): Promise<ExternalIdentity> {
  const user = await read(new URL(`${api}/user`), UserSchema, headers);
  const mayReadEmails = scopes.some((scope) => scope === 'user' || scope === 'user:email');
  const emails = mayReadEmails ? await read(new URL(`${api}/user/emails`), EmailsSchema, headers) : [];
  const primary = emails.find((entry) => entry.primary && entry.verified);
  return {
    issuer, subject: String(user.id), email: primary?.email ?? null, emailVerified: primary !== undefined, name: user.name ?? user.login,
    ...(repositories !== 'none' && { readProfile: () => profileAt(`${api}/user/repos?visibility=${repositories}&affiliation=owner&sort=pushed&per_page=100`, user, read, headers) }),
  };
}

async function profileAt(repositoriesUrl: string, user: User, read: ReadJson, headers: Record<string, string>): Promise<ImportedProfile> {
  const found = await read(new URL(repositoriesUrl), RepositoriesSchema, headers);
  const repositories = found.map(({ full_name: name, html_url: url, private: isPrivate }) => ({ name, url, private: isPrivate }));
  return importedProfile({ picture_url: user['avatar_url'], page_url: user['html_url'], repositories });
}
