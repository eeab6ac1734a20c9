import { mkdtemp, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { BUS_ACCESS, BUS_USERS, getTenant } from '@tecnocursos/contracts';
import { BusLostError, connectBus, publicKeyOf, RpcClient, seedInFile, seedPath, STREAMS } from '@tecnocursos/messaging';
import { placeEmptyDatabase } from '@tecnocursos/testing';
import { startStandalone, type RunningPlatform } from './standalone.js';

const DURABLES = Object.values(BUS_ACCESS).flatMap(({ follows }) => follows.map(({ durable }) => durable));

describe('The users of a platform in one process', () => {
  let directory: string;
  let platform: RunningPlatform;
  const users = (): string => join(directory, 'nats', 'users');

  beforeAll(async () => {
    directory = await mkdtemp(join(tmpdir(), 'tecnocursos-users-'));
    await placeEmptyDatabase(directory);
    platform = await startStandalone({ DATA_DIR: directory, PORT: '0', LOG_LEVEL: 'silent', NODE_ENV: 'test', IDENTITY_BOOTSTRAP_API_KEY: `tc_${'a'.repeat(43)}` });
  });

  afterAll(async () => {
    await platform.close();
    await rm(directory, { recursive: true, force: true });
  });

  const url = (): string => platform.broker?.url ?? '';

  it('have a key each, made at the first start, which its owner alone can read', async () => {
    for (const user of BUS_USERS) expect((await stat(seedPath(users(), user))).mode & 0o777).toBe(0o600);
    const keys = new Set(BUS_USERS.map((user) => publicKeyOf(seedInFile(seedPath(users(), user)).seedOf(user))));
    expect(keys.size).toBe(BUS_USERS.length);
  });

  it('are all that the broker lets in', async () => {
    await expect(connectBus({ url: url(), name: 'gateway' })).rejects.toThrow(BusLostError);
  });

  it('do all that a start and a health check need', async () => {
    const health = await (await fetch(`${platform.url}/health`)).json() as { status: string; services: { status: string }[] };
    expect(JSON.stringify(health)).not.toContain('down');
  });

  it('follow the streams by the consumers that are declared, and by no others', async () => {
    const admin = await connectBus({ url: url(), name: 'admin', seeds: seedInFile(seedPath(users(), 'admin')) });
    try {
      const found: string[] = [];
      for (const { name } of Object.values(STREAMS)) found.push(...(await admin.request(`$JS.API.CONSUMER.NAMES.${name}`)).json<{ consumers: string[] }>().consumers);
      expect(found.sort()).toEqual([...DURABLES].sort());
    } finally {
      await admin.close();
    }
  });

  it('are no use to each other', async () => {
    const storage = await connectBus({ url: url(), name: 'storage', seeds: seedInFile(seedPath(users(), 'storage')) });
    const rpc = new RpcClient(storage, 500);
    try {
      await expect(rpc.call(getTenant, {}, { tenantId: '0198c0de-0000-7000-8000-000000000001' })).rejects.toMatchObject({ code: expect.stringMatching(/unavailable|internal/) });
    } finally {
      rpc.close();
      await storage.close();
    }
  });

  it('leave no seed in the configuration of the broker', async () => {
    const config = await readFile(join(directory, 'nats', 'nats-server.conf'), 'utf8');
    expect(config).not.toMatch(/\bSU[A-Z2-7]{56}\b/);
  });
});
