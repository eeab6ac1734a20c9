// What becomes of requests when a vendor fails: each fault of the sandbox at every request of the first provider, one provider behind it that is well; then at both.
// Flags: --requests 2000 --parallel 20 --faults unavailable,latency --json. Exits with 1 when a bound is not kept.
import { parseArgs } from 'node:util';
import { FAULTS } from './outage/faults.mjs';
import { measureBothDown, measureFallback } from './outage/measure.mjs';
import { startVendors } from './outage/vendors.mjs';

const BOUNDS = { success: 0.999, addedP99Ms: 50, amplification: 1.1 };

const { values: flags } = parseArgs({ options: { requests: { type: 'string', default: '2000' }, parallel: { type: 'string', default: '20' }, faults: { type: 'string' }, json: { type: 'boolean', default: false } } });
const say = (text) => (flags.json ? process.stderr : process.stdout).write(`${text}\n`);
const [requests, parallel] = [Number(flags.requests), Number(flags.parallel)];
const wanted = flags.faults?.split(',');
const unknown = wanted?.filter((name) => !FAULTS.some(({ fault }) => fault === name)) ?? [];
if (unknown.length > 0 || !(requests > 0) || !(parallel > 0)) {
  console.error(unknown.length > 0 ? `Unknown fault: ${unknown.join(', ')}. Choose of: ${FAULTS.map(({ fault }) => fault).join(', ')}.` : 'Give whole numbers above zero for --requests and --parallel.');
  process.exit(2);
}

const [primary, fallback] = await Promise.all([startVendors(), startVendors()]);
// Code that was never run is compiled at its first request, which is no vendor's fault.
await measureFallback({ primary, fallback, rule: { fault: 'unavailable', probability: 1 }, requests: 200, parallel });

const rows = [];
for (const rule of FAULTS.filter(({ fault }) => !wanted || wanted.includes(fault))) {
  const row = { ...(await measureFallback({ primary, fallback, rule, requests, parallel })), ...(await measureBothDown({ primary, fallback, rule, parallel })) };
  rows.push({ ...row, ok: isKept(row) });
  say(`${row.fault.padEnd(34)} success ${(row.success * 100).toFixed(2)} %   added p99 ${String(row.added_p99_ms).padStart(6)} ms   calls a request ${row.amplification.toFixed(3)}   probes ${row.probes}   both down: ${row.both_down_codes.join(', ')} in ${row.both_down_slowest_ms} ms   ${isKept(row) ? 'ok' : 'SHORT'}`);
}
await Promise.all([primary.stop(), fallback.stop()]);

function isKept(row) {
  return row.success >= BOUNDS.success && row.opened && row.added_p99_ms <= BOUNDS.addedP99Ms && row.amplification <= BOUNDS.amplification && row.one_probe_per_interval && row.both_down_typed;
}

process.stdout.write(`${JSON.stringify({
  requests, parallel, worst_success: Math.min(...rows.map(({ success }) => success)), worst_added_p99_ms: Math.max(...rows.map(({ added_p99_ms: added }) => added)),
  amplification: Math.max(...rows.map(({ amplification }) => amplification)), ok: rows.every(({ ok }) => ok), rows,
})}\n`);
process.exit(rows.every(({ ok }) => ok) ? 0 : 1);
