// Two gateways behind a balancer that is slow to notice, 40 clients on kept connections, and one restart after another: no request may fail.
// Flags: --restarts <number> --connections <number> --defect no-drain (must fail)
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { setTimeout as sleep } from 'node:timers/promises';
import { listPlans, PERMISSIONS, verifyApiKey } from '@tecnocursos/contracts';
import { freePort, startNatsServer } from '@tecnocursos/engines';
import { connectBus } from '@tecnocursos/messaging';
import { Agent, request } from 'undici';
import { newApiKey, root } from '../lib/platform.mjs';
import { startBalancer } from './lib/balancer.mjs';
import { plant, plantedBy } from './lib/defects.mjs';
import { report } from './lib/report.mjs';

const { values: flags } = parseArgs({ options: { restarts: { type: 'string', default: '10' }, connections: { type: 'string', default: '40' }, defect: { type: 'string' } } });
const RESTARTS = Number(flags.restarts);
const CONNECTIONS = Number(flags.connections);
/** So long the balancer goes on sending after a gateway said that it is not ready. */
const LAG_MS = 1_000;
const DRAIN_DELAY_MS = flags.defect === 'no-drain' ? 0 : 2_000;
/** One request of each client in twenty takes as long: it is under way when its gateway is told to stop. */
const SLOW_MS = 1_500;
const TENANT = '0190a000-0000-7000-8000-000000000001';

await plant(flags.defect); // in this process for nothing but its name
const failures = [];
const counts = { requests: 0, slow_requests: 0, uploads: 0, failed_requests: 0 };
const directory = await mkdtemp(join(tmpdir(), 'tecnocursos-rolling-'));
const broker = await startNatsServer({ directory });
const connection = await connectBus({ url: broker.url, name: 'services' });
serveContracts();
await connection.flush();
const gateways = await Promise.all([await freePort(), await freePort()].map((port) => startGateway(port)));
const balancer = await startBalancer({ upstreams: gateways.map(({ port }) => `http://127.0.0.1:${port}`), lagMs: LAG_MS });
const apiKey = newApiKey();
let isOver = false;
const clients = Array.from({ length: CONNECTIONS }, (_, number) => runClient(number));
await restartInTurn();
isOver = true;
await Promise.all(clients);
await balancer.close();
await Promise.all(gateways.map(({ child }) => stopProcess(child)));
await connection.close();
await broker.stop();
await rm(directory, { recursive: true, force: true });
if (counts.requests < RESTARTS * CONNECTIONS) failures.push(`only ${counts.requests} requests were made: too few to say anything`);
report('rolling', { restarts: RESTARTS, connections: CONNECTIONS, balancer_lag_ms: LAG_MS, drain_delay_ms: DRAIN_DELAY_MS, ...counts }, failures);

/** Identity and billing, as far as these requests need them. */
function serveContracts() {
  const reply = (contract, answer) => connection.subscribe(contract.subject, { callback: async (_error, message) => message.respond(JSON.stringify(await answer(message.json()))) });
  reply(verifyApiKey, () => ({ tenant_id: TENANT, key_id: TENANT, mode: 'live', role: 'owner', scopes: PERMISSIONS, expires_at: null }));
  reply(listPlans, async ({ feature }) => {
    if (feature !== undefined) await sleep(SLOW_MS);
    return { plans: [] };
  });
}

async function startGateway(port) {
  const env = { PATH: process.env.PATH, NODE_ENV: 'production', NATS_URL: broker.url, PORT: String(port), STORAGE_INTERNAL_URL: 'http://127.0.0.1:9', LOG_LEVEL: 'error', LOG_FORMAT: 'json', DRAIN_DELAY_MS: String(DRAIN_DELAY_MS), RATE_LIMIT_KEY_RPM: '0', RATE_LIMIT_ADDRESS_RPM: '0' };
  const child = fork(join(root, 'apps', 'gateway', 'dist', 'main.js'), [], { env, execArgv: plantedBy(flags.defect), stdio: ['ignore', 'inherit', 'inherit', 'ipc'] });
  for (let tries = 0; tries < 600; tries += 1) {
    if (await fetch(`http://127.0.0.1:${port}/api/health/ready`).then(({ ok }) => ok, () => false)) return { port, child };
    await sleep(100);
  }
  throw new Error('A gateway did not become ready');
}

async function restartInTurn() {
  await sleep(1_000);
  for (let restart = 0; restart < RESTARTS; restart += 1) {
    const gateway = gateways[restart % gateways.length];
    const code = await stopProcess(gateway.child);
    if (code !== 0) failures.push(`restart ${restart + 1}: the gateway exited with ${code}`);
    gateway.child = (await startGateway(gateway.port)).child;
    await balancer.isBack(restart % gateways.length);
  }
  await sleep(500);
}

/** With a second signal, which must change nothing. */
async function stopProcess(child) {
  const exited = once(child, 'exit');
  child.kill('SIGTERM');
  await sleep(50);
  child.kill('SIGTERM');
  const [code, signal] = await exited;
  return code ?? signal;
}

/** One kept connection to the balancer, with one request after another. */
async function runClient(number) {
  const agent = new Agent({ connections: 1, pipelining: 1 });
  for (let sent = number; !isOver; sent += 1) {
    const kind = sent % 20 === 0 ? 'slow' : sent % 7 === 0 ? 'upload' : 'quick';
    await tryRequest(agent, kind);
    await sleep(10);
  }
  await agent.close();
}

async function tryRequest(agent, kind) {
  const headers = { authorization: `Bearer ${apiKey}` };
  counts.requests += 1;
  try {
    // An upload that the gateway reads to its end and refuses by its content: 400 is its right answer.
    const { statusCode, body } = kind === 'upload'
      ? await request(`${balancer.url}/api/courses`, { method: 'POST', dispatcher: agent, headers: { ...headers, 'content-type': 'application/json' }, body: JSON.stringify({ title: '', text: 'x'.repeat(200_000) }) })
      : await request(`${balancer.url}/api/plans${kind === 'slow' ? '?feature=avatar' : ''}`, { dispatcher: agent, headers });
    await body.dump();
    if (kind === 'slow') counts.slow_requests += 1;
    if (kind === 'upload') counts.uploads += 1;
    if (statusCode !== (kind === 'upload' ? 400 : 200)) fail(`${kind}: ${statusCode}`);
  } catch (error) {
    fail(`${kind}: ${error.code ?? error.message}`);
  }
}

function fail(what) {
  counts.failed_requests += 1;
  failures.push(what);
}
