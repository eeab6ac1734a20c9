// Calls of Synthesia and D-ID on a gateway, all at once: new ones, copies, forged and stale ones, out of their order. Every good one must take effect once.
// Flags: --calls 10000 --parallel 16 --seed 7 --json. The last line is JSON. Exits with 1 when a bound is not kept.
import { parseArgs } from 'node:util';
import { stormOf, warmUpOf } from './storm/calls.mjs';
import { sendAll } from './storm/send.mjs';
import { startReceivers } from './storm/receivers.mjs';

const BOUND_P99_MS = 250;
/** Without news for so long, nothing more comes. */
const SILENCE_MS = 20_000;
const QUIET_MS = 2_000;
const WARM_UP_CALLS = 300;

const { values: flags } = parseArgs({
  options: { calls: { type: 'string', default: '10000' }, parallel: { type: 'string', default: '16' }, seed: { type: 'string', default: '7' }, json: { type: 'boolean', default: false } },
});
const say = (text) => (flags.json ? process.stderr : process.stdout).write(`${text}\n`);
const [calls, parallel, seed] = [Number(flags.calls), Number(flags.parallel), Number(flags.seed)];
if (![calls, parallel].every((number) => Number.isInteger(number) && number >= 1) || !Number.isInteger(seed) || calls < 100) {
  console.error('Give whole numbers: --calls of 100 and more, --parallel of 1 and more, --seed.');
  process.exit(2);
}

const round = (number) => Math.round(number * 100) / 100;
const percentile = (sorted, share) => round(sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))]);

/** Until all were handled and nothing comes any more (the broker delivers some of them again), or nothing has come for a while. */
async function drained(receivers, total) {
  let [last, since] = [await receivers.tallies(), Date.now()];
  while (Date.now() - since < (last.handled < total ? SILENCE_MS : QUIET_MS)) {
    await new Promise((resolve) => setTimeout(resolve, 200));
    const now = await receivers.tallies();
    if (now.handled > last.handled) since = Date.now();
    last = now;
  }
  return last;
}

const receivers = await startReceivers();
try {
  const storm = stormOf({ calls, seed, ...receivers.marks });
  say(`${calls} calls: ${storm.good} good, ${storm.copies} copies, ${storm.bad} forged or stale, ${storm.moved} out of their order; ${parallel} at a time`);
  // Code that was never run is compiled at its first call, which is no vendor's fault. These calls are forged.
  const warmUp = warmUpOf(WARM_UP_CALLS);
  await sendAll(receivers.url, warmUp, parallel);
  const before = await drained(receivers, WARM_UP_CALLS);
  const { milliseconds, statuses, seconds } = await sendAll(receivers.url, storm.calls, parallel);
  const tallies = await drained(receivers, before.handled + (statuses[202] ?? 0));
  const sorted = milliseconds.toSorted((a, b) => a - b);
  const result = {
    calls, good: storm.good, copies: storm.copies, bad: storm.bad, moved: storm.moved, acknowledged: statuses[202] ?? 0, statuses,
    effects: tallies.effects, in_inbox: tallies.inbox, duplicates: tallies.duplicates, refused: tallies.refused - before.refused, orders_looked_at: tallies.orders,
    ack_ms: { p50: percentile(sorted, 0.5), p99: percentile(sorted, 0.99), max: round(sorted.at(-1)) }, calls_per_s: Math.round(calls / seconds),
  };
  const ok = result.acknowledged === calls && result.effects === storm.good && result.in_inbox === storm.good && result.duplicates >= storm.copies && result.refused >= storm.bad && result.ack_ms.p99 <= BOUND_P99_MS;
  say(`acknowledged ${result.acknowledged}, p50 ${result.ack_ms.p50} ms, p99 ${result.ack_ms.p99} ms (at most ${BOUND_P99_MS}); effects ${result.effects} of ${storm.good}, copies told ${result.duplicates}, refused ${result.refused} of ${storm.bad}`);
  process.stdout.write(`${JSON.stringify({ ...result, bound_p99_ms: BOUND_P99_MS, ok })}\n`);
  process.exitCode = ok ? 0 : 1;
} finally {
  await receivers.stop();
}
