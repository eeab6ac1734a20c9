// Everything that a change could break: types, lint with its layers, and the tests. Ends with one line of counts.
// Arguments are passed on to Jest, and then the tests alone run.
import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { root } from './lib/platform.mjs';

const bin = (name) => join(root, 'node_modules', '.bin', name);
const args = process.argv.slice(2);
const scratch = mkdtempSync(join(tmpdir(), 'tecnocursos-test-'));
const report = join(scratch, 'jest.json');

function run(command, commandArgs, env = {}) {
  return new Promise((resolve) => {
    const child = spawn(command, commandArgs, { cwd: root, stdio: ['ignore', 'inherit', 'inherit'], env: { ...process.env, ...env } });
    child.once('exit', (code) => resolve(code === 0));
  });
}

const CHECKS = [
  { name: 'types', run: () => run(bin('tsc'), ['-p', 'tsconfig.specs.json']) },
  { name: 'lint', run: () => run(bin('nx'), ['run', 'tecnocursos:lint', '--outputStyle=static'], { NX_DAEMON: 'false' }) },
];

/** At once: either keeps one core busy. */
async function runChecks() {
  const outcomes = await Promise.all(CHECKS.map(async (check) => {
    const started = Date.now();
    const passed = await check.run();
    console.log(`${check.name}: ${passed ? 'passed' : 'FAILED'} (${((Date.now() - started) / 1000).toFixed(0)} s)`);
    return passed;
  }));
  return CHECKS.filter((_, index) => !outcomes[index]).map(({ name }) => name);
}

async function runJest() {
  await run(bin('node'), [join(root, 'node_modules', 'jest', 'bin', 'jest.js'), '--json', `--outputFile=${report}`, ...args], {
    NODE_OPTIONS: '--experimental-vm-modules --no-warnings', NX_DAEMON: 'false',
    NODE_COMPILE_CACHE: join(tmpdir(), 'tecnocursos-compile-cache'), // for the many processes that tests start
  });
  return JSON.parse(readFileSync(report, 'utf8'));
}

const failedChecks = args.length === 0 ? await runChecks() : [];
const passedChecks = args.length === 0 ? CHECKS.length - failedChecks.length : 0;
const jest = await runJest();
rmSync(scratch, { recursive: true, force: true });
const failedSuites = jest.numRuntimeErrorTestSuites;
const passed = jest.numPassedTests + passedChecks;
const failed = jest.numFailedTests + failedSuites + failedChecks.length;
const skipped = jest.numPendingTests > 0 ? `, ${jest.numPendingTests} skipped` : '';
console.log(`${passed} passed, ${failed} failed${skipped}`);
process.exit(failed === 0 ? 0 : 1);
