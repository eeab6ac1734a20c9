import { generateKeyPairSync } from 'node:crypto';
import Provider from 'oidc-provider';
import { startServer, type StandIn } from './http-server.harness.js';

export interface OpenIdPerson {
  sub: string;
  email?: string;
  email_verified?: boolean;
  name?: string;
  hd?: string;
  given_name?: string;
  family_name?: string;
  picture?: string;
  locale?: string | object;
}

export interface OpenIdStandIn extends StandIn {
  /** Who signs in next. */
  person: OpenIdPerson;
  /** Queries of the authorization requests, newest last. */
  readonly requests: URLSearchParams[];
}

export interface OpenIdOptions {
  clientId: string;
  clientSecret: string;
  redirectUri: string;
  requirePkce: boolean;
}

/** A certified OpenID provider in this process, whose people sign in without a word. */
export async function startOpenIdProvider({ clientId, clientSecret, redirectUri, requirePkce }: OpenIdOptions): Promise<OpenIdStandIn> {
  const state = { person: { sub: 'nobody' } as OpenIdPerson, requests: [] as URLSearchParams[] };
  const server = await startServer((issuer) => {
    const provider = new Provider(issuer, {
      clients: [{ client_id: clientId, client_secret: clientSecret, redirect_uris: [redirectUri], token_endpoint_auth_method: 'client_secret_post' }],
      claims: { openid: ['sub'], email: ['email', 'email_verified'], profile: ['name', 'hd', 'given_name', 'family_name', 'picture', 'locale'] },
      conformIdTokenClaims: false,
      cookies: { keys: ['test'] },
      features: { devInteractions: { enabled: false } },
      findAccount: (_context: unknown, id: string) => ({ accountId: id, claims: () => state.person }),
      interactions: { url: (_context: unknown, { uid }: { uid: string }) => `/interaction/${uid}` },
      jwks: { keys: [signingKey()] },
      loadExistingGrant: async ({ oidc }: { oidc: { client: { clientId: string }; session: { accountId: string } } }) => {
        const grant = new provider.Grant({ clientId: oidc.client.clientId, accountId: oidc.session.accountId });
        grant.addOIDCScope('openid email profile');
        await grant.save();
        return grant;
      },
      pkce: { required: () => requirePkce },
      ttl: { AccessToken: 600, AuthorizationCode: 60, Grant: 600, IdToken: 600, Interaction: 600, Session: 600 },
    });
    const serve = provider.callback();
    return (request, response) => {
      if (request.url?.startsWith('/interaction/')) return provider.interactionFinished(request, response, { login: { accountId: state.person.sub } });
      if (request.url?.startsWith('/auth?')) state.requests.push(new URL(request.url, issuer).searchParams);
      serve(request, response);
    };
  });
  return Object.assign(state, server);
}

const signingKey = (): object => ({ ...generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey.export({ format: 'jwk' }), kid: 'test', alg: 'RS256', use: 'sig' });
