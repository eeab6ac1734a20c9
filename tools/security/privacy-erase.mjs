// Canary values of one person all over the platform; then the person is erased, and every place where anything is kept is searched for them.
// Flags: --defect courses-not-asked (must fail)
import { randomBytes } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { setTimeout as sleep } from 'node:timers/promises';
import { sql } from 'kysely';
import { clientOf, listenToLetters, ok, PASSWORD } from './lib/people.mjs';
import { startPlatform } from './lib/platform.mjs';
import { report } from './lib/report.mjs';

const { values: flags } = parseArgs({ options: { defect: { type: 'string' } } });
const WAIT_S = 120;
const failures = [];
const canaries = new Map();
/** Letters and digits alone, so that no escaping hides one. */
const canary = (what) => {
  const value = `zq${randomBytes(8).toString('hex')}`;
  canaries.set(what, value);
  return value;
};
const services = flags.defect === 'courses-not-asked' ? 'identity,billing' : undefined;
const platform = await startPlatform({ ...(services && { env: { IDENTITY_PRIVACY_SERVICES: services } }) });
const letters = listenToLetters(platform.connection);
const email = `${canary('e-mail')}@titular.example`;

const owner = await appear();
await scatter();
await sleep(2_000);
const found = { before: countHits(await everything()), after: {} };
const present = [...canaries].filter(([, value]) => found.before.values.has(value)).length;
if (present < 20) failures.push(`only ${present} canaries were stored anywhere: too few to say anything`);
const job = await eraseAll();
await sleep(1_500);
const after = countHits(await everything());
for (const [what, value] of canaries) if (after.values.has(value)) failures.push(`${what} is still in ${[...after.places.get(value)].slice(0, 4).join(', ')}`);
await platform.stop();
report('privacy:erase', {
  canaries: canaries.size, stored_before: present, found_afterwards: after.values.size, job_state: job?.state ?? null,
  services: (job?.services ?? []).map(({ service, state }) => `${service}:${state}`).join(' '),
}, failures);

async function appear() {
  const agent = { 'user-agent': canary('user agent of the sign-up') };
  const open = clientOf(platform.url);
  ok(await open('POST', '/api/auth/sign-up', { email, password: PASSWORD, name: canary('name'), organization_name: canary('organization') }, agent));
  ok(await open('POST', '/api/auth/verify-email', { token: await letters.tokenTo(email, 'verify-email') }, { 'user-agent': canary('user agent of the confirmation') }));
  const { tokens } = ok(await open('POST', '/api/auth/login', { email, password: PASSWORD }, { 'user-agent': canary('user agent of the sign-in') }));
  return { tokens, call: clientOf(platform.url, tokens.access_token) };
}

async function scatter() {
  const { call, tokens } = owner;
  for (let number = 1; number <= 5; number += 1) {
    const text = `A água muda de estado conforme a temperatura. O gelo derrete quando o sol o aquece, e a água evapora. Depois o vapor forma as nuvens e volta como chuva. Palavra: ${canary(`text of course ${number}`)}.`;
    const course = ok(await call('POST', '/api/courses', { title: canary(`title of course ${number}`), text }));
    if (number > 2) await call('POST', `/api/courses/${course.id}/cancel`);
  }
  for (let number = 1; number <= 3; number += 1) ok(await call('POST', '/api/api-keys', { name: canary(`name of API key ${number}`), mode: 'test' }));
  for (let number = 1; number <= 3; number += 1) ok(await call('POST', `/api/organizations/${tokens.tenant_id}/invitations`, { email: `${canary(`invited address ${number}`)}@titular.example`, role: 'viewer' }));
  for (const field of ['api_key', 'client_secret']) ok(await call('PUT', `/api/credentials/openai/${field}`, { value: canary(`credential ${field}`) }));
  ok(await call('PUT', '/api/auth/me', { name: canary('second name') }));
  ok(await call('PUT', `/api/organizations/${tokens.tenant_id}`, { owner_name: canary('name for messages') }));
  await call('POST', '/api/integrations/tts/synthesize/batch', { items: [{ id: 's1', text: canary('text of a batch'), language: 'pt-BR' }] });
  for (let number = 1; number <= 2; number += 1) {
    await call('POST', '/v1/chat/completions', { model: 'standard', messages: [{ role: 'user', content: canary(`chat message ${number}`) }] });
    await call('POST', '/api/integrations/ai/improve-text', { text: `${canary(`text to improve ${number}`)} é um texto.`, goals: ['grammar'] });
  }
  await clientOf(platform.url)('POST', '/api/auth/password/forgot', { email }, { 'user-agent': canary('user agent of a reset') });
}

async function eraseAll() {
  const begun = ok(await owner.call('POST', '/api/privacy/me/jobs', { kind: 'erase' }));
  const db = platform.database.schema('identity');
  for (let waited = 0; waited < WAIT_S; waited += 1) {
    // The person's own token ends with the account, so the record itself is asked.
    const { rows: [row] } = await sql`select row_to_json(t) as job from identity.privacy_job t where id = ${begun.id}`.execute(db);
    if (row && ['done', 'incomplete'].includes(row.job.state)) return { ...row.job, services: parsedServices(row.job.services) };
    await sleep(1_000);
  }
  failures.push(`the erasure did not end within ${WAIT_S} s`);
  return null;
}

const parsedServices = (services) => (typeof services === 'string' ? JSON.parse(services) : services ?? []);

/** Every row of every table, every file, every stream of the broker. */
async function everything() {
  const db = platform.database.schema('public');
  const { rows } = await sql`select table_schema as schema, table_name as name from information_schema.tables where table_schema not in ('pg_catalog', 'information_schema') and table_type = 'BASE TABLE'`.execute(db);
  const texts = [];
  for (const { schema, name } of rows) {
    const { rows: all } = await sql`select row_to_json(t)::text as row from ${sql.table(`${schema}.${name}`)} t`.execute(db);
    texts.push([`${schema}.${name}`, all.map(({ row }) => row).join('\n')]);
  }
  const entries = await readdir(platform.directory, { recursive: true, withFileTypes: true });
  for (const entry of entries.filter((one) => one.isFile() && !one.parentPath.includes('/postgres'))) {
    const path = join(entry.parentPath, entry.name);
    texts.push([path.slice(platform.directory.length), `${entry.name}\n${await readFile(path, 'latin1').catch(() => '')}`]);
  }
  texts.push(['the log', platform.log.join('')]);
  return texts;
}

function countHits(texts) {
  const places = new Map();
  for (const value of canaries.values()) for (const [place, text] of texts) if (text.includes(value)) places.set(value, (places.get(value) ?? new Set()).add(place));
  return { values: new Set(places.keys()), places };
}
