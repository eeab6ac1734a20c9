// Addresses that lead into a network that is not public × every field of ours that takes an address, and redirects and names that change: a sentinel hears nothing.
// Flags: --reduced (the client alone), --defect trusting (must fail)
import { createServer } from 'node:http';
import { parseArgs } from 'node:util';
import { OutboundHttp } from '@tecnocursos/nest-kit';
import { operationsOf } from './lib/operations.mjs';
import { clientOf, listenToLetters, signUpOwner } from './lib/people.mjs';
import { startPlatform } from './lib/platform.mjs';
import { report } from './lib/report.mjs';
import { sampleOf } from './lib/samples.mjs';
import { forbiddenUrls } from './lib/forbidden-urls.mjs';

const { values: flags } = parseArgs({ options: { reduced: { type: 'boolean', default: false }, defect: { type: 'string' } } });
const trustedHosts = flags.defect === 'trusting' ? ['127.0.0.1', 'localhost'] : [];
/** Members that tell which of several shapes a field has, where a field belongs to one of them alone. */
const SHAPES = { 'background.url': { type: 'image_url' }, 'messages.0.content.0.image_url.url': { type: 'image_url' } };
const failures = [];
const counts = { requests: 0 };
let connections = 0;
const sentinel = createServer((_request, response) => response.end('secret'));
sentinel.on('connection', () => { connections += 1; });
await new Promise((resolve) => sentinel.listen(0, '::', resolve));
const { port } = sentinel.address();
const urls = forbiddenUrls(port);

await tryClient();
const fields = flags.reduced ? [] : await tryFields();
if (connections > 0) failures.push(`the sentinel got ${connections} connections`);
sentinel.closeAllConnections();
sentinel.close();
report('ssrf', { urls: urls.length, fields: fields.length, ...counts, sentinel_connections: connections }, failures);

/** The one client that all of them use: directly, over a redirect, and by a name that turns from public to private. */
async function tryClient() {
  const redirector = createServer((request, response) => response.writeHead(302, { location: encodeURI(decodeURIComponent(request.url.slice(1))) }).end());
  await new Promise((resolve) => redirector.listen(0, '127.0.0.1', resolve));
  const start = `127.0.0.1:${redirector.address().port}`;
  const client = new OutboundHttp({ policy: { ports: [443, port], trustedHosts: [start, ...trustedHosts] } });
  for (const url of urls) {
    for (const wanted of [{ url }, { url: `http://${start}/${encodeURIComponent(url)}`, redirects: 3 }]) {
      counts.requests += 1;
      const outcome = await client.request({ ...wanted, timeoutMs: 2_000 }).then(({ status }) => `answered ${status}`, ({ kind }) => kind);
      if (!['refused', 'redirected'].includes(outcome)) failures.push(`${JSON.stringify(wanted)}: ${outcome}`);
    }
  }
  await client.close();
  for (const addresses of [['127.0.0.1'], ['::1'], ['93.184.216.34', '127.0.0.1'], ['::ffff:127.0.0.1']]) {
    let questions = 0;
    const resolve = async () => ((questions += 1) === 1 ? ['93.184.216.34'] : addresses).map((address) => ({ address, family: address.includes(':') ? 6 : 4 }));
    const rebound = new OutboundHttp({ policy: { ports: [port] }, resolve });
    await rebound.checkField(`https://rebind.example.com:${port}/`, 'url');
    const outcome = await rebound.request({ url: `https://rebind.example.com:${port}/`, timeoutMs: 2_000 }).then(({ status }) => `answered ${status}`, ({ kind }) => kind);
    if (outcome !== 'refused') failures.push(`a name that turned to ${addresses}: ${outcome}`);
    await rebound.close();
  }
  redirector.closeAllConnections();
  redirector.close();
}

/** Each field of each request, with the rest of the request as its example has it. */
async function tryFields() {
  const platform = await startPlatform({ env: { OUTBOUND_HTTP_PORTS: `443,${port}`, OUTBOUND_HTTP_TRUSTED_HOSTS: trustedHosts.join(',') }, logLevel: 'error' });
  const owner = await signUpOwner({ url: platform.url, letters: listenToLetters(platform.connection) }, 'ana@ssrf.example', 'SSRF');
  const document = (await clientOf(platform.url)('GET', '/api/docs-json')).body;
  const found = operationsOf(document).flatMap((operation) => urlFieldsOf(operation.body).map((path) => ({ operation, path })));
  for (const { operation, path } of found) {
    const target = operation.path.replace('{provider}', 'google').replace(/\{[a-z_]+\}/g, '0190a000-0000-7000-8000-0000000000dd');
    const accepted = [];
    for (const url of urls) {
      counts.requests += 1;
      const { status } = await owner.call(operation.method, target, withValue(operation.example ?? sampleOf(operation.body), path, url));
      if (status < 300) accepted.push(url);
      if (status === 500) failures.push(`${operation.id} ${path.join('.')} ← ${url}: 500`);
    }
    counts.accepted = (counts.accepted ?? 0) + accepted.length;
  }
  await new Promise((resolve) => setTimeout(resolve, 5_000)); // what is fetched later is fetched now
  await platform.stop();
  return found;
}

function urlFieldsOf(schema, path = []) {
  if (typeof schema !== 'object' || schema === null) return [];
  const own = schema.type === 'string' && (schema.format === 'uri' || /(^|_)(url|uri)$/.test(path.at(-1) ?? '')) ? [path] : [];
  const inner = Object.entries(schema.properties ?? {}).flatMap(([name, one]) => urlFieldsOf(one, [...path, name]));
  const choices = [...(schema.anyOf ?? []), ...(schema.oneOf ?? [])].flatMap((one) => urlFieldsOf(one, path));
  return [...own, ...inner, ...choices, ...(schema.items ? urlFieldsOf(schema.items, [...path, 0]) : [])];
}

function withValue(value, path, url) {
  const copy = structuredClone(value);
  let place = copy;
  path.slice(0, -1).forEach((name, index) => {
    if (typeof place[name] !== 'object' || place[name] === null || (path[index + 1] === 0) !== Array.isArray(place[name])) place[name] = path[index + 1] === 0 ? [] : {};
    place = place[name];
  });
  place[path.at(-1)] = url;
  const shape = SHAPES[path.join('.')];
  if (shape && path[0] === 'background') copy.background = { ...shape, url };
  if (shape && path[0] === 'messages') copy.messages = [{ role: 'user', content: [{ ...shape, image_url: { url } }] }];
  return copy;
}
