import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Logger } from '@nestjs/common';
import { ClientNats } from '@nestjs/microservices';
import { startNatsServer } from '@tecnocursos/engines';
import { connectBus, RpcClient } from '@tecnocursos/messaging';
import { firstValueFrom } from 'rxjs';
import { startChild } from './children.mjs';
import { benchEcho, payload } from './echo.contract.mjs';

Logger.overrideLogger(false); // the stock client logs each broker that goes
const IN_FLIGHT = 100;
const ROUNDS = 3;
const DRAIN = 50;

async function client(kind, url) {
  if (kind === 'ours') {
    const rpc = new RpcClient(await connectBus({ url, name: 'bench-client' }));
    return (request) => rpc.call(benchEcho, request);
  }
  const nats = new ClientNats({ servers: [url] });
  await nats.connect();
  return (request) => firstValueFrom(nats.send(benchEcho.subject, request));
}

async function throughput(call, seconds) {
  let done = 0;
  const end = performance.now() + seconds * 1000;
  const started = performance.now();
  await Promise.all(Array.from({ length: IN_FLIGHT }, async () => {
    while (performance.now() < end) {
      await call(payload);
      done += 1;
    }
  }));
  return done / ((performance.now() - started) / 1000);
}

/** SIGTERM for one of two replicas while requests are under way: how many are lost? */
async function lostOnStop(kind, url) {
  const [staying, leaving] = await Promise.all([startChild('bus-server.mjs', [kind, url]), startChild('bus-server.mjs', [kind, url])]);
  const call = await client(kind, url);
  await Promise.all(Array.from({ length: 20 }, () => call(payload)));
  const calls = Array.from({ length: DRAIN }, () => Promise.race([
    call({ ...payload, delay_ms: 200 }).then(() => 'answered', () => 'lost'),
    new Promise((resolve) => setTimeout(() => resolve('lost'), 4_000)),
  ]));
  await new Promise((resolve) => setTimeout(resolve, 50));
  await leaving.stop();
  const outcomes = await Promise.all(calls);
  await staying.stop();
  return outcomes.filter((outcome) => outcome === 'lost').length;
}

const median = (numbers) => numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)];

export async function run({ say, seconds = 3 }) {
  const directory = await mkdtemp(join(tmpdir(), 'tecnocursos-bench-'));
  const broker = await startNatsServer({ directory });
  const rates = { ours: [], stock: [] };
  for (let round = 0; round < ROUNDS; round += 1) {
    for (const kind of ['ours', 'stock']) {
      const server = await startChild('bus-server.mjs', [kind, broker.url]);
      const call = await client(kind, broker.url);
      await throughput(call, 0.5);
      rates[kind].push(await throughput(call, seconds));
      await server.stop('SIGKILL');
      say(`${kind.padEnd(6)} ${Math.round(rates[kind].at(-1))} requests/s at ${IN_FLIGHT} in flight`);
    }
  }
  const lost = { ours: await lostOnStop('ours', broker.url), stock: await lostOnStop('stock', broker.url) };
  say(`lost when one of two replicas is stopped with ${DRAIN} under way: ours ${lost.ours}, stock ${lost.stock}`);
  await broker.stop();
  await rm(directory, { recursive: true, force: true });
  const ours = Math.round(median(rates.ours));
  const stock = Math.round(median(rates.stock));
  return { ours_rps: ours, stock_rps: stock, ratio_to_stock: Number((ours / stock).toFixed(2)), lost_on_stop: lost };
}
