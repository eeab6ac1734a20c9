import type { LoginProviderName } from '@tecnocursos/contracts';
import * as client from 'openid-client';
import { asLoginError } from './oauth-errors.js';
import { oauthFetch } from './oauth-http.js';
import { readJson, TIMEOUT_S, type ReadJson } from './oauth-json.js';
import type { ExternalIdentity, LoginProvider, LoginTransaction } from './ports/login-provider.port.js';
import type { LoginClient } from './social.config.js';

export interface OAuthOptions {
  id: LoginProviderName;
  name: string;
  issuer: string;
  authorizationEndpoint: string;
  tokenEndpoint: string;
  client: LoginClient;
  scopes: readonly string[];
  /** What joins the scopes. */
  scopeSeparator: ' ' | ',';
  proofs: 'pkce' | 'none';
  /** Who the token is about, by the vendor's API. */
  toIdentity: (read: ReadJson, accessToken: string) => Promise<ExternalIdentity>;
}

/** Login by plain OAuth 2.0: there is no ID token, so the vendor's API says who it is. */
export class OAuthLogin implements LoginProvider {
  readonly id: LoginProviderName;
  readonly name: string;
  private readonly configuration: client.Configuration;

  constructor(private readonly options: OAuthOptions) {
    this.id = options.id;
    this.name = options.name;
    const { issuer, authorizationEndpoint, tokenEndpoint, client: { clientId, clientSecret } } = options;
    const server = { issuer, authorization_endpoint: authorizationEndpoint, token_endpoint: tokenEndpoint };
    this.configuration = new client.Configuration(server, clientId, undefined, client.ClientSecretPost(clientSecret));
    this.configuration.timeout = TIMEOUT_S;
    this.configuration[client.customFetch] = fetchHonestly;
    if (tokenEndpoint.startsWith('http:')) client.allowInsecureRequests(this.configuration);
  }

  async authorizationUrl({ redirectUri, state, codeVerifier }: LoginTransaction): Promise<URL> {
    const { scopes, scopeSeparator, proofs } = this.options;
    return client.buildAuthorizationUrl(this.configuration, {
      redirect_uri: redirectUri, scope: scopes.join(scopeSeparator), state,
      ...(proofs === 'pkce' && { code_challenge: await client.calculatePKCECodeChallenge(codeVerifier), code_challenge_method: 'S256' }),
    });
  }

  async identify(callback: URL, { state, codeVerifier }: LoginTransaction): Promise<ExternalIdentity> {
    try {
      const checks = { expectedState: state, ...(this.options.proofs === 'pkce' && { pkceCodeVerifier: codeVerifier }) };
      const { access_token: accessToken } = await client.authorizationCodeGrant(this.configuration, callback, checks);
      return await this.options.toIdentity(readJson, accessToken);
    } catch (error) {
      throw asLoginError(error, this.name);
    }
  }
}

/** GitHub answers errors of the token endpoint with 200; what says that it is an error is one. */
async function fetchHonestly(url: string, options: object): Promise<Response> {
  const response = await oauthFetch(url, options);
  if (response.status !== 200 || !response.headers.get('content-type')?.includes('json')) return response;
  const text = await response.text();
  const isError = /^\s*\{\s*"error"\s*:\s*"/.test(text);
  return new Response(text, { status: isError ? 400 : 200, headers: { 'content-type': response.headers.get('content-type') ?? 'application/json' } });
}
