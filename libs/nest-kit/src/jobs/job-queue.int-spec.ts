import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { AppError, defineJob } from '@tecnocursos/contracts';
import { startNatsServer, type NatsServer } from '@tecnocursos/engines';
import { connectBus, DurablePublisher, ensureStream, MAX_CLAIMS, STREAMS, type BusConnection, type FailureDecision } from '@tecnocursos/messaging';
import { z } from 'zod';
import { createLogger } from '../logger.js';
import { Metrics } from '../metrics.js';
import { JobQueue } from './job-queue.js';
import { JobRunner, type JobRows } from './job-runner.js';

const greet = defineJob('jobs.kit.greeting.send.v1', { summary: 'Greet', payload: z.strictObject({ name: z.string() }) });

interface Greeting {
  name: string;
  attempts: number;
}

/** The rows of a table, in memory: what the runner and the queue ask of one. */
class Greetings implements JobRows<Greeting, string> {
  readonly states = new Map<string, { state: 'queued' | 'running' | 'done' | 'failed'; attempts: number; result?: string; decisions: FailureDecision[] }>();
  held = true;
  sweeps = 0;

  queue(name: string, attempts = 0): void {
    this.states.set(name, { state: 'queued', attempts, decisions: [] });
  }
  async claim(_tenantId: string, name: string): Promise<Greeting | undefined> {
    const row = this.states.get(name);
    if (row?.state !== 'queued') return undefined;
    row.state = 'running';
    row.attempts += 1;
    return { name, attempts: row.attempts };
  }
  async extendLease(): Promise<boolean> {
    return this.held;
  }
  async finish({ name }: Greeting, result: string): Promise<boolean> {
    Object.assign(this.of(name), { state: 'done', result });
    return true;
  }
  async settleFailure({ name }: Greeting, decision: FailureDecision): Promise<void> {
    const row = this.of(name);
    row.decisions.push(decision);
    row.state = decision.type === 'retry' ? 'queued' : 'failed';
  }
  of(name: string) {
    const row = this.states.get(name);
    if (!row) throw new Error(`No row ${name}`);
    return row;
  }
}

async function until(condition: () => boolean): Promise<void> {
  const end = Date.now() + 10_000;
  while (!condition()) {
    if (Date.now() > end) throw new Error('The condition did not become true in time');
    await wait(10);
  }
}

describe('a queue of jobs', () => {
  let directory: string;
  let broker: NatsServer;
  let connection: BusConnection;
  let publisher: DurablePublisher;
  let rows: Greetings;
  let queue: JobQueue<typeof greet>;
  let runner: JobRunner<Greeting, string>;
  let work: (greeting: Greeting, signal: AbortSignal) => Promise<string>;
  let kicks = 0;
  let lost: string[] = [];
  let published = 0;

  const publish = (name: string): Promise<void> => publisher.publish({ id: `message-${(published += 1)}`, subject: greet.subject, payload: { name }, tenantId: '', requestId: 'req' });

  beforeAll(async () => {
    directory = await mkdtemp(join(tmpdir(), 'tecnocursos-queue-'));
    broker = await startNatsServer({ directory });
    connection = await connectBus({ url: broker.url, name: 'queue' });
    publisher = new DurablePublisher(connection);
    await ensureStream(connection, STREAMS.jobs);
  });
  afterAll(async () => {
    await connection.close();
    await broker.stop();
    await rm(directory, { recursive: true, force: true });
  });
  beforeEach(() => {
    rows = new Greetings();
    kicks = 0;
    lost = [];
    work = async ({ name }) => `Olá, ${name}!`;
    const logger = createLogger({ LOG_LEVEL: 'silent', LOG_FORMAT: 'json', NODE_ENV: 'test' });
    runner = new JobRunner<Greeting, string>({
      service: 'kit', rows, leaseMs: 60, policy: { transientAttempts: 4, longestDelayMs: 100 }, logger, metrics: new Metrics(),
      describe: ({ name, attempts }) => ({ kind: 'greeting', attempt: attempts, group: name, about: { name } }),
      work: (greeting, signal) => work(greeting, signal),
    });
    queue = new JobQueue({
      connection, logger, contract: greet, durable: 'greetings', concurrency: 2, sweepEveryMs: 20,
      outbox: { kick: () => (kicks += 1) },
      sweep: async () => {
        rows.sweeps += 1;
        const again = lost.splice(0);
        for (const name of again) await publish(name);
        return again.length > 0;
      },
      handle: ({ name }, context) => runner.run('', name, context),
    });
    queue.start();
  });
  afterEach(() => queue.stop());

  it('does what is queued once, however often its message comes, and has published what it announced', async () => {
    let greeted = 0;
    work = async ({ name }) => `${name} ${(greeted += 1)}`;
    rows.queue('Ana');
    await publish('Ana');
    await publish('Ana');
    await publish('nobody');
    await until(() => kicks >= 3);
    expect([rows.of('Ana'), greeted]).toEqual([{ state: 'done', attempts: 1, result: 'Ana 1', decisions: [] }, 1]);
  });

  it('sweeps: what got lost comes again', async () => {
    rows.queue('Bia');
    lost.push('Bia');
    await until(() => rows.of('Bia').state === 'done');
    await until(() => rows.sweeps > 3);
    expect(kicks).toBeGreaterThanOrEqual(2); // for the sweep that found something, and for the job
  });

  it('decides what becomes of failures', async () => {
    rows.queue('Caio');
    rows.queue('Duda');
    rows.queue('Edu', MAX_CLAIMS);
    work = async ({ name }) => {
      throw name === 'Caio' ? new AppError('unavailable', 'Away.') : new AppError('invalid_request', 'No.');
    };
    for (const name of ['Caio', 'Duda', 'Edu']) await publish(name);
    await until(() => ['Caio', 'Duda', 'Edu'].every((name) => rows.of(name).decisions.length > 0));
    expect(rows.of('Caio')).toMatchObject({ state: 'queued', decisions: [{ type: 'retry', delayMs: 100 }] });
    expect(rows.of('Duda').decisions).toEqual([{ type: 'fail', code: 'invalid_request', detail: 'No.' }]);
    expect(rows.of('Edu')).toMatchObject({ state: 'failed', decisions: [{ code: 'step_failed' }] }); // it ended its workers
  });

  it('stops work whose lease is another\'s, and what its owner stops', async () => {
    const stopped: string[] = [];
    work = ({ name }, signal) => new Promise((_, reject) => {
      signal.addEventListener('abort', () => {
        stopped.push(name);
        reject(new AppError('canceled', 'Stopped.'));
      }, { once: true });
    });
    rows.queue('Fabi');
    rows.queue('Gil');
    await publish('Fabi');
    await publish('Gil');
    await until(() => rows.of('Gil').state === 'running' && rows.of('Fabi').state === 'running');
    runner.abort('Gil');
    await until(() => stopped.length === 1);
    rows.held = false;
    await until(() => stopped.length === 2);
    expect(stopped).toEqual(['Gil', 'Fabi']);
  });

  it('lets the work under way end when it stops, and takes no more', async () => {
    let release: () => void = () => undefined;
    work = ({ name }) => new Promise((resolve) => {
      release = () => resolve(name);
    });
    rows.queue('Hugo');
    await publish('Hugo');
    await until(() => rows.of('Hugo').state === 'running');
    const stopping = queue.stop();
    rows.queue('Iris');
    await publish('Iris');
    release();
    await stopping;
    const swept = rows.sweeps;
    await wait(60);
    expect([rows.of('Hugo').state, rows.of('Iris').state, rows.sweeps]).toEqual(['done', 'queued', swept]);
  });
});
