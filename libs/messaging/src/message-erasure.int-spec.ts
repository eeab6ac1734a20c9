import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { defineEvent, memoryForgets, newId } from '@tecnocursos/contracts';
import { startNatsServer, type NatsServer } from '@tecnocursos/engines';
import { z } from 'zod';
import { connectBus, type BusConnection } from './connection.js';
import { DurablePublisher, ensureStream } from './durable-stream.js';
import { JobWorker } from './job-worker.js';
import { forgetEverywhere, onForget } from './memory-forgetting.js';
import { eraseMessages } from './message-erasure.js';
import { STREAMS } from './streams.js';

const contractOf = (subject: `events.${string}.${string}.${string}.v${number}`) => defineEvent(subject, { summary: 'test', payload: z.object({ text: z.string() }) });
const HAPPENED = contractOf('events.test.thing.happened.v1');
const [ANA, BIA] = [newId(), newId()];

describe('erasure of messages', () => {
  let directory: string;
  let broker: NatsServer;
  let connection: BusConnection;

  beforeAll(async () => {
    directory = await mkdtemp(join(tmpdir(), 'tecnocursos-erasure-'));
    broker = await startNatsServer({ directory });
    connection = await connectBus({ url: broker.url, name: 'erasure' });
  });

  afterAll(async () => {
    await connection.close();
    await broker.stop();
    await rm(directory, { recursive: true, force: true });
  });

  const publish = (payload: unknown, tenantId: string, { subject }: { subject: string } = HAPPENED): Promise<void> =>
    new DurablePublisher(connection).publish({ id: newId(), subject, payload, tenantId, requestId: 'r' });
  const onDisk = async (): Promise<string> => {
    const files = (await readdir(directory, { recursive: true, withFileTypes: true })).filter((entry) => entry.isFile());
    return (await Promise.all(files.map((file) => readFile(join(file.parentPath, file.name), 'latin1').catch(() => '')))).join('\n');
  };

  it('finds no stream where there is none', async () => {
    expect(await eraseMessages(connection, { contract: HAPPENED, isMeant: () => true })).toBe(0);
  });

  it("takes one tenant's messages out of the stream and off the disk, over several pages, and leaves the others", async () => {
    await ensureStream(connection, STREAMS.events);
    for (let number = 0; number < 620; number += 1) await publish({ text: number % 2 === 0 ? 'zq-of-ana' : 'zq-of-bia' }, number % 2 === 0 ? ANA : BIA);
    await publish({ text: 'zq-elsewhere' }, ANA, contractOf('events.other.thing.happened.v1'));
    const erase = () => eraseMessages(connection, { contract: HAPPENED, isMeant: ({ tenantId, text }) => tenantId === ANA && text().includes('zq-of') });
    expect(await erase()).toBe(310);
    expect(await erase()).toBe(0);
    const left = await onDisk();
    expect(left).not.toContain('zq-of-ana');
    expect(left).toContain('zq-of-bia');
    expect(left).toContain('zq-elsewhere');
  });

  it('leaves what is still to be worked on', async () => {
    const seen: string[] = [];
    const contract = contractOf('events.work.thing.happened.v1');
    const worker = new JobWorker(connection, {
      contract, stream: STREAMS.events, durable: 'workers', concurrency: 1,
      handle: async ({ text }) => {
        seen.push(text);
        return text === 'first' ? { type: 'done' } : { type: 'retry', delayMs: 60_000 };
      },
    });
    const erase = () => eraseMessages(connection, { contract, isMeant: () => true, consumedBy: 'workers' });
    expect(await erase()).toBe(0);
    for (const text of ['first', 'second']) await publish({ text }, ANA, contract);
    worker.start();
    while (seen.length < 2) await new Promise((resolve) => setTimeout(resolve, 10));
    expect(await erase()).toBe(1);
    expect(await eraseMessages(connection, { contract, isMeant: ({ text }) => text().includes('second') })).toBe(1);
    await worker.stop(0);
  });

  it('reaches the memory of every replica, with the tenant whose it is', async () => {
    const heard: string[] = [];
    const replicas = await Promise.all(['a', 'b'].map((name) => connectBus({ url: broker.url, name })));
    for (const [number, replica] of replicas.entries()) onForget(replica, memoryForgets.ai, (tenantId, { scope }) => heard.push(`${number} ${tenantId} ${scope}`));
    await Promise.all(replicas.map((replica) => replica.flush()));
    await forgetEverywhere(connection, memoryForgets.ai, ANA, { subject: { account_id: null, emails: [] }, scope: 'tenant' });
    for (const replica of replicas) await replica.flush();
    expect(heard.sort()).toEqual([`0 ${ANA} tenant`, `1 ${ANA} tenant`]);
    await Promise.all(replicas.map((replica) => replica.close()));
  });
});
