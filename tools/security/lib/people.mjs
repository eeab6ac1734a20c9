// Accounts and organizations, made as people make them: over REST, with the mails that identity sends read off the bus.
import { randomUUID } from 'node:crypto';
import { sendMessage, servedLocally } from '@tecnocursos/contracts';

/** Of no example, so that it is found where it is leaked alone. */
export const PASSWORD = `uma frase ${randomUUID()}`;

/** Listens to the letters that services ask notifications to send; answers in its place when it does not run. */
export function listenToLetters(connection, { inPlaceOfNotifications = false } = {}) {
  const letters = [];
  const receive = (_error, message) => {
    letters.push(message.json());
    if (inPlaceOfNotifications) message.respond(JSON.stringify({ message_id: message.json().idempotency_key, state: 'sent', served_by: servedLocally('check') }));
  };
  connection.subscribe(sendMessage.subject, { callback: receive });
  return {
    async tokenTo(email, template) {
      for (let tries = 0; tries < 400; tries += 1) {
        const letter = letters.findLast((candidate) => candidate.to.email === email && candidate.template === template);
        if (letter) return letter.data.action_url.split('#token=')[1];
        await new Promise((resolve) => setTimeout(resolve, 25));
      }
      throw new Error(`No ${template} came to ${email}`);
    },
  };
}

/** A client of the REST API that answers with status and body. */
export function clientOf(url, credential) {
  return async (method, path, body, headers = {}) => {
    const response = await fetch(url + path, {
      method, headers: { ...(credential && { authorization: `Bearer ${credential}` }), ...(body !== undefined && { 'content-type': 'application/json' }), ...headers },
      ...(body !== undefined && { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    });
    const text = await response.text();
    const isJson = response.headers.get('content-type')?.includes('json') ?? false;
    return { status: response.status, headers: response.headers, text, body: isJson && text !== '' ? JSON.parse(text) : undefined };
  };
}

const ok = (answer) => {
  if (answer.status >= 300) throw new Error(`${answer.status} ${answer.text}`);
  return answer.body;
};

export async function login(url, email) {
  const { tokens } = ok(await clientOf(url)('POST', '/api/auth/login', { email, password: PASSWORD }));
  return tokens;
}

/** Signs an owner up with an organization of their own. */
export async function signUpOwner({ url, letters }, email, organization) {
  const open = clientOf(url);
  ok(await open('POST', '/api/auth/sign-up', { email, password: PASSWORD, name: organization, organization_name: organization }));
  ok(await open('POST', '/api/auth/verify-email', { token: await letters.tokenTo(email, 'verify-email') }));
  const tokens = await login(url, email);
  return { email, tokens, call: clientOf(url, tokens.access_token) };
}

/** Has an owner invite somebody who joins with a new account. */
export async function inviteMember({ url, letters }, owner, email, role) {
  ok(await owner.call('POST', `/api/organizations/${owner.tokens.tenant_id}/invitations`, { email, role }));
  ok(await clientOf(url)('POST', '/api/auth/invitations/register', { token: await letters.tokenTo(email, 'invitation'), registration: { name: role, password: PASSWORD } }));
  const tokens = await login(url, email);
  return { email, tokens, call: clientOf(url, tokens.access_token) };
}
export { ok };
