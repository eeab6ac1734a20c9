import { z } from 'zod';
import { bearer, OAuthLogin, type ReadJson } from '../../oauth-login.js';
import type { ExternalIdentity, LoginProvider } from '../../ports/login-provider.port.js';
import { loginClient, type SocialConfig } from '../../social.config.js';

const UserSchema = z.looseObject({ id: z.int().positive(), login: z.string(), name: z.string().nullable().optional() });
const EmailsSchema = z.array(z.looseObject({ email: z.string().max(254), primary: z.boolean(), verified: z.boolean() }));
const VERSION = { 'x-github-api-version': '2022-11-28' };

/** PKCE since 2025-07, S256 alone. The number is the subject: a login can be given up and taken by somebody else. */
export function createGithubLogin(config: SocialConfig): LoginProvider | null {
  const client = loginClient(config.GITHUB_LOGIN_CLIENT_ID, config.GITHUB_LOGIN_CLIENT_SECRET);
  const { GITHUB_LOGIN_BASE_URL: base, GITHUB_LOGIN_API_URL: api } = config;
  if (!client) return null;
  return new OAuthLogin({
    id: 'github', name: 'GitHub', issuer: base, authorizationEndpoint: `${base}/login/oauth/authorize`, tokenEndpoint: `${base}/login/oauth/access_token`,
    client, scopes: config.GITHUB_LOGIN_SCOPES, scopeSeparator: ' ', proofs: 'pkce',
    toIdentity: (read, accessToken) => identityAt({ issuer: base, api, scopes: config.GITHUB_LOGIN_SCOPES }, read, { ...VERSION, ...bearer(accessToken) }),
  });
}

interface Place {
  issuer: string;
  api: string;
  scopes: readonly string[];
}

async function identityAt({ issuer, api, scopes }: Place, read: ReadJson, headers: Record<string, string>): Promise<ExternalIdentity> {
  const user = await read(new URL(`${api}/user`), UserSchema, headers);
  const mayReadEmails = scopes.some((scope) => scope === 'user' || scope === 'user:email');
  const emails = mayReadEmails ? await read(new URL(`${api}/user/emails`), EmailsSchema, headers) : [];
  const primary = emails.find((entry) => entry.primary && entry.verified);
  return { issuer, subject: String(user.id), email: primary?.email ?? null, emailVerified: primary !== undefined, name: user.name ?? user.login };
}
