import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import autocannon from 'autocannon';
import { startNatsServer } from '@tecnocursos/engines';
import { newApiKey } from '../lib/platform.mjs';
import { startChild } from './children.mjs';

const CONNECTIONS = [1, 10, 100];
const ROUNDS = 3;
const PATH = '/api/plans?feature=avatar';

async function load(url, apiKey, connections, seconds) {
  const result = await autocannon({ url: `${url}${PATH}`, connections, duration: seconds, headers: { authorization: `Bearer ${apiKey}` } });
  if (result.non2xx > 0 || result.errors > 0) throw new Error(`${url}: ${result.non2xx} bad answers, ${result.errors} errors`);
  return { rps: result.requests.average, p50_ms: result.latency.p50, p99_ms: result.latency.p99 };
}

const median = (numbers) => numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)];
const summarize = (rounds) => Object.fromEntries(['rps', 'p50_ms', 'p99_ms'].map((key) => [key, median(rounds.map((round) => round[key]))]));

export async function run({ say, seconds = 4 }) {
  const directory = await mkdtemp(join(tmpdir(), 'tecnocursos-bench-'));
  const apiKey = newApiKey();
  const broker = await startNatsServer({ directory: join(directory, 'nats') });
  const children = [
    await startChild('gateway-backend.mjs', [broker.url, join(directory, 'data'), apiKey]),
    await startChild('bare-service.mjs', [broker.url]),
  ];
  const ours = await startChild('our-gateway.mjs', [broker.url]);
  const bare = await startChild('bare-gateway.mjs', [broker.url, apiKey]);
  const results = [];
  for (const { ready } of [ours, bare]) await load(ready.url, apiKey, 10, 2);
  for (const connections of CONNECTIONS) {
    const rounds = { ours: [], bare: [] };
    for (let round = 0; round < ROUNDS; round += 1) {
      rounds.ours.push(await load(ours.ready.url, apiKey, connections, seconds));
      rounds.bare.push(await load(bare.ready.url, apiKey, connections, seconds));
    }
    const row = { connections, ours: summarize(rounds.ours), bare: summarize(rounds.bare), ratio: Number(median(rounds.ours.map(({ rps }, index) => rps / rounds.bare[index].rps)).toFixed(2)) };
    results.push(row);
    say(`${String(connections).padStart(3)} connections  ours ${JSON.stringify(row.ours)}  bare ${JSON.stringify(row.bare)}  ratio ${row.ratio}`);
  }
  await Promise.all([ours, bare, ...children].map(({ stop }) => stop('SIGKILL')));
  await broker.stop();
  await rm(directory, { recursive: true, force: true });
  return { ratio_to_bare: Math.min(...results.map(({ ratio }) => ratio)), results };
}
