// Each check is run with a defect planted that it must notice: a check that passes all the same has no teeth.
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { root } from '../lib/platform.mjs';
import { report } from './lib/report.mjs';

const RUNS = [
  ['auth-matrix.mjs', '--reduced', '--defect', 'unsigned-tokens'],
  ['auth-matrix.mjs', '--reduced', '--defect', 'no-permissions'],
  ['auth-matrix.mjs', '--defect', 'foreign-courses'],
  ['fuzz-openapi.mjs', '--cases', '60', '--only', 'Course', '--services', 'identity', '--defect', 'breaks-on-long'],
  ['fuzz-openapi.mjs', '--cases', '40', '--only', 'ApiKeys', '--services', 'identity', '--defect', 'other-shape'],
  ['rolling.mjs', '--restarts', '2', '--defect', 'no-drain'],
  ['secrets-canary.mjs', '--reduced', '--defect', 'no-scrubbing'],
  ['ssrf.mjs', '--reduced', '--defect', 'trusting'],
  ['crypto-vectors.mjs', '--secrets', '50', '--defect', 'short-tags'],
  ['privacy-erase.mjs', '--defect', 'courses-not-asked'],
];

function run([script, ...args]) {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, [join(root, 'tools', 'security', script), ...args], { cwd: root, stdio: ['ignore', 'pipe', 'pipe'] });
    let output = '';
    child.stdout.on('data', (chunk) => { output += chunk; });
    child.stderr.resume();
    child.once('exit', (code) => resolve({ code, figures: lastJson(output) }));
  });
}

function lastJson(output) {
  try {
    return JSON.parse(output.trim().split('\n').at(-1));
  } catch {
    return null;
  }
}

const failures = [];
for (const words of RUNS) {
  const { code, figures } = await run(words);
  // It must fail by its own judgement, and not because it could not run.
  const hasBitten = code === 1 && figures?.passed === false && figures.failures > 0;
  console.error(`${hasBitten ? 'noticed' : 'NOT NOTICED'}: ${words.join(' ')} (${figures?.failures ?? 'no'} failures)`);
  if (!hasBitten) failures.push(`${words.join(' ')} did not notice its defect (exit ${code})`);
}
report('security:teeth', { defects: RUNS.length, noticed: RUNS.length - failures.length }, failures);
