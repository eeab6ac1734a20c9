import { createHmac, randomUUID } from 'node:crypto';
import { readForm, redirectBack, sendJson, startServer, type StandIn } from './http-server.harness.js';

export interface FacebookStandIn extends StandIn {
  user: { id: string; name?: string; email?: string };
  /** App that tokens are given out for, as `debug_token` tells it. */
  appId: string;
  denies: boolean;
}

const failure = (message: string, code: number) => ({ error: { message, type: 'OAuthException', code, fbtrace_id: 'x' } });

/** Facebook's manual login flow, strictly: the version in every path, the secret's proof with the profile, errors as objects. */
export async function startFacebook(options: { clientId: string; clientSecret: string; redirectUri: string; version: string }): Promise<FacebookStandIn> {
  const state: Omit<FacebookStandIn, keyof StandIn> = { user: { id: '1' }, appId: options.clientId, denies: false };
  const codes = new Set<string>();
  const tokens = new Map<string, string>();
  const server = await startServer((url) => async (request, response) => {
    const { pathname, searchParams } = new URL(request.url ?? '', url);
    const authorization = (request.headers.authorization ?? '').replace('Bearer ', '');
    switch (pathname) {
      case `/${options.version}/dialog/oauth`: {
        if (state.denies) return redirectBack(response, options.redirectUri, { error: 'access_denied', error_reason: 'user_denied', state: searchParams.get('state') ?? '' });
        const code = randomUUID();
        codes.add(code);
        return redirectBack(response, options.redirectUri, { code, state: searchParams.get('state') ?? '' });
      }
      case `/${options.version}/oauth/access_token`: {
        const form = await readForm(request);
        const isRight = codes.delete(form.get('code') ?? '') && form.get('client_secret') === options.clientSecret && form.get('redirect_uri') === options.redirectUri;
        if (!isRight) return sendJson(response, 400, failure('This authorization code has been used.', 100));
        const token = `EAA${randomUUID()}`;
        tokens.set(token, state.user.id);
        return sendJson(response, 200, { access_token: token, token_type: 'bearer', expires_in: 5_183_944 });
      }
      case '/debug_token': {
        if (searchParams.get('access_token') !== `${options.clientId}|${options.clientSecret}`) return sendJson(response, 400, failure('Invalid OAuth access token.', 190));
        const user = tokens.get(searchParams.get('input_token') ?? '');
        return sendJson(response, 200, { data: { app_id: state.appId, is_valid: user !== undefined, user_id: user } });
      }
      case `/${options.version}/me`: {
        const proof = createHmac('sha256', options.clientSecret).update(authorization).digest('hex');
        if (!tokens.has(authorization) || searchParams.get('appsecret_proof') !== proof) return sendJson(response, 400, failure('Invalid appsecret_proof provided in the API argument', 100));
        return sendJson(response, 200, state.user);
      }
      default:
        return sendJson(response, 404, failure('Unknown path components', 2500));
    }
  });
  return Object.assign(state, server);
}
