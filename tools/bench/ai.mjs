// Our chat endpoint (gateway, NATS, chain with limits, budgets, ledger and breaker) against Portkey's gateway, both in front of the same stub, in turn.
import { Agent, request } from 'undici';
import autocannon from 'autocannon';
import { startAiPlatform } from './ai-platform.mjs';
import { startChild } from './children.mjs';
import { installPeers, startMockoon, startPortkey } from './peers.mjs';

const ROUNDS = 3;
/** Seconds of load before anything is measured: compilers and caches are at work until then, and a service lives for days. */
const WARM_UP_S = 15;
const WARM_UP_STREAMS = 500;
const BODY = { model: 'standard', messages: [{ role: 'system', content: 'Responda em português.' }, { role: 'user', content: 'O que é fotossíntese?' }] };
const VENDOR_MODEL = 'gpt-6.1-terra';
const median = (numbers) => numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)];
const percentile = (numbers, share) => numbers.toSorted((a, b) => a - b)[Math.min(numbers.length - 1, Math.floor(share * numbers.length))];
const round = (number, digits = 2) => Number(number.toFixed(digits));

const oursAt = ({ url, apiKey }) => ({ url: `${url}/v1/chat/completions`, headers: { authorization: `Bearer ${apiKey}` }, body: BODY });
const directAt = (url) => ({ url: `${url}/v1/chat/completions`, headers: { authorization: 'Bearer sk-bench' }, body: { ...BODY, model: VENDOR_MODEL } });
const portkeyAt = ({ url }, stub) => ({
  url: `${url}/v1/chat/completions`, body: { ...BODY, model: VENDOR_MODEL },
  headers: { authorization: 'Bearer sk-bench', 'x-portkey-provider': 'openai', 'x-portkey-custom-host': `${stub}/v1` },
});

async function load({ url, headers, body }, connections, seconds) {
  const result = await autocannon({ url, connections, duration: seconds, method: 'POST', headers: { 'content-type': 'application/json', ...headers }, body: JSON.stringify(body) });
  if (result.non2xx > 0 || result.errors > 0) throw new Error(`${url}: ${result.non2xx} bad answers, ${result.errors} errors`);
  return { rps: result.requests.average, p50_ms: result.latency.p50, p99_ms: result.latency.p99 };
}

const summarize = (rounds) => Object.fromEntries(['rps', 'p50_ms', 'p99_ms'].map((key) => [key, median(rounds.map((row) => row[key]))]));

/** One after the other, in each round, so that both meet the machine in the same mood. */
async function inTurn(targets, connections, seconds) {
  const rounds = Object.fromEntries(Object.keys(targets).map((name) => [name, []]));
  for (let turn = 0; turn < ROUNDS; turn += 1) for (const [name, target] of Object.entries(targets)) rounds[name].push(await load(target, connections, seconds));
  return Object.fromEntries(Object.entries(rounds).map(([name, rows]) => [name, summarize(rows)]));
}

/** Milliseconds to the whole answer, or to its first part, of sequential requests. */
async function timed({ url, headers, body }, count, { firstPart = false, vary = false } = {}) {
  const agent = new Agent({ connections: 1 });
  const times = [];
  for (let index = 0; index < count; index += 1) {
    const text = JSON.stringify(vary ? { ...body, seed: index } : body);
    const started = performance.now();
    const { statusCode, body: answer } = await request(url, { method: 'POST', dispatcher: agent, headers: { 'content-type': 'application/json', ...headers }, body: text });
    if (firstPart) await new Promise((resolve) => answer.once('data', resolve));
    else await answer.text();
    times.push(performance.now() - started);
    if (firstPart) await answer.dump();
    if (statusCode !== 200) throw new Error(`${url} answered ${statusCode}`);
  }
  await agent.close();
  return times;
}

/** Time to the first part with so many streams at once. */
async function firstParts(target, connections, each) {
  const streams = (count) => Promise.all(Array.from({ length: connections }, () => timed({ ...target, body: { ...target.body, stream: true } }, count, { firstPart: true })));
  await streams(WARM_UP_STREAMS);
  return median((await streams(each)).flat());
}

async function againstPortkey(say, seconds, stub, platform) {
  const portkey = await startPortkey();
  const targets = { ours: oursAt(platform), portkey: portkeyAt(portkey, stub.ready.url) };
  for (const target of Object.values(targets)) await load(target, 10, WARM_UP_S);
  const rows = [];
  for (const connections of [10, 100]) {
    const { ours, portkey: theirs } = await inTurn(targets, connections, seconds);
    rows.push({ connections, ours, portkey: theirs, throughput_ratio: round(ours.rps / theirs.rps), p99_ratio: round(ours.p99_ms / theirs.p99_ms) });
    say(`${String(connections).padStart(3)} connections  ours ${JSON.stringify(ours)}  portkey ${JSON.stringify(theirs)}`);
  }
  await portkey.stop();
  return rows;
}

/** What we add to a vendor that takes 100 ms. */
async function slowUpstream(say, seconds) {
  const stub = await startChild('ai-stub.mjs', ['100']);
  const platform = await startAiPlatform({ OPENAI_API_KEY: 'sk-bench-000000', OPENAI_BASE_URL: `${stub.ready.url}/v1` });
  const targets = { ours: oursAt(platform), direct: directAt(stub.ready.url) };
  for (const target of Object.values(targets)) await load(target, 100, WARM_UP_S / 3);
  const { ours, direct } = await inTurn(targets, 100, seconds);
  await platform.stop();
  await stub.stop('SIGKILL');
  const row = { rps: ours.rps, added_p50_ms: round(ours.p50_ms - direct.p50_ms), added_p99_ms: round(ours.p99_ms - direct.p99_ms) };
  say(`100 ms upstream, 100 connections  ${JSON.stringify(row)}`);
  return row;
}

/** A primary whose port is closed, and a fallback that answers. */
async function failover(say, stub) {
  const platform = await startAiPlatform({
    OPENAI_API_KEY: 'sk-bench-000000', OPENAI_BASE_URL: 'http://127.0.0.1:9/v1', OPENAI_BREAKER_MIN_CALLS: '30',
    HUGGINGFACE_API_KEY: 'hf_bench_000000', HUGGINGFACE_BASE_URL: stub.ready.url, ANTHROPIC_ENABLED: 'false', GEMINI_ENABLED: 'false',
  });
  const target = oursAt(platform);
  const closed = await timed(target, 25);
  await timed(target, 40);
  const open = await timed(target, 200);
  const direct = await timed(directAt(stub.ready.url), 200);
  await platform.stop();
  const row = { refused_ms: round(median(closed.slice(5))), open_breaker_p50_ms: round(median(open)), direct_p50_ms: round(median(direct)) };
  say(`failover ${JSON.stringify(row)}`);
  return row;
}

async function sandboxAgainstMockoon(say, seconds) {
  const [sandbox, mockoon] = [await startChild('sandbox.mjs', []), await startMockoon()];
  const targets = { sandbox: { ...directAt(`${sandbox.ready.url}/openai`) }, mockoon: directAt(mockoon.url) };
  for (const target of Object.values(targets)) await load(target, 10, 2);
  const { sandbox: ours, mockoon: theirs } = await inTurn(targets, 10, seconds);
  await sandbox.stop('SIGKILL');
  await mockoon.stop();
  say(`sandbox ${JSON.stringify(ours)}  mockoon ${JSON.stringify(theirs)}`);
  return { sandbox: ours, mockoon: theirs, ratio: round(ours.rps / theirs.rps) };
}

export async function run({ say, seconds = 5 }) {
  installPeers(say);
  const stub = await startChild('ai-stub.mjs', ['0']);
  const platform = await startAiPlatform({ OPENAI_API_KEY: 'sk-bench-000000', OPENAI_BASE_URL: `${stub.ready.url}/v1` });
  const rows = await againstPortkey(say, seconds, stub, platform);
  const cached = { ...oursAt(platform), body: { ...BODY, tecnocursos: { cache: 'on' } } };
  await timed(cached, 200);
  const cache_hit_p50_ms = round(percentile(await timed(cached, 1_000), 0.5));
  const added_first_part_ms = round((await firstParts(oursAt(platform), 10, 200)) - (await firstParts(directAt(stub.ready.url), 10, 200)));
  say(`cache hit ${cache_hit_p50_ms} ms, first part of a stream +${added_first_part_ms} ms`);
  await platform.stop();
  const failed = await failover(say, stub);
  await stub.stop('SIGKILL');
  const slow = await slowUpstream(say, seconds);
  const sandbox = await sandboxAgainstMockoon(say, seconds);
  return {
    throughput_ratio: Math.min(...rows.map((row) => row.throughput_ratio)), p99_ratio: Math.max(...rows.map((row) => row.p99_ratio)), against_portkey: rows,
    cache_hit_p50_ms, added_first_part_ms, failover: failed, slow_upstream: slow, sandbox_ratio: sandbox.ratio, sandbox,
  };
}
