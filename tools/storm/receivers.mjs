import { fork } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { startNatsServer } from '@tecnocursos/engines';

/** A script beside this one as a process, with its first message. */
async function startProcess(name, args) {
  const child = fork(fileURLToPath(new URL(name, import.meta.url)), args, { stdio: ['ignore', 'ignore', 'inherit', 'ipc'] });
  const ready = await new Promise((resolve, reject) => {
    child.once('message', resolve);
    child.once('exit', (code) => reject(new Error(`${name} ended with ${code}`)));
  });
  const ended = new Promise((resolve) => child.once('exit', resolve));
  return { child, ready, stop: async () => { child.kill('SIGKILL'); await ended; } };
}

/** Who takes the calls: a broker, a gateway, and the service that follows what the broker stored, each a process of its own. */
export async function startReceivers() {
  const folder = await mkdtemp(join(tmpdir(), 'tecnocursos-storm-'));
  const broker = await startNatsServer({ directory: join(folder, 'nats') });
  const stops = [() => rm(folder, { recursive: true, force: true }), () => broker.stop()];
  const stop = async () => {
    for (const end of stops.splice(0).reverse()) await end();
  };
  try {
    const intake = await startProcess('intake.mjs', [broker.url, join(folder, 'database')]);
    stops.push(intake.stop);
    const gateway = await startProcess('gateway.mjs', [broker.url]);
    stops.push(gateway.stop);
    const tallies = () => new Promise((resolve) => {
      intake.child.once('message', resolve);
      intake.child.send('tallies');
    });
    return { url: gateway.ready.url, marks: intake.ready, tallies, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}
