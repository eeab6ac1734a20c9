import { AppError } from '@tecnocursos/contracts';
import { identityOf, OidcLogin, type Claims } from '../../oidc-login.js';
import type { ExternalIdentity, LoginProvider } from '../../ports/login-provider.port.js';
import { loginClient, type SocialConfig } from '../../social.config.js';

/** `email_verified` is Google's own word for gmail.com and Workspace. `hd` in the request is a hint alone: the claim decides. */
export function createGoogleLogin(config: SocialConfig): LoginProvider | null {
  const client = loginClient(config.GOOGLE_LOGIN_CLIENT_ID, config.GOOGLE_LOGIN_CLIENT_SECRET);
  const domain = config.GOOGLE_LOGIN_HOSTED_DOMAIN;
  if (!client) return null;
  return new OidcLogin({
    id: 'google', name: 'Google', issuer: config.GOOGLE_LOGIN_ISSUER, client, scopes: config.GOOGLE_LOGIN_SCOPES, proofs: 'pkce-and-nonce',
    ...(domain !== undefined && { parameters: { hd: domain } }),
    toIdentity: (claims) => ofDomain(claims, domain),
  });
}

function ofDomain(claims: Claims, domain: string | undefined): ExternalIdentity {
  if (domain !== undefined && claims['hd'] !== domain) throw new AppError('login_refused', `Only accounts of ${domain} may sign in here.`);
  return identityOf(claims);
}
