// Requests made of our own OpenAPI document, honest and hostile, with and without a token: none may end in a 5xx, and every answer must be one that the document describes.
// Flags: --cases <for each operation> --seed <number> --only <part of an operation's id> --defect <name> (must fail)
import { parseArgs } from 'node:util';
import Ajv2020 from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import fc from 'fast-check';
import { request as send, Agent } from 'undici';
import { plant } from './lib/defects.mjs';
import { requestOf } from './lib/hostile.mjs';
import { operationsOf } from './lib/operations.mjs';
import { clientOf, listenToLetters, PASSWORD, signUpOwner } from './lib/people.mjs';
import { startPlatform } from './lib/platform.mjs';
import { report } from './lib/report.mjs';

const { values: flags } = parseArgs({
  options: { cases: { type: 'string', default: '200' }, seed: { type: 'string', default: '1' }, only: { type: 'string' }, services: { type: 'string' }, defect: { type: 'string' } },
});
const CASES = Number(flags.cases);
const SEED = Number(flags.seed);
const AT_ONCE = 8;
const SLOW_MS = 30_000;
const GROWTH_LIMIT_MB = 200;
/** Node refuses longer ones (16 kB with the request line) before anybody knows which operation they are for. */
const HEADER_BYTES = 15_000;
/** They end the session or the tenant that is used for everything else, or go through every integration for a minute. */
const APART = new Set(['testAllServices']);
/** 502 and 503 that say which vendor or engine is off; a 503 of the bus itself is none. */
const VENDORS_OFF = ['provider_unavailable', 'provider_failed', 'engine_missing'];
const LEAKS = /node_modules|\bat [A-Za-z.]+ \(|select .+ from|syntax error at or near|ECONNREFUSED|QueryFailed|PostgresError|\/src\/|\.ts:\d/;

const NOT_JSON = Symbol('not JSON');
const wellFormed = (text) => String(text).toWellFormed();
const segment = (text) => encodeURIComponent(wellFormed(text ?? '')) || '%20';
const printable = (text) => String(text).replace(/[^\x20-\x7e]/g, '?').slice(0, 1_000);

await plant(flags.defect);
const services = flags.services?.split(',');
/** With some services alone, the others are honestly told to be away. */
const ALLOWED = new Set([...VENDORS_OFF, ...(services ? ['unavailable'] : [])]);
const platform = await startPlatform({ ...(services && { services }), logLevel: 'error' });
const letters = listenToLetters(platform.connection, { inPlaceOfNotifications: services !== undefined && !services.includes('notifications') });
const document = (await clientOf(platform.url)('GET', '/api/docs-json')).body;
const operations = operationsOf(document).filter(({ id }) => !APART.has(id) && (flags.only === undefined || id.includes(flags.only)));
const validators = validatorsOf(document);
const failures = [];
const counts = { requests: 0, by_class: {} };
const agent = new Agent({ connections: AT_ONCE, pipelining: 1 });

const tokens = await signUpTokens();
await fuzzAll(Math.min(10, CASES)); // what is built once and kept is built now
globalThis.gc?.();
const before = process.memoryUsage();
const slowest = await fuzzAll(CASES);
globalThis.gc?.();
const grownMb = Math.round((process.memoryUsage().heapUsed - before.heapUsed) / 1024 / 1024);
if (grownMb > GROWTH_LIMIT_MB) failures.push(`the heap grew by ${grownMb} MB`);
if ((await clientOf(platform.url)('GET', '/api/health/live')).status !== 200) failures.push('the platform does not live any more');
await platform.stop();
report('fuzz:openapi', { seed: SEED, cases: CASES, operations: operations.length, ...counts, heap_growth_mb: grownMb, slowest }, failures);

async function signUpTokens() {
  const owner = await signUpOwner({ url: platform.url, letters }, 'ana@fuzz.example', 'Fuzz');
  const key = (await owner.call('POST', '/api/api-keys', { name: 'fuzz', mode: 'test', role: 'owner' })).body.key;
  // A session for those operations that belong to a person; it is taken anew when a case has ended it.
  return { key, owner, session: owner.tokens.access_token };
}

async function fuzzAll(cases) {
  let slowestCase = { ms: 0, operation: '' };
  for (const operation of operations) {
    const requests = fc.sample(requestOf(operation), { numRuns: cases, seed: SEED });
    for (let at = 0; at < requests.length; at += AT_ONCE) {
      const timed = await Promise.all(requests.slice(at, at + AT_ONCE).map((request, index) => one(operation, request, (at + index) % 3 === 2)));
      for (const ms of timed) if (ms > slowestCase.ms) slowestCase = { ms: Math.round(ms), operation: operation.id };
    }
  }
  return slowestCase;
}

async function one(operation, request, withoutToken) {
  const credential = withoutToken ? undefined : operation.access === 'account' ? await sessionToken() : tokens.key;
  const started = performance.now();
  try {
    const answer = await exchange(operation, request, credential);
    counts.requests += 1;
    counts.by_class[`${Math.floor(answer.status / 100)}xx`] = (counts.by_class[`${Math.floor(answer.status / 100)}xx`] ?? 0) + 1;
    for (const problem of judge(operation, answer)) failures.push(`${operation.method} ${operation.path}: ${problem} ← ${JSON.stringify(request).slice(0, 300)}`);
  } catch (error) {
    failures.push(`${operation.method} ${operation.path}: no answer (${error.code ?? error.message}) ← ${JSON.stringify(request).slice(0, 300)}`);
  }
  return performance.now() - started;
}

async function sessionToken() {
  if ((await clientOf(platform.url, tokens.session)('GET', '/api/auth/me')).status !== 401) return tokens.session;
  const { body } = await clientOf(platform.url)('POST', '/api/auth/login', { email: 'ana@fuzz.example', password: PASSWORD });
  tokens.session = body?.tokens?.access_token ?? tokens.session;
  return tokens.session;
}

async function exchange({ method, path }, request, credential) {
  const values = Object.fromEntries(request.path);
  const target = path.replace(/\{([a-z_]+)\}/g, (_whole, name) => segment(values[name]));
  const query = new URLSearchParams([...request.query, ...(request.surplus ? [request.surplus] : [])].map(([name, value]) => [name, wellFormed(value)])).toString();
  const headers = Object.fromEntries(request.headers.map(([name, value]) => [name, printable(value)]));
  const response = await send(`${platform.url}${target}${query && `?${query}`}`, {
    method, dispatcher: agent, bodyTimeout: SLOW_MS, headersTimeout: SLOW_MS,
    headers: { ...headers, ...(credential && { authorization: `Bearer ${credential}` }), ...(request.body !== undefined && { 'content-type': request.contentType }) },
    ...(request.body !== undefined && { body: wellFormed(request.body) }),
  });
  const contentType = String(response.headers['content-type'] ?? '');
  const isUnread = response.statusCode === 400 && target.length + query.length + JSON.stringify(headers).length > HEADER_BYTES;
  if (contentType.startsWith('text/event-stream')) {
    response.body.on('error', () => undefined).destroy();
    return { status: response.statusCode, contentType, text: '', isUnread };
  }
  return { status: response.statusCode, contentType, text: await response.body.text(), isUnread };
}

function judge(operation, { status, contentType, text, isUnread }) {
  const type = contentType.split(';')[0];
  const body = type.endsWith('json') && text !== '' ? parsed(text) : undefined;
  if (body === NOT_JSON) return [`${status} is no JSON`];
  const problems = [];
  if (status >= 500 && !ALLOWED.has(body?.code) && operation.tag !== 'health') problems.push(`${status} ${body?.code ?? ''} ${body?.detail ?? ''}`);
  if (LEAKS.test(status >= 400 ? text : '')) problems.push(`${status} tells of the inside: ${text.slice(0, 200)}`);
  const documented = isUnread ? 'any' : documentedFor(operation, status);
  if (!documented) return [...problems, `${status} ${body?.code ?? ''} is not documented`];
  const validate = validators.get(`${operation.id} ${documented} ${type}`);
  if (validate && !validate(body)) problems.push(`${status} does not match its schema: ${JSON.stringify(validate.errors?.slice(0, 2))}`);
  if (documented === 'any' && status >= 400 && typeof body?.code !== 'string') problems.push(`${status} is no problem document`);
  if (!validate && type.endsWith('json') && documented !== 'any') problems.push(`${status} comes as ${type}, which is not documented`);
  return problems;
}

/** A path that is broken is answered before its operation is known, and parts of files come with 206. */
function documentedFor({ responses }, status) {
  if (responses[status]) return String(status);
  if ((status === 404 || status === 400 || status === 405 || status === 413 || status === 415) && !responses[status]) return 'any';
  return status === 204 || status === 201 || status === 206 ? 'any' : undefined;
}

function parsed(text) {
  try {
    return JSON.parse(text);
  } catch {
    return NOT_JSON;
  }
}

function validatorsOf({ paths, components }) {
  const ajv = new Ajv2020({ strict: false, allErrors: false, validateFormats: true });
  addFormats.default(ajv);
  const found = new Map();
  for (const item of Object.values(paths)) {
    for (const { operationId, responses } of Object.values(item)) {
      for (const [status, { content = {} }] of Object.entries(responses)) {
        for (const [type, { schema }] of Object.entries(content)) found.set(`${operationId} ${status} ${type}`, schema && type.endsWith('json') ? ajv.compile({ ...schema, components }) : () => true);
      }
    }
  }
  return found;
}
