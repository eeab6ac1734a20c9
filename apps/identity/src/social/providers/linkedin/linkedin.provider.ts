import type { ImportedProfile } from '@tecnocursos/contracts';
import { importedProfile, localeOf } from '../../imported-profile.js';
import { OidcLogin, type ProfileSource } from '../../oidc-login.js';
import type { LoginProvider } from '../../ports/login-provider.port.js';
import { loginClient, type SocialConfig } from '../../social.config.js';

/** "Sign In with LinkedIn using OpenID Connect": no PKCE in the web flow, no nonce in its ID tokens, the secret in the body alone. */
export function createLinkedinLogin(config: SocialConfig): LoginProvider | null {
  const client = loginClient(config.LINKEDIN_LOGIN_CLIENT_ID, config.LINKEDIN_LOGIN_CLIENT_SECRET);
  if (!client) return null;
  return new OidcLogin({
    id: 'linkedin', name: 'LinkedIn', issuer: config.LINKEDIN_LOGIN_ISSUER, client, scopes: config.LINKEDIN_LOGIN_SCOPES, proofs: 'none',
    ...(config.LINKEDIN_LOGIN_PROFILE_IMPORT && { readProfile: profileOf }),
  });
}

/** The scope `profile` gives out these claims of userinfo; headline and positions need a partner's agreement with LinkedIn. */
async function profileOf(source: ProfileSource): Promise<ImportedProfile> {
  const { given_name, family_name, picture, locale } = await source.claims();
  return importedProfile({ given_name, family_name, picture_url: picture, locale: localeOf(locale) });
}
