import { fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';

/** Starts a script beside this one as a process and waits for its first message. */
export async function startChild(name, args, env = {}) {
  const child = fork(fileURLToPath(new URL(name, import.meta.url)), args, { stdio: ['ignore', 'ignore', 'inherit', 'ipc'], env: { ...process.env, ...env } });
  const ready = await new Promise((resolve, reject) => {
    child.once('message', resolve);
    child.once('exit', (code) => reject(new Error(`${name} ended with ${code}`)));
  });
  const ended = new Promise((resolve) => child.once('exit', resolve));
  const stop = async (signal = 'SIGTERM') => {
    child.kill(signal);
    await ended;
  };
  return { child, ready, stop };
}
