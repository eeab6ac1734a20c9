// Everything that a change could break: types, lint with its layers, and the tests. Ends with one line of counts.
// Arguments are passed on to Vitest, and then the tests alone run.
import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { root } from './lib/platform.mjs';

const bin = (name) => join(root, 'node_modules', '.bin', name);
const args = process.argv.slice(2);

/** Whether it went well. */
function run(command, commandArgs, env = {}) {
  return new Promise((resolve) => {
    const child = spawn(command, commandArgs, { cwd: root, stdio: ['ignore', 'inherit', 'inherit'], env: { ...process.env, NX_DAEMON: 'false', ...env } });
    child.once('exit', (code) => resolve(code === 0));
  });
}

const CHECKS = [
  { name: 'types', run: () => run(bin('tsc'), ['-p', 'tsconfig.specs.json']) },
  { name: 'lint', run: () => run(bin('nx'), ['run', 'tecnocursos:lint', '--outputStyle=static']) },
];

/** At once: either keeps one core busy. */
async function runChecks() {
  const outcomes = await Promise.all(CHECKS.map(async (check) => {
    const started = Date.now();
    const passed = await check.run();
    console.log(`${check.name}: ${passed ? 'passed' : 'FAILED'} (${((Date.now() - started) / 1000).toFixed(0)} s)`);
    return passed;
  }));
  return count(outcomes, (passed) => (passed ? 'passed' : 'failed'));
}

/** A file that did not load, and an error outside of every test, count as one failure each. */
async function runTests() {
  const scratch = mkdtempSync(join(tmpdir(), 'tecnocursos-test-'));
  const report = join(scratch, 'vitest.json');
  try {
    const wentWell = await run(bin('node'), [join(root, 'node_modules', 'vitest', 'vitest.mjs'), 'run', '--reporter=default', '--reporter=json', `--outputFile.json=${report}`, ...args], {
      NODE_COMPILE_CACHE: join(tmpdir(), 'tecnocursos-compile-cache'), // for the many processes that tests start
    });
    const files = existsSync(report) ? JSON.parse(readFileSync(report, 'utf8')).testResults : [];
    const counts = count(files.flatMap(({ assertionResults }) => assertionResults), ({ status }) => (status === 'passed' || status === 'failed' ? status : 'skipped'));
    counts.failed += files.filter(({ status, assertionResults }) => status === 'failed' && assertionResults.every((test) => test.status !== 'failed')).length;
    if (!wentWell && counts.failed === 0) counts.failed = 1;
    return counts;
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
}

function count(items, outcomeOf) {
  const counts = { passed: 0, failed: 0, skipped: 0 };
  for (const item of items) counts[outcomeOf(item)] += 1;
  return counts;
}

const checks = args.length === 0 ? await runChecks() : count([]);
const tests = await runTests();
const failed = checks.failed + tests.failed;
console.log(`${checks.passed + tests.passed} passed, ${failed} failed${tests.skipped > 0 ? `, ${tests.skipped} skipped` : ''}`);
process.exit(failed === 0 ? 0 : 1);
