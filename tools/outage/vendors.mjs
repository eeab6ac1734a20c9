import { fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';

/** A process of simulated vendors: `{ url, configure(vendor, rule), calls(vendor), stop() }`. */
export async function startVendors() {
  const child = fork(fileURLToPath(new URL('sandbox.mjs', import.meta.url)), [], { stdio: ['ignore', 'ignore', 'inherit', 'ipc'] });
  const waiting = new Map();
  let sequence = 0;
  const ended = new Promise((resolve) => child.once('exit', resolve));
  const { url } = await new Promise((resolve, reject) => {
    child.once('message', resolve);
    child.once('exit', (code) => reject(new Error(`The sandbox ended with ${code}`)));
  });
  child.on('message', ({ id, value }) => {
    waiting.get(id)?.(value);
    waiting.delete(id);
  });
  const ask = (message) => new Promise((resolve) => {
    waiting.set(++sequence, resolve);
    child.send({ id: sequence, ...message });
  });
  return {
    url,
    configure: (vendor, rule) => ask({ action: 'configure', vendor, rule }),
    calls: (vendor) => ask({ action: 'calls', vendor }),
    stop: async () => {
      child.kill('SIGKILL');
      await ended;
    },
  };
}
