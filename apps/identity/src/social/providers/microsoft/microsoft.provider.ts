import { AppError, type ImportedProfile } from '@tecnocursos/contracts';
import { z } from 'zod';
import { importedProfile } from '../../imported-profile.js';
import { oauthFetch } from '../../oauth-http.js';
import { bearer, readJson } from '../../oauth-json.js';
import { OidcLogin, type Claims } from '../../oidc-login.js';
import type { ExternalIdentity, LoginProvider } from '../../ports/login-provider.port.js';
import { loginClient, type SocialConfig } from '../../social.config.js';

/** The directory of personal accounts. */
const CONSUMERS = '9188040d-6c67-4c5b-b112-36a304b66dad';
/** The library knows of Entra by this origin: metadata of `common` names the issuer `…/{tenantid}/v2.0`, and tokens the real one. */
const ORIGIN = 'https://login.microsoftonline.com';

/** Of the signed-in person's own profile; Graph's photo is no address but bytes, and is left out. */
const PROFILE_SCOPE = 'User.Read';
const ProfileSchema = z.record(z.string(), z.unknown());

const MicrosoftClaimsSchema = z.looseObject({ tid: z.guid(), oid: z.guid().optional() });

/**
 * `email` is mutable, unverified, and must never be used for authorization (Microsoft, ID token claims reference): it is a proposal
 * alone. `oid` in its directory is the same for every app; `sub` differs from app to app, and stands in where there is no `oid`.
 */
export function createMicrosoftLogin(config: SocialConfig): LoginProvider | null {
  const client = loginClient(config.MICROSOFT_LOGIN_CLIENT_ID, config.MICROSOFT_LOGIN_CLIENT_SECRET);
  const { MICROSOFT_LOGIN_BASE_URL: base, MICROSOFT_LOGIN_GRAPH_URL: graph, MICROSOFT_LOGIN_TENANT: tenant, MICROSOFT_LOGIN_PROFILE_IMPORT: imports, MICROSOFT_LOGIN_SCOPES: scopes } = config;
  if (!client) return null;
  return new OidcLogin({
    id: 'microsoft', name: 'Microsoft', issuer: `${ORIGIN}/${tenant}/v2.0`, client, scopes: imports ? [...new Set([...scopes, PROFILE_SCOPE])] : scopes, proofs: 'pkce-and-nonce',
    fetch: (url, options) => oauthFetch(url.startsWith(`${ORIGIN}/`) ? base + url.slice(ORIGIN.length) : url, options),
    allowHttp: base.startsWith('http:'),
    toIdentity: (claims) => identityIn(tenant, claims),
    ...(imports && { readProfile: ({ accessToken }) => profileAt(graph, accessToken) }),
  });
}

async function profileAt(graph: string, accessToken: string): Promise<ImportedProfile> {
  const me = await readJson(new URL(`${graph}/v1.0/me?$select=givenName,surname,jobTitle,preferredLanguage`), ProfileSchema, bearer(accessToken));
  return importedProfile({ given_name: me['givenName'], family_name: me['surname'], job_title: me['jobTitle'], locale: me['preferredLanguage'] });
}

function identityIn(tenant: string, claims: Claims): ExternalIdentity {
  const { tid, oid } = MicrosoftClaimsSchema.parse(claims);
  const isConsumer = tid === CONSUMERS;
  const isAllowed = tenant === 'common' || (tenant === 'organizations' && !isConsumer) || (tenant === 'consumers' && isConsumer) || tenant === tid;
  if (!isAllowed) throw new AppError('login_refused', 'This kind of Microsoft account may not sign in here.');
  return { issuer: claims.iss, subject: oid ?? claims.sub, email: claims.email ?? null, emailVerified: false, name: claims.name ?? null };
}
