// Every configured secret is a canary; then work, refusals and faults at the most talkative log level. No canary may be found in logs, answers, metrics, bus, database or files.
// Flags: --reduced (identity alone), --defect no-scrubbing (must fail)
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { sql } from 'kysely';
import { plant } from './lib/defects.mjs';
import { formsOf } from './lib/canaries.mjs';
import { clientOf, listenToLetters, PASSWORD, signUpOwner } from './lib/people.mjs';
import { startPlatform } from './lib/platform.mjs';
import { report } from './lib/report.mjs';
import { canaryOf, secretVariables } from './lib/secret-variables.mjs';

const { values: flags } = parseArgs({ options: { reduced: { type: 'boolean', default: false }, defect: { type: 'string' } } });
await plant(flags.defect);
const failures = [];
const variables = Object.fromEntries((await secretVariables()).map((name) => [name, canaryOf(name)]));
const platform = await startPlatform({ ...(flags.reduced && { services: ['identity'] }), env: variables, logLevel: 'trace' });
const letters = listenToLetters(platform.connection, { inPlaceOfNotifications: flags.reduced });
const onBus = [];
platform.connection.subscribe('>', { callback: (_error, message) => void onBus.push({ subject: message.subject, text: message.string() }) });
const answers = [];
/** What people type travels to identity, which must compare and seal it; it may be nowhere else. */
const typed = { password: PASSWORD, wrongPassword: canaryOf('WRONG_PASSWORD'), credential: canaryOf('CREDENTIAL') };
const MAY_CARRY = /^identity\.(?:account|session|password|invitation|credential|email)\./;

await work();
breakThings();
await new Promise((resolve) => setTimeout(resolve, 300));
const metrics = await platform.runtime.metrics.registry.metrics();
const places = {
  logs: platform.log.join(''), answers: answers.join('\n'), metrics, database: await databaseText(), files: await filesText(),
  bus: onBus.map(({ subject, text }) => `${subject} ${text}`).join('\n'),
};
await platform.stop();
const hits = {};
for (const [place, text] of Object.entries(places)) {
  hits[place] = 0;
  for (const [name, value] of [...Object.entries(variables), ['(vendor credential)', typed.credential]]) {
    if (place === 'bus' && name === '(vendor credential)') continue;
    for (const form of formsOf(value)) {
      const times = text.split(form).length - 1;
      hits[place] += times;
      if (times > 0) failures.push(`${name} in ${place}, ${times} times: …${around(text, form)}…`);
    }
  }
}
for (const { subject, text } of onBus) if (text.includes(typed.credential) && !MAY_CARRY.test(subject) && !subject.startsWith('_INBOX')) failures.push(`a vendor credential went over ${subject}`);
for (const [place, text] of Object.entries(places)) if (place !== 'bus' && (text.includes(typed.password) || text.includes(typed.wrongPassword))) failures.push(`a password is in ${place}`);
const seen = Object.fromEntries(Object.entries(places).map(([place, text]) => [place, text.length]));
if (seen.logs < 2_000 || seen.answers < 2_000 || seen.database < 2_000 || seen.bus < 2_000) failures.push(`too little was looked at to say anything: ${JSON.stringify(seen)}`);
report('secrets:canary', { canaries: Object.keys(variables).length + 1, hits: Object.values(hits).reduce((sum, count) => sum + count, 0), hits_by_place: hits, characters_by_place: seen }, failures);

async function work() {
  const owner = await signUpOwner({ url: platform.url, letters }, 'ana@canary.example', 'Canary');
  const call = (credential) => async (...request) => {
    const answer = await clientOf(platform.url, credential)(...request);
    answers.push(`${[...answer.headers].map((pair) => pair.join(': ')).join('\n')}\n${answer.text}`);
    return answer;
  };
  const own = call(owner.tokens.access_token);
  await own('PUT', '/api/credentials/openai/api_key', { value: typed.credential });
  const paths = ['/api/credentials', '/api/audit', '/api/api-keys', '/api/docs-json', '/api/integrations', '/api/integrations/test/diagnostics', '/api/health', '/api/integrations/health', '/api/auth/me', '/v1/models'];
  // At once: a service that does not run is waited for six seconds, because whoever listens on the whole bus looks like it to the broker.
  await Promise.all([
    ...paths.map((path) => own('GET', path)),
    own('POST', '/v1/chat/completions', { model: 'openai/gpt-5-mini', messages: [{ role: 'user', content: 'Olá' }] }),
    own('POST', '/api/integrations/tts/synthesize', { text: 'Bom dia.', language: 'pt-BR' }),
    own('POST', '/api/courses', { title: 'Canário', text: 'A água muda de estado. O gelo derrete.' }),
    own('POST', '/api/courses', '{"title":'),
    call(variables.OPENAI_API_KEY)('GET', '/api/courses'),
    call(undefined)('POST', '/api/auth/login', { email: 'ana@canary.example', password: typed.wrongPassword }),
    call(undefined)('GET', `/api/courses?api_key=${variables.OPENAI_API_KEY}`),
  ]);
}

/** What a careless line, or a library's error, would say: in the message, an error, its cause, a nested field, a URL, a header, in base64. */
function breakThings() {
  const { logger } = platform.runtime;
  const secret = Object.values(variables)[0];
  logger.error(`refused with ${secret}`);
  logger.error({ err: new Error(`401 for ${secret}`, { cause: new Error(secret) }) }, 'failed');
  logger.info({ a: { b: { c: { d: [secret] } } } }, 'deep');
  logger.warn({ url: `https://vendor.example/v1?key=${secret}` }, 'called');
  logger.debug({ headers: { 'x-api-key': secret, authorization: `Basic ${Buffer.from(secret).toString('base64')}` } }, 'sent');
}

async function databaseText() {
  const db = platform.database.schema('public');
  const { rows } = await sql`select table_schema as schema, table_name as name from information_schema.tables where table_schema not in ('pg_catalog', 'information_schema') and table_type = 'BASE TABLE'`.execute(db);
  const texts = [];
  for (const { schema, name } of rows) texts.push(...(await sql`select row_to_json(t)::text as row from ${sql.table(`${schema}.${name}`)} t`.execute(db)).rows.map(({ row }) => row));
  return texts.join('\n');
}

async function filesText() {
  const entries = await readdir(platform.directory, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile() && !entry.parentPath.includes('/postgres') && entry.name !== 'nats-server.conf').map((entry) => join(entry.parentPath, entry.name));
  return (await Promise.all(files.map((file) => readFile(file, 'latin1').catch(() => '')))).join('\n');
}

function around(text, form) {
  const at = text.indexOf(form);
  return text.slice(Math.max(0, at - 60), at + 12).replaceAll('\n', ' ');
}
