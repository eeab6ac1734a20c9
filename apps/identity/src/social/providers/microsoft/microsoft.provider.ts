import { AppError } from '@tecnocursos/contracts';
import { z } from 'zod';
import { oauthFetch } from '../../oauth-http.js';
import { OidcLogin, type Claims } from '../../oidc-login.js';
import type { ExternalIdentity, LoginProvider } from '../../ports/login-provider.port.js';
import { loginClient, type SocialConfig } from '../../social.config.js';

/** The directory of personal accounts. */
const CONSUMERS = '9188040d-6c67-4c5b-b112-36a304b66dad';
/** The library knows of Entra by this origin: metadata of `common` names the issuer `…/{tenantid}/v2.0`, and tokens the real one. */
const ORIGIN = 'https://login.microsoftonline.com';

const MicrosoftClaimsSchema = z.looseObject({ tid: z.guid(), oid: z.guid().optional() });

/**
 * `email` is mutable, unverified, and must never be used for authorization (Microsoft, ID token claims reference): it is a proposal
 * alone. `oid` in its directory is the same for every app; `sub` differs from app to app, and stands in where there is no `oid`.
 */
export function createMicrosoftLogin(config: SocialConfig): LoginProvider | null {
  const client = loginClient(config.MICROSOFT_LOGIN_CLIENT_ID, config.MICROSOFT_LOGIN_CLIENT_SECRET);
  const { MICROSOFT_LOGIN_BASE_URL: base, MICROSOFT_LOGIN_TENANT: tenant } = config;
  if (!client) return null;
  return new OidcLogin({
    id: 'microsoft', name: 'Microsoft', issuer: `${ORIGIN}/${tenant}/v2.0`, client, scopes: config.MICROSOFT_LOGIN_SCOPES, proofs: 'pkce-and-nonce',
    fetch: (url, options) => oauthFetch(url.startsWith(`${ORIGIN}/`) ? base + url.slice(ORIGIN.length) : url, options),
    allowHttp: base.startsWith('http:'),
    toIdentity: (claims) => identityIn(tenant, claims),
  });
}

function identityIn(tenant: string, claims: Claims): ExternalIdentity {
  const { tid, oid } = MicrosoftClaimsSchema.parse(claims);
  const isConsumer = tid === CONSUMERS;
  const isAllowed = tenant === 'common' || (tenant === 'organizations' && !isConsumer) || (tenant === 'consumers' && isConsumer) || tenant === tid;
  if (!isAllowed) throw new AppError('login_refused', 'This kind of Microsoft account may not sign in here.');
  return { issuer: claims.iss, subject: oid ?? claims.sub, email: claims.email ?? null, emailVerified: false, name: claims.name ?? null };
}
