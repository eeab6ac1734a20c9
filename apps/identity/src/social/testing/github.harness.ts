import { createHash, randomUUID } from 'node:crypto';
import { readForm, redirectBack, sendJson, startServer, type StandIn } from './http-server.harness.js';

export interface GithubStandIn extends StandIn {
  user: { id: number; login: string; name: string | null; avatar_url?: string; html_url?: string };
  repositories: { full_name: string; html_url: string; private: boolean }[];
  emails: { email: string; primary: boolean; verified: boolean }[];
  /** Answers the API with this status in place of a profile. */
  apiStatus: number;
}

/** GitHub's web flow, strictly: S256 alone, form-encoded unless JSON is asked for, errors as 200, no API without a user agent. */
export async function startGithub(options: { clientId: string; clientSecret: string; redirectUri: string }): Promise<GithubStandIn> {
  const state: Omit<GithubStandIn, keyof StandIn> = { user: { id: 1, login: 'nobody', name: null }, repositories: [], emails: [], apiStatus: 200 };
  const codes = new Map<string, { challenge: string; scope: string }>();
  const tokens = new Map<string, string>();
  const server = await startServer((url) => async (request, response) => {
    const { pathname, searchParams } = new URL(request.url ?? '', url);
    if (pathname === '/login/oauth/authorize') {
      if (searchParams.get('client_id') !== options.clientId || searchParams.get('code_challenge_method') !== 'S256') return sendJson(response, 404, {});
      const code = randomUUID();
      codes.set(code, { challenge: searchParams.get('code_challenge') ?? '', scope: searchParams.get('scope') ?? '' });
      return redirectBack(response, searchParams.get('redirect_uri') ?? '', { code, state: searchParams.get('state') ?? '' });
    }
    if (pathname === '/login/oauth/access_token') {
      const form = await readForm(request);
      const begun = codes.get(form.get('code') ?? '');
      codes.delete(form.get('code') ?? '');
      const isProved = createHash('sha256').update(form.get('code_verifier') ?? '').digest('base64url') === begun?.challenge;
      const isRight = isProved && form.get('client_secret') === options.clientSecret && form.get('redirect_uri') === options.redirectUri;
      const token = `gho_${randomUUID()}`;
      if (isRight) tokens.set(token, begun?.scope ?? '');
      const body = isRight
        ? { access_token: token, token_type: 'bearer', scope: begun?.scope.replaceAll(' ', ',') ?? '' }
        : { error: 'bad_verification_code', error_description: 'The code passed is incorrect or expired.', error_uri: 'https://docs.github.com/' };
      if (!request.headers.accept?.includes('application/json')) return void response.writeHead(200, { 'content-type': 'application/x-www-form-urlencoded' }).end(new URLSearchParams(body).toString());
      return sendJson(response, 200, body);
    }
    if (request.headers['user-agent'] === undefined) return sendJson(response, 403, { message: 'Request forbidden by administrative rules.' });
    if (state.apiStatus !== 200) return sendJson(response, state.apiStatus, { message: 'no' });
    const granted = tokens.get((request.headers.authorization ?? '').replace('Bearer ', ''));
    if (granted === undefined) return sendJson(response, 401, { message: 'Bad credentials' });
    if (pathname === '/user') return sendJson(response, 200, state.user);
    if (pathname === '/user/emails') return sendJson(response, 200, state.emails);
    if (pathname === '/user/repos') {
      const isSeen = ({ private: isPrivate }: { private: boolean }): boolean => !isPrivate || (granted.split(' ').includes('repo') && searchParams.get('visibility') === 'all');
      return sendJson(response, 200, state.repositories.filter(isSeen));
    }
    return sendJson(response, 404, { message: 'Not Found' });
  });
  return Object.assign(state, server);
}
