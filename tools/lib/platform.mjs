import { fork } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..');
export const newApiKey = () => `tc_${randomBytes(32).toString('base64url')}`;

/**
 * Starts the platform as a child process on its embedded defaults.
 * @returns {Promise<{url: string, opsUrl: string | null, dataDir: string, firstStart: boolean, apiKey: string | null, child: import('node:child_process').ChildProcess, stop: () => Promise<void>}>}
 * `apiKey` is known at the first start, and when one was given.
 */
export async function launchPlatform({ distributed = false, apiKey, env = {}, stdio = 'inherit' } = {}) {
  const dataDir = resolve(root, env.DATA_DIR ?? process.env.DATA_DIR ?? join('.data', distributed ? 'distributed' : 'standalone'));
  mkdirSync(dataDir, { recursive: true });
  const marker = join(dataDir, 'first-key-shown');
  const firstStart = !existsSync(marker);
  const key = apiKey ?? (firstStart ? newApiKey() : null);
  const child = fork(join(root, 'apps', 'standalone', 'dist', distributed ? 'main-distributed.js' : 'main.js'), [], {
    cwd: root,
    stdio: ['ignore', stdio, stdio, 'ipc'],
    // glibc's heaps per thread, each with its own slack, would cost some 200 MB; two are as fast here
    env: { MALLOC_ARENA_MAX: '2', ...process.env, ...env, DATA_DIR: dataDir, ...(key && { IDENTITY_BOOTSTRAP_API_KEY: key }) },
  });
  const ready = await new Promise((resolveReady, reject) => {
    child.once('message', resolveReady);
    child.once('exit', (code) => reject(new Error(`The platform could not start (exit code ${code}).`)));
  });
  writeFileSync(marker, '');
  return { url: ready.url, opsUrl: ready.ops_url, dataDir, firstStart, apiKey: key, child, stop: () => stop(child) };
}

async function stop(child) {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const exited = new Promise((done) => child.once('exit', done));
  child.kill('SIGTERM');
  const force = setTimeout(() => child.kill('SIGKILL'), 10_000);
  await exited;
  clearTimeout(force);
}
