import { spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { healthChecks } from '@tecnocursos/contracts';
import { startNatsServer, type NatsServer } from '@tecnocursos/engines';
import { busUserEntries, connectBus, makeSeeds, RpcClient } from '@tecnocursos/messaging';

const STORAGE = fileURLToPath(new URL('../../storage/dist/main.js', import.meta.url));

describe('A service whose key counts no longer', () => {
  let directory: string;
  let broker: NatsServer;

  beforeAll(async () => {
    directory = await mkdtemp(join(tmpdir(), 'tecnocursos-lost-'));
    broker = await startNatsServer({ directory, users: busUserEntries(makeSeeds(join(directory, 'users'))) });
  });

  afterAll(async () => {
    await broker.stop();
    await rm(directory, { recursive: true, force: true });
  });

  it('ends, says why, and prints no key', async () => {
    const seeds = makeSeeds(join(directory, 'users'));
    const seed = new TextDecoder().decode(seeds.seedOf('storage'));
    const service = spawn(process.execPath, [STORAGE], {
      env: { PATH: process.env['PATH'], NATS_URL: broker.url, NATS_NKEY_SEED: seed, LOG_FORMAT: 'json', STORAGE_DIR: join(directory, 'files'), STORAGE_PORT: '0', STORAGE_INTERNAL_URL: 'http://127.0.0.1:9' },
    });
    let output = '';
    for (const stream of [service.stdout, service.stderr]) stream.on('data', (chunk: Buffer) => (output += chunk.toString()));
    const ended = new Promise<number | null>((resolve) => service.once('exit', resolve));
    try {
      await answers(broker.url, seeds);
      const port = Number(new URL(broker.url).port);
      await broker.stop();
      broker = await startNatsServer({ directory, port, users: busUserEntries(makeSeeds(join(directory, 'new-users'))) });
      await expect(ended).resolves.toBe(1);
      expect(output).toContain('The broker does not know storage');
      expect(output).not.toContain(seed);
    } finally {
      service.kill('SIGKILL');
    }
  });
});

/** Waits until the service does what a service does. */
async function answers(url: string, seeds: ReturnType<typeof makeSeeds>): Promise<void> {
  const gateway = await connectBus({ url, name: 'gateway', seeds, onLost: () => undefined });
  const rpc = new RpcClient(gateway);
  try {
    while ((await rpc.call(healthChecks.storage, {}).catch(() => null)) === null) await new Promise((resolve) => setTimeout(resolve, 100));
  } finally {
    rpc.close();
    await gateway.close();
  }
}
