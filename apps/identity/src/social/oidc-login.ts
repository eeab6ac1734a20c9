import type { ImportedProfile, LoginProviderName } from '@tecnocursos/contracts';
import * as client from 'openid-client';
import { z } from 'zod';
import { asLoginError } from './oauth-errors.js';
import { oauthFetch, type OAuthFetch } from './oauth-http.js';
import { TIMEOUT_S } from './oauth-json.js';
import type { ExternalIdentity, LoginProvider, LoginTransaction } from './ports/login-provider.port.js';
import type { LoginClient } from './social.config.js';

/** The claims of OpenID Connect Core §5.1 that are of use here, and whatever else a vendor adds. */
const ClaimsSchema = z.looseObject({
  iss: z.string(), sub: z.string().min(1).max(255), email: z.string().max(254).optional(), name: z.string().max(200).optional(),
  // Some send the word in place of the value (RFC 7519 leaves it open; LinkedIn and others did).
  email_verified: z.union([z.boolean(), z.literal('true').transform(() => true), z.literal('false').transform(() => false)]).optional(),
});
export type Claims = z.infer<typeof ClaimsSchema>;

export interface OidcOptions {
  id: LoginProviderName;
  name: string;
  /** URL below which `.well-known/openid-configuration` is. */
  issuer: string;
  client: LoginClient;
  scopes: readonly string[];
  /** `none` for a vendor whose web flow has neither. */
  proofs: 'pkce-and-nonce' | 'none';
  fetch?: OAuthFetch;
  /** For a stand-in outside production. Of the issuer's protocol when absent. */
  allowHttp?: boolean;
  /** Beyond scope, state and proofs. */
  parameters?: Readonly<Record<string, string>>;
  /** Vendor's own meaning of the claims; `identityOf` when absent. @throws AppError `login_refused`. */
  toIdentity?: (claims: Claims) => ExternalIdentity;
  /** Imports a profile, where that is set up. */
  readProfile?: (source: ProfileSource) => Promise<ImportedProfile>;
}

/** Where a profile can be read. */
export interface ProfileSource {
  readonly accessToken: string;
  /** The claims of the ID token and of userinfo. */
  claims(): Promise<Claims>;
}

const FRESH_MS = 3_600_000;

export const identityOf = ({ iss, sub, email, email_verified: verified, name }: Claims): ExternalIdentity => ({
  issuer: iss, subject: sub, email: email ?? null, emailVerified: email !== undefined && verified === true, name: name ?? null,
});

/** Login by OpenID Connect. The library validates state, `iss`, `aud`, `exp`, `nonce` and the signature of ID tokens. */
export class OidcLogin implements LoginProvider {
  readonly id: LoginProviderName;
  readonly name: string;
  private discovered: { configuration: Promise<client.Configuration>; until: number } | undefined;

  constructor(private readonly options: OidcOptions) {
    this.id = options.id;
    this.name = options.name;
  }

  async authorizationUrl({ redirectUri, state, nonce, codeVerifier }: LoginTransaction): Promise<URL> {
    try {
      const configuration = await this.configuration();
      return client.buildAuthorizationUrl(configuration, {
        redirect_uri: redirectUri, scope: this.options.scopes.join(' '), state, ...this.options.parameters,
        ...(this.options.proofs === 'pkce-and-nonce' && { nonce, code_challenge: await client.calculatePKCECodeChallenge(codeVerifier), code_challenge_method: 'S256' }),
      });
    } catch (error) {
      throw asLoginError(error, this.name);
    }
  }

  async identify(callback: URL, { state, nonce, codeVerifier }: LoginTransaction): Promise<ExternalIdentity> {
    try {
      const configuration = await this.configuration();
      const proofs = this.options.proofs === 'none' ? {} : { expectedNonce: nonce, pkceCodeVerifier: codeVerifier };
      const tokens = await client.authorizationCodeGrant(configuration, callback, { expectedState: state, idTokenExpected: true, ...proofs });
      const claims = await this.completed(configuration, ClaimsSchema.parse(tokens.claims()), tokens.access_token);
      const { toIdentity = identityOf, readProfile } = this.options;
      const source = { accessToken: tokens.access_token, claims: () => this.withUserInfo(configuration, claims, tokens.access_token) };
      return { ...toIdentity(claims), ...(readProfile && { readProfile: () => readProfile(source) }) };
    } catch (error) {
      throw asLoginError(error, this.name);
    }
  }

  private async completed(configuration: client.Configuration, claims: Claims, accessToken: string): Promise<Claims> {
    return claims.email !== undefined && claims.name !== undefined ? claims : this.withUserInfo(configuration, claims, accessToken);
  }

  /** What the ID token left out, userinfo may tell; the library checks that it is about the same subject. */
  private async withUserInfo(configuration: client.Configuration, claims: Claims, accessToken: string): Promise<Claims> {
    if (configuration.serverMetadata().userinfo_endpoint === undefined) return claims;
    const more = await client.fetchUserInfo(configuration, accessToken, claims.sub);
    return ClaimsSchema.parse({ ...more, ...claims });
  }

  private configuration(): Promise<client.Configuration> {
    const now = Date.now();
    if (this.discovered && this.discovered.until > now) return this.discovered.configuration;
    const configuration = this.discover();
    this.discovered = { configuration, until: now + FRESH_MS };
    configuration.catch(() => { this.discovered = undefined; }); // the next login asks again
    return configuration;
  }

  private discover(): Promise<client.Configuration> {
    const { issuer, client: { clientId, clientSecret }, fetch = oauthFetch, allowHttp = issuer.startsWith('http:') } = this.options;
    return client.discovery(new URL(issuer), clientId, undefined, client.ClientSecretPost(clientSecret), {
      [client.customFetch]: fetch, timeout: TIMEOUT_S, execute: allowHttp ? [client.allowInsecureRequests] : [],
    });
  }
}
