import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { defineJob } from '@tecnocursos/contracts';
import { startNatsServer, type NatsServer } from '@tecnocursos/engines';
import { z } from 'zod';
import { connectBus, type BusConnection } from './connection.js';
import { DurablePublisher, ensureStream, STREAMS, type DurableMessage } from './durable-stream.js';
import { JobWorker } from './job-worker.js';
import { OutboxRelay, type OutboxStore } from './outbox-relay.js';

const count = defineJob('jobs.test.number.count.v1', { summary: 'Count', payload: z.strictObject({ number: z.int() }) });
const message = (number: number): DurableMessage => ({ id: `id-${number}`, subject: count.subject, payload: { number }, tenantId: '', requestId: `req-${number}` });

async function until(condition: () => boolean, timeoutMs = 12_000): Promise<void> {
  const end = Date.now() + timeoutMs;
  while (!condition()) {
    if (Date.now() > end) throw new Error('The condition did not become true in time');
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

/** An outbox in memory that can be told to forget a removal, as a crash between publish and delete would. */
class MemoryOutbox implements OutboxStore {
  messages: DurableMessage[] = [];
  async unpublished(limit: number): Promise<DurableMessage[]> {
    return this.messages.slice(0, limit);
  }
  async remove(ids: string[]): Promise<void> {
    this.messages = this.messages.filter(({ id }) => !ids.includes(id));
  }
}

describe('jobs over JetStream', () => {
  let directory: string;
  let broker: NatsServer;
  let connection: BusConnection;

  beforeAll(async () => {
    directory = await mkdtemp(join(tmpdir(), 'tecnocursos-jobs-'));
    broker = await startNatsServer({ directory });
    connection = await connectBus({ url: broker.url, name: 'jobs' });
    await ensureStream(connection, STREAMS.jobs);
  });

  afterAll(async () => {
    await connection.close();
    await broker.stop();
    await rm(directory, { recursive: true, force: true });
  });

  it('delivers each message, retries, drops what is no payload, and survives a crash of the broker', async () => {
    const seen = new Map<number, number>();
    const worker = new JobWorker(connection, {
      contract: count, stream: STREAMS.jobs, durable: 'counter', concurrency: 4,
      handle: async ({ number }) => {
        seen.set(number, (seen.get(number) ?? 0) + 1);
        return number === 3 && seen.get(3) === 1 ? { type: 'retry', delayMs: 10 } : { type: 'done' };
      },
    });
    worker.start();
    const publisher = new DurablePublisher(connection);
    await publisher.publish({ ...message(99), payload: { number: 'not a number' } });
    for (let number = 0; number < 20; number += 1) await publisher.publish(message(number));
    await until(() => seen.size === 20 && seen.get(3) === 2);
    expect(seen.has(99)).toBe(false);

    broker.kill();
    await until(() => !connection.isClosed());
    const outbox = new MemoryOutbox();
    outbox.messages = Array.from({ length: 20 }, (_, index) => message(100 + index));
    const relay = new OutboxRelay(outbox, publisher, { pollMs: 100, onError: () => undefined });
    relay.start();
    await until(() => outbox.messages.length === 0 && [...seen.keys()].filter((number) => number >= 100).length === 20);
    await relay.stop();
    await worker.stop(100);
  });

  it('publishes a message once although the outbox forgot that it did', async () => {
    const handled: number[] = [];
    const worker = new JobWorker(connection, {
      contract: count, stream: STREAMS.jobs, durable: 'twice', concurrency: 1,
      handle: async ({ number }) => {
        if (number >= 500) handled.push(number);
        return { type: 'done' };
      },
    });
    worker.start();
    const publisher = new DurablePublisher(connection);
    for (let repeat = 0; repeat < 3; repeat += 1) await publisher.publish(message(500));
    await publisher.publish(message(501));
    await until(() => handled.includes(501));
    expect(handled).toEqual([500, 501]);
    await worker.stop(100);
  });
});
