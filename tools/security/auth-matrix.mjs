// Every route of the gateway × every credential that must not open it. Flags: --reduced (identity alone behind the gateway, no other tenants), --defect <name> (must fail).
import { parseArgs } from 'node:util';
import { ROLE_PERMISSIONS } from '@tecnocursos/contracts';
import { TokenForge } from './lib/crafted-tokens.mjs';
import { plant } from './lib/defects.mjs';
import { foreignAnswer, foreignBodyAnswer } from './lib/foreign-answers.mjs';
import { ROWS } from './lib/matrix-rows.mjs';
import { asDocumented, operationsOf, withParameters } from './lib/operations.mjs';
import { clientOf, inviteMember, listenToLetters, ok, signUpOwner } from './lib/people.mjs';
import { startPlatform } from './lib/platform.mjs';
import { report } from './lib/report.mjs';
import { changedTables, rowHashes } from './lib/row-hashes.mjs';
import { sampleOf } from './lib/samples.mjs';

const { values: flags } = parseArgs({ options: { reduced: { type: 'boolean', default: false }, defect: { type: 'string' } } });
const ANY_ID = '0190a000-0000-7000-8000-0000000000dd';
/** Of the same platform, a moment apart. */
const HEALTH = [200, 503];
const failures = [];
const counts = { requests: 0 };
await plant(flags.defect);
const platform = await startPlatform(flags.reduced ? { services: ['identity'] } : { env: { IDENTITY_PRIVACY_SERVICES: 'tts,identity' } });
const letters = listenToLetters(platform.connection, { inPlaceOfNotifications: flags.reduced });
const operations = operationsOf((await clientOf(platform.url)('GET', '/api/docs-json')).body);

compareLists();
const forge = new TokenForge(platform);
await forge.publish();
const owner = await signUpOwner({ url: platform.url, letters }, 'ana@a-canary.example', 'Escola A-CANARY');
await checkForge();
await refuseBadCredentials(await badCredentials());
if (!flags.reduced) await keepTenantsApart();
await platform.stop();
report('auth:matrix', { routes: platform.routes.length, operations: operations.length, rows: Object.values(ROWS).flat().length, columns: flags.reduced ? 13 : 16, ...counts, deviations: failures.length }, failures);

/** Routes in the router = operations in OpenAPI = rows of the matrix, each with the permission that its row says. */
function compareLists() {
  const routed = platform.routes.map(asDocumented).sort();
  const documented = operations.map(({ method, path }) => `${method} ${path}`).sort();
  for (const route of routed) if (!documented.includes(route)) failures.push(`routed and not documented: ${route}`);
  for (const route of documented) if (!routed.includes(route)) failures.push(`documented and not routed: ${route}`);
  const rows = new Map(Object.entries(ROWS).flatMap(([access, ids]) => ids.map((id) => [id, access])));
  for (const { id, access } of operations) if (rows.get(id) !== access) failures.push(`${id} is ${access}, its row says ${rows.get(id) ?? 'nothing: it has none'}`);
  for (const id of rows.keys()) if (!operations.some((operation) => operation.id === id)) failures.push(`there is a row for ${id}, and no such operation`);
}

/** What is signed as it should be opens: so it is the fault alone that closes. */
async function checkForge() {
  const { status } = await clientOf(platform.url, forge.sign(forge.claims(owner.tokens)))('GET', '/api/auth/me');
  if (status !== 200) failures.push(`a token without fault is answered ${status}`);
}

/** Makers of one credential for each request: answers are remembered by credential. */
async function badCredentials() {
  const now = Math.floor(Date.now() / 1000);
  const claims = (own) => forge.claims(owner.tokens, own);
  const rotated = new TokenForge(platform);
  await rotated.publish();
  const whileValid = await clientOf(platform.url, rotated.sign(rotated.claims(owner.tokens)))('GET', '/api/auth/me');
  if (whileValid.status !== 200) failures.push(`a key that is published beside another opens nothing: ${whileValid.status}`);
  await rotated.withdraw();
  const suspended = await inviteMember({ url: platform.url, letters }, owner, 'suspensa@a-canary.example', 'admin');
  ok(await owner.call('PUT', `/api/organizations/${owner.tokens.tenant_id}/members/${suspended.tokens.account_id}`, { suspended: true }));
  const revoked = ok(await owner.call('POST', '/api/api-keys', { name: 'revoked', mode: 'live', role: 'owner' }));
  ok(await owner.call('DELETE', `/api/api-keys/${revoked.api_key.id}`));
  return {
    'no token': () => undefined,
    garbage: () => 'garbage',
    expired: () => forge.sign(claims({ iat: now - 900, exp: now - 1 })),
    'not yet valid': () => forge.sign(claims({ nbf: now + 300 })),
    'alg none': () => forge.unsigned(claims()),
    'HS256 with the public key': () => forge.confused(claims()),
    'wrong issuer': () => forge.sign(claims({ iss: 'https://evil.example' })),
    'wrong audience': () => forge.sign(claims({ aud: 'another-api' })),
    'refresh token as access token': () => owner.tokens.refresh_token,
    'rotated-out key': () => rotated.sign(rotated.claims(owner.tokens)),
    'revoked API key': () => revoked.key,
    'suspended user': () => forge.sign(forge.claims(suspended.tokens)),
  };
}

async function refuseBadCredentials(credentials) {
  const weak = await weakCredentials();
  for (const operation of operations) {
    const path = withParameters(operation.path, () => ANY_ID);
    const statusOf = async (credential) => {
      counts.requests += 1;
      return (await clientOf(platform.url, credential)(operation.method, path, operation.method === 'POST' || operation.method === 'PUT' ? {} : undefined)).status;
    };
    const open = operation.access === 'public' ? [await statusOf(undefined), ...(operation.tag === 'health' ? HEALTH : [])] : [401];
    const statuses = await Promise.all(Object.values(credentials).map((make) => statusOf(make())));
    Object.keys(credentials).forEach((name, index) => expectStatus(operation, name, statuses[index], open));
    if (operation.access !== 'public') expectStatus(operation, 'wrong role', await statusOf(weak(operation.access)), [403]);
  }
}

/** A credential that is valid and may everything but this: a role without the permission, or a key whose scopes leave it out. */
async function weakCredentials() {
  const viewer = await inviteMember({ url: platform.url, letters }, owner, 'vera@a-canary.example', 'viewer');
  const keyOf = async (scope) => ok(await owner.call('POST', '/api/api-keys', { name: scope, mode: 'live', role: 'owner', scopes: [scope] })).key;
  const [auditor, reader] = [await keyOf('audit:read'), await keyOf('courses:read')];
  return (access) => {
    if (access === 'account') return reader;
    if (!ROLE_PERMISSIONS.viewer.includes(access)) return viewer.tokens.access_token;
    return access === 'audit:read' ? reader : auditor;
  };
}

function expectStatus({ method, path }, column, status, expected) {
  if (!expected.includes(status)) failures.push(`${method} ${path} × ${column}: ${status} in place of ${expected.join(' or ')}`);
}

/** With everything of one tenant known to the other: its ids in paths, bodies and queries find nothing, show nothing and change nothing. */
async function keepTenantsApart() {
  const ids = await belongings();
  const other = await signUpOwner({ url: platform.url, letters }, 'bia@b.example', 'Escola B');
  const accountIds = [owner.tokens.account_id];
  await new Promise((resolve) => setTimeout(resolve, 3_000)); // what the belongings set going has come to rest
  const before = await rowHashes(platform.database, { tenantId: owner.tokens.tenant_id, accountIds });
  for (const operation of operations.filter(({ access, tag }) => access !== 'public' && tag !== 'health')) {
    // A session for each request: some of them end it.
    const call = async (...request) => clientOf(platform.url, forge.sign(forge.claims(await forge.newSession(other.tokens))))(...request);
    await tryForeign({ operation, call, ids });
  }
  const changed = changedTables(before, await rowHashes(platform.database, { tenantId: owner.tokens.tenant_id, accountIds }));
  counts.tables_compared = before.size;
  for (const table of changed) failures.push(`rows of the other tenant changed in ${table}`);
}

async function tryForeign({ operation, call, ids }) {
  const { method, path, body, example, access } = operation;
  const names = [...path.matchAll(/\{([a-z_]+)\}/g)].map((match) => match[1]);
  const foreign = withParameters(path, (name) => ids[name] ?? sampleOf(operation.parameters.find((parameter) => parameter.name === name)?.schema));
  const content = body && (example ?? sampleOf(body));
  const query = operation.parameters.filter((parameter) => parameter.in === 'query' && parameter.required).map(({ name, schema }) => `${name}=${encodeURIComponent(sampleOf(schema))}`).join('&');
  const withQuery = query === '' ? foreign : `${foreign}?${query}`;
  const requests = {
    "other tenant's token and id in path": [withQuery, content, names.some((name) => ids[name]) ? foreignAnswer(operation.id) : undefined],
    "other tenant's id in body": method === 'POST' || method === 'PUT' ? [withQuery, { ...content, tenant_id: ids.organization_id, organization_id: ids.organization_id }, foreignBodyAnswer(operation.id)] : undefined,
    "other tenant's id in query": [`${foreign}?tenant_id=${ids.organization_id}${query && `&${query}`}`, content, [400, 404]],
  };
  for (const [column, request] of Object.entries(requests)) {
    if (!request) continue;
    const [target, sent, expected] = request;
    const { status, text } = await call(method, target, sent);
    counts.requests += 1;
    if (expected && !expected.includes(status)) failures.push(`${method} ${path} (${access}) × ${column}: ${status} in place of ${expected.join(' or ')}: ${text.slice(0, 160)}`);
    if (text.includes('A-CANARY') || text.includes('a-canary')) failures.push(`${method} ${path} × ${column} shows what belongs to the other tenant`);
  }
}

/** One of everything that has an id. */
async function belongings() {
  const { call, tokens } = owner;
  const course = ok(await call('POST', '/api/courses', { title: 'A-CANARY', text: 'A água A-CANARY muda de estado. O gelo derrete e a água evapora quando o sol a aquece.' }));
  await call('POST', `/api/courses/${course.id}/cancel`);
  const key = ok(await call('POST', '/api/api-keys', { name: 'A-CANARY', mode: 'live', role: 'editor' }));
  const invitation = ok(await call('POST', `/api/organizations/${tokens.tenant_id}/invitations`, { email: 'convidada@a-canary.example', role: 'viewer' }));
  const batch = ok(await call('POST', '/api/integrations/tts/synthesize/batch', { items: [{ id: 's1', text: 'Bom dia.', language: 'pt-BR' }] }));
  const job = ok(await call('POST', '/api/privacy/me/jobs', { kind: 'export' }));
  for (let tries = 0; tries < 200 && ok(await call('GET', `/api/privacy/me/jobs/${job.id}`)).state !== 'done'; tries += 1) await new Promise((resolve) => setTimeout(resolve, 100));
  ok(await call('PUT', '/api/credentials/openai/api_key', { value: 'A-CANARY-credential' }));
  const messages = (await call('GET', '/api/mailbox/messages')).body?.messages ?? [];
  return {
    course_id: course.id, key_id: key.api_key.id, invitation_id: invitation.id, batch_id: batch.id ?? batch.batch_id, job_id: job.id, organization_id: tokens.tenant_id, account_id: tokens.account_id,
    session_id: tokens.session_id, video_id: ANY_ID, endpoint_id: ANY_ID, identity_id: ANY_ID, ...(messages[0] && { message_id: messages[0].id }),
  };
}
