// Measures, and compares with what the bare parts do in the same run. Flags: --suite pipeline|gateway|bus|ai|tts, --json
import { parseArgs } from 'node:util';

const { values: flags } = parseArgs({ options: { suite: { type: 'string', default: 'pipeline' }, json: { type: 'boolean', default: false }, seconds: { type: 'string' } } });
const SUITES = { pipeline: './bench/pipeline.mjs', gateway: './bench/gateway.mjs', bus: './bench/bus.mjs', ai: './bench/ai.mjs', tts: './bench/tts.mjs' };
const file = SUITES[flags.suite];
if (!file) {
  console.error(`Unknown suite "${flags.suite}". Choose one of: ${Object.keys(SUITES).join(', ')}.`);
  process.exit(2);
}
const say = (text) => (flags.json ? process.stderr : process.stdout).write(`${text}\n`);
const { run } = await import(file);
const result = await run({ say, seconds: flags.seconds === undefined ? undefined : Number(flags.seconds) });
process.stdout.write(`${JSON.stringify({ suite: flags.suite, ...result })}\n`);
process.exit(0);
