import { createHash, generateKeyPairSync, randomUUID } from 'node:crypto';
import { SignJWT } from 'jose';
import { readForm, redirectBack, sendJson, startServer, type StandIn } from './http-server.harness.js';

export interface MicrosoftStandIn extends StandIn {
  person: { tid: string; oid: string; sub: string; email?: string; name?: string };
  /** Changes claims of the next ID tokens: what a broken or hostile issuer would say. */
  tamper: Record<string, unknown>;
  /** What Graph tells of the person; null when it refuses to. */
  me: object | null;
  /** Scopes that were asked for last. */
  scopes: string[];
}

/** Microsoft Entra's v2.0 endpoint of `common`: metadata with a template for an issuer, tokens with the real one. */
export async function startMicrosoft(options: { clientId: string; clientSecret: string; redirectUri: string; tenant: string }): Promise<MicrosoftStandIn> {
  const state: Omit<MicrosoftStandIn, keyof StandIn> = { person: { tid: '', oid: '', sub: '' }, tamper: {}, me: null, scopes: [] };
  const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const codes = new Map<string, { nonce: string; challenge: string }>();
  const server = await startServer((url) => async (request, response) => {
    const { pathname, searchParams } = new URL(request.url ?? '', url);
    const prefix = `/${options.tenant}`;
    if (pathname === `${prefix}/v2.0/.well-known/openid-configuration`) {
      return sendJson(response, 200, {
        issuer: `${url}/{tenantid}/v2.0`, authorization_endpoint: `${url}${prefix}/oauth2/v2.0/authorize`, token_endpoint: `${url}${prefix}/oauth2/v2.0/token`,
        jwks_uri: `${url}${prefix}/discovery/v2.0/keys`, id_token_signing_alg_values_supported: ['RS256'], response_types_supported: ['code'], subject_types_supported: ['pairwise'],
      });
    }
    if (pathname === `${prefix}/discovery/v2.0/keys`) return sendJson(response, 200, { keys: [{ ...publicKey.export({ format: 'jwk' }), kid: 'm', use: 'sig' }] });
    if (pathname === `${prefix}/oauth2/v2.0/authorize`) {
      state.scopes = (searchParams.get('scope') ?? '').split(' ');
      const code = randomUUID();
      codes.set(code, { nonce: searchParams.get('nonce') ?? '', challenge: searchParams.get('code_challenge') ?? '' });
      return redirectBack(response, options.redirectUri, { code, state: searchParams.get('state') ?? '' });
    }
    if (pathname === '/v1.0/me') {
      const isAllowed = request.headers.authorization === 'Bearer opaque' && state.scopes.includes('User.Read') && state.me !== null;
      return isAllowed ? sendJson(response, 200, state.me) : sendJson(response, 403, { error: { code: 'Authorization_RequestDenied', message: 'Insufficient privileges to complete the operation.' } });
    }
    const form = await readForm(request);
    const begun = codes.get(form.get('code') ?? '');
    codes.delete(form.get('code') ?? '');
    const isProved = createHash('sha256').update(form.get('code_verifier') ?? '').digest('base64url') === begun?.challenge;
    if (!begun || !isProved || form.get('client_secret') !== options.clientSecret || form.get('redirect_uri') !== options.redirectUri) return sendJson(response, 400, { error: 'invalid_grant' });
    const now = Math.floor(Date.now() / 1000);
    const idToken = await new SignJWT({ ...state.person, nonce: begun.nonce, iss: `${url}/${state.person.tid}/v2.0`, aud: options.clientId, ver: '2.0', iat: now, exp: now + 3600, ...state.tamper })
      .setProtectedHeader({ alg: 'RS256', kid: 'm', typ: 'JWT' }).sign(privateKey);
    sendJson(response, 200, { token_type: 'Bearer', access_token: 'opaque', expires_in: 3600, id_token: idToken });
  });
  return Object.assign(state, server);
}
