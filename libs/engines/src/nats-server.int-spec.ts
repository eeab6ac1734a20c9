import { readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { startNatsServer } from './nats-server.js';

it.runIf(process.platform === 'linux')('gives the broker half of the cores, and nothing of our environment', async () => {
  const directory = await mkdtemp(join(tmpdir(), 'tecnocursos-broker-'));
  process.env['BROKER_SPEC_SECRET'] = 'not for the broker';
  const broker = await startNatsServer({ directory });
  try {
    const environment = readFileSync(`/proc/${broker.pid}/environ`, 'utf8').split('\0').filter((entry) => entry !== '');
    expect(environment.map((entry) => entry.split('=')[0])).toEqual(['PATH', 'GOMAXPROCS']);
    expect(environment[1]).toBe(`GOMAXPROCS=${Math.max(1, Math.floor(availableParallelism() / 2))}`);
  } finally {
    delete process.env['BROKER_SPEC_SECRET'];
    await broker.stop();
    await rm(directory, { recursive: true, force: true });
  }
});
