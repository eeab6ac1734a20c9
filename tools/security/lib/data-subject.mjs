// A person who uses everything that takes words, and leaves values everywhere that no two people have in common.
import { randomBytes } from 'node:crypto';
import { clientOf, ok, PASSWORD } from './people.mjs';

const SIMULATED = { allow_simulated: true };

/** Signs up with an organization of their own. `canaries` are values by what they are. */
export async function appear(platform, letters) {
  const canaries = new Map();
  /** Letters and digits alone, so that no escaping hides one. */
  const canary = (what) => {
    const value = `zq${randomBytes(8).toString('hex')}`;
    canaries.set(what, value);
    return value;
  };
  const email = `${canary('e-mail')}@titular.example`;
  const open = clientOf(platform.url);
  ok(await open('POST', '/api/auth/sign-up', { email, password: PASSWORD, name: canary('name'), organization_name: canary('organization') }));
  ok(await open('POST', '/api/auth/verify-email', { token: await letters.tokenTo(email, 'verify-email') }, { 'user-agent': canary('user agent of the confirmation') }));
  const { tokens } = ok(await open('POST', '/api/auth/login', { email, password: PASSWORD }, { 'user-agent': canary('user agent of the sign-in') }));
  return { email, canaries, canary, tenantId: tokens.tenant_id, call: clientOf(platform.url, tokens.access_token), open };
}

/** Uses courses, keys, invitations, credentials, speech, videos, chat and texts. */
export async function scatter(person) {
  await makeCourses(person);
  await manage(person);
  await generate(person);
  await person.open('POST', '/api/auth/password/forgot', { email: person.email }, { 'user-agent': person.canary('user agent of a reset') });
}

async function makeCourses({ call, canary }) {
  for (let number = 1; number <= 5; number += 1) {
    const text = `A água muda de estado conforme a temperatura. O gelo derrete quando o sol o aquece, e a água evapora. Depois o vapor forma as nuvens e volta como chuva. Palavra: ${canary(`text of course ${number}`)}.`;
    const course = ok(await call('POST', '/api/courses', { title: canary(`title of course ${number}`), text }, { 'x-request-id': canary(`request id of course ${number}`) }));
    if (number > 2) await call('POST', `/api/courses/${course.id}/cancel`);
  }
}

async function manage({ call, canary, tenantId }) {
  for (let number = 1; number <= 2; number += 1) ok(await call('POST', '/api/api-keys', { name: canary(`name of API key ${number}`), mode: 'test' }));
  for (let number = 1; number <= 2; number += 1) ok(await call('POST', `/api/organizations/${tenantId}/invitations`, { email: `${canary(`invited address ${number}`)}@titular.example`, role: 'viewer' }));
  for (const field of ['api_key', 'client_secret']) ok(await call('PUT', `/api/credentials/synthesia/${field}`, { value: canary(`credential ${field}`) }));
  ok(await call('PUT', '/api/auth/me', { name: canary('second name') }));
  ok(await call('PUT', `/api/organizations/${tenantId}`, { owner_name: canary('name for messages') }));
  ok(await call('POST', '/api/privacy/consents', { purpose: 'marketing', state: 'granted', text_version: '1' }, { 'user-agent': canary('user agent of a consent') }));
}

async function generate({ call, canary }) {
  const language = 'pt-BR';
  ok(await call('POST', '/api/integrations/tts/synthesize/batch', { items: [{ id: 's1', text: canary('text of a batch'), language }] }));
  ok(await call('POST', '/api/integrations/tts/synthesize', { text: canary('text to speak'), language }));
  ok(await call('POST', '/api/integrations/avatar/create-video', { title: canary('title of a video'), presenter: 'amy', language, text: canary('text of a video'), routing: SIMULATED }));
  for (let number = 1; number <= 2; number += 1) {
    const chat = { model: 'standard', messages: [{ role: 'user', content: canary(`chat message ${number}`) }], tecnocursos: { ...SIMULATED, cache: 'on' } };
    ok(await call('POST', '/v1/chat/completions', chat, { 'idempotency-key': canary(`key of chat ${number}`) }));
    ok(await call('POST', '/api/integrations/ai/improve-text', improvementOf(canary(`text to improve ${number}`)), { 'idempotency-key': canary(`key of improvement ${number}`) }));
  }
}

export const improvementOf = (word) => ({ text: `${word} é um texto.`, language: 'pt-BR', goals: ['grammar'], routing: SIMULATED });
