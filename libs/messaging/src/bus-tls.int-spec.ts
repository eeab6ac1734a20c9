import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startNatsServer, type NatsServer } from '@tecnocursos/engines';
import { busUserEntries, makeSeeds, seedPath, type BusSeeds } from './bus-credentials.js';
import { BusLostError } from './bus-errors.js';
import { connectBus } from './connection.js';
import { makeCertificates, type TestCertificates } from './testing/certificate.fixture.js';

let folder: string;
let own: TestCertificates;
let foreign: TestCertificates;
let seeds: BusSeeds;
let broker: NatsServer;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'tc-bus-tls-'));
  own = makeCertificates(folder, 'own');
  foreign = makeCertificates(folder, 'foreign');
  seeds = makeSeeds(join(folder, 'users'));
  broker = await startNatsServer({
    directory: join(folder, 'nats'), users: busUserEntries(seeds), tls: { certFile: own.certFile, keyFile: own.keyFile, clientCaFile: own.caFile },
  });
});

afterAll(async () => {
  await broker.stop();
  rmSync(folder, { recursive: true, force: true });
});

type Tls = Parameters<typeof connectBus>[0]['tls'];
const connectWith = (tls: Tls, url = broker.url, signal?: AbortSignal): ReturnType<typeof connectBus> =>
  connectBus({ url, name: 'courses', seeds, ...(tls && { tls }), ...(signal && { signal }) });

describe('A broker with TLS', () => {
  it('is reached encrypted, with its authority, the own certificate and the own user', async () => {
    expect(broker.url).toMatch(/^tls:\/\/localhost:/);
    const connection = await connectWith(own);
    expect(connection.info).toMatchObject({ tls_required: true, tls_verify: true });
    await connection.rtt();
    await connection.close();
  });

  it('is refused, and not waited for, when its certificate is of an authority that is not trusted', async () => {
    await expect(connectWith({ ...own, caFile: foreign.caFile })).rejects.toThrow(BusLostError);
    await expect(connectWith({ caFile: join(folder, 'missing.pem') })).rejects.toThrow(/missing\.pem/);
  });

  it('is not reached with a certificate that it does not trust', async () => {
    const waiting = new AbortController();
    const attempt = connectBus({ url: broker.url, name: 'courses', seeds, tls: { ...foreign, caFile: own.caFile }, signal: waiting.signal });
    setTimeout(() => waiting.abort(new Error('no longer')), 2_000);
    await expect(attempt).rejects.toThrow('no longer');
  });
});

describe('An address that begins with tls://', () => {
  it('is never reached unencrypted', async () => {
    const plain = await startNatsServer({ directory: join(folder, 'plain'), users: busUserEntries(seeds) });
    try {
      await expect(connectWith(undefined, plain.url.replace('nats://', 'tls://'))).rejects.toThrow(BusLostError);
      await (await connectWith(undefined, plain.url)).close();
    } finally {
      await plain.stop();
    }
  });
});

it('keeps seeds in files that their owner alone can read', () => {
  expect(statSync(seedPath(join(folder, 'users'), 'courses')).mode & 0o777).toBe(0o600);
});
