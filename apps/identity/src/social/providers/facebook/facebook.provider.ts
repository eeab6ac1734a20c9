import { createHmac } from 'node:crypto';
import { AppError } from '@tecnocursos/contracts';
import { z } from 'zod';
import { bearer, type ReadJson } from '../../oauth-json.js';
import { OAuthLogin } from '../../oauth-login.js';
import type { ExternalIdentity, LoginProvider } from '../../ports/login-provider.port.js';
import { loginClient, type LoginClient, type SocialConfig } from '../../social.config.js';

const UserSchema = z.looseObject({ id: z.string().min(1).max(64), name: z.string().max(200).optional(), email: z.string().max(254).optional() });
const TokenInfoSchema = z.looseObject({ data: z.looseObject({ app_id: z.string(), user_id: z.string().optional(), is_valid: z.boolean() }) });

/** Neither PKCE nor an ID token in this flow. The address may be missing, and nothing says that it was verified. */
export function createFacebookLogin(config: SocialConfig): LoginProvider | null {
  const client = loginClient(config.FACEBOOK_LOGIN_CLIENT_ID, config.FACEBOOK_LOGIN_CLIENT_SECRET);
  const { FACEBOOK_LOGIN_BASE_URL: base, FACEBOOK_LOGIN_GRAPH_URL: graph, FACEBOOK_LOGIN_GRAPH_VERSION: version } = config;
  if (!client) return null;
  return new OAuthLogin({
    id: 'facebook', name: 'Facebook', issuer: base, authorizationEndpoint: `${base}/${version}/dialog/oauth`, tokenEndpoint: `${graph}/${version}/oauth/access_token`,
    client, scopes: config.FACEBOOK_LOGIN_SCOPES, scopeSeparator: ',', proofs: 'none',
    toIdentity: (read, accessToken) => identityAt({ issuer: base, graph, version, client }, read, accessToken),
  });
}

interface Graph {
  issuer: string;
  graph: string;
  version: string;
  client: LoginClient;
}

/** A token of another app would open the profile as well: it must have been given to ours. */
async function identityAt({ issuer, graph, version, client: { clientId, clientSecret } }: Graph, read: ReadJson, accessToken: string): Promise<ExternalIdentity> {
  const question = new URL(`${graph}/debug_token`);
  question.searchParams.set('input_token', accessToken);
  question.searchParams.set('access_token', `${clientId}|${clientSecret}`);
  const { data } = await read(question, TokenInfoSchema);
  const profile = new URL(`${graph}/${version}/me`);
  profile.searchParams.set('fields', 'id,name,email');
  profile.searchParams.set('appsecret_proof', createHmac('sha256', clientSecret).update(accessToken).digest('hex'));
  const user = await read(profile, UserSchema, bearer(accessToken));
  if (!data.is_valid || data.app_id !== clientId || data.user_id !== user.id) throw new AppError('login_refused', 'The login was not made for this platform.');
  return { issuer, subject: user.id, email: user.email ?? null, emailVerified: false, name: user.name ?? null };
}
