import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { AckPolicy, jetstreamManager } from '@nats-io/jetstream';
import { nkeys, type Subscription } from '@nats-io/transport-node';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import {
  BUS_ACCESS, BUS_USERS, courseProgressed, createCourse, generateScript, getTenant, leaseBudget, revealCredentials, runCourseStep, runSpeechBatchItem, synthesizeSpeech,
  type BusUser,
} from '@tecnocursos/contracts';
import { startNatsServer, type NatsServer } from '@tecnocursos/engines';
import { busUserEntries, makeSeeds, publicKeyOf, seedOfProcess, seedPath, type BusSeeds } from './bus-credentials.js';
import { BusLostError, BusPermissionError } from './bus-errors.js';
import { connectBus, newInbox, type BusConnection } from './connection.js';
import { DurablePublisher, ensureStream, prepareStreams, STREAMS } from './durable-stream.js';
import { JobWorker } from './job-worker.js';
import { eraseMessages } from './message-erasure.js';
import { RpcClient } from './rpc-client.js';

let folder: string;
let seeds: BusSeeds;
let broker: NatsServer;
const open: BusConnection[] = [];
const refusals: BusPermissionError[] = [];

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'tc-bus-access-'));
  seeds = makeSeeds(join(folder, 'users'));
  broker = await startNatsServer({ directory: folder, users: busUserEntries(seeds) });
  await prepareStreams({ url: broker.url, seeds });
});

afterEach(async () => {
  await Promise.all(open.splice(0).map((connection) => connection.close()));
  refusals.length = 0;
});

afterAll(async () => {
  await broker.stop();
  rmSync(folder, { recursive: true, force: true });
});

async function as(user: BusUser): Promise<BusConnection> {
  const connection = await connectBus({ url: broker.url, name: user, seeds, onRefused: (error) => refusals.push(error) });
  open.push(connection);
  return connection;
}

async function until(condition: () => boolean, timeoutMs = 5_000): Promise<void> {
  const end = Date.now() + timeoutMs;
  while (!condition()) {
    if (Date.now() > end) throw new Error('The condition did not become true in time');
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}

/** What the broker refuses of a deed: it says so before it answers the next ping. */
async function refusedOf(connection: BusConnection, deed: () => void): Promise<string[]> {
  const before = refusals.length;
  deed();
  await connection.flush();
  await new Promise((resolve) => setTimeout(resolve, 20));
  return refusals.slice(before).map(({ operation, subject }) => `${operation} ${subject}`);
}

const swallow = (subscription: Subscription): void => void subscription.closed.catch(() => undefined);
const listen = (connection: BusConnection, subject: string, queue?: string): void =>
  swallow(connection.subscribe(subject, { callback: () => undefined, ...(queue !== undefined && { queue }) }));

describe('A user of the bus', () => {
  it('serves its own operations, in its own queue group, and no others', async () => {
    const courses = await as('courses');
    expect(await refusedOf(courses, () => listen(courses, createCourse.subject, 'courses'))).toEqual([]);
    expect(await refusedOf(courses, () => listen(courses, createCourse.subject))).toEqual([`subscription ${createCourse.subject}`]);
    expect(await refusedOf(courses, () => listen(courses, synthesizeSpeech.subject, 'tts'))).toEqual([`subscription ${synthesizeSpeech.subject}`]);
    expect(await refusedOf(courses, () => listen(courses, '>'))).toEqual(['subscription >']);
    expect(await refusedOf(courses, () => listen(courses, courseProgressed.subject))).toEqual([`subscription ${courseProgressed.subject}`]);
  });

  it('calls what it has to call, and nothing else', async () => {
    const courses = await as('courses');
    expect(await refusedOf(courses, () => courses.publish(synthesizeSpeech.subject, '{}'))).toEqual([]);
    for (const { subject } of [revealCredentials, leaseBudget]) {
      expect(await refusedOf(courses, () => courses.publish(subject, '{}'))).toEqual([`publish ${subject}`]);
    }
    const billing = await as('billing');
    expect(await refusedOf(billing, () => billing.publish(getTenant.subject, '{}'))).toEqual([`publish ${getTenant.subject}`]);
  });

  it('publishes its own events and jobs, and nobody else’s', async () => {
    const tts = await as('tts');
    const publish = (subject: string): Promise<void> => new DurablePublisher(tts).publish({ id: subject, subject, payload: {}, tenantId: '', requestId: 'request' });
    await publish(runSpeechBatchItem.subject);
    await expect(publish(runCourseStep.subject)).rejects.toThrow(BusPermissionError);
    expect(await refusedOf(tts, () => tts.publish(courseProgressed.subject, '{}'))).toEqual([`publish ${courseProgressed.subject}`]);
  });

  it('hears its own inbox, and no other', async () => {
    const [courses, ai] = [await as('courses'), await as('ai')];
    const inbox = newInbox(courses);
    expect(inbox).toMatch(/^_INBOX_courses\./);
    expect(await refusedOf(courses, () => listen(courses, `${inbox}.>`))).toEqual([]);
    for (const subject of ['_INBOX.>', '_INBOX_courses.>', `${inbox}.>`, '*.>']) {
      expect(await refusedOf(ai, () => listen(ai, subject))).toEqual([`subscription ${subject}`]);
    }
  });

  it('answers those who call it, and cannot write into the inbox of anybody else', async () => {
    const [courses, ai, billing] = [await as('courses'), await as('ai'), await as('billing')];
    const heard: string[] = [];
    const inbox = newInbox(courses);
    courses.subscribe(`${inbox}.>`, { callback: (_error, message) => void heard.push(message.string()) });
    ai.subscribe(generateScript.subject, { queue: 'ai', callback: (_error, message) => ai.publish(message.reply ?? '', 'answer') });
    await ai.flush();
    courses.publish(generateScript.subject, '{}', { reply: `${inbox}.1` });
    await until(() => heard.length > 0);
    expect(heard).toEqual(['answer']);
    expect(await refusedOf(billing, () => billing.publish(`_INBOX_ai.${inbox}.1`, 'forged'))).toEqual([`publish _INBOX_ai.${inbox}.1`]);
  });

  it('is told of a refusal in words that name user, subject and remedy', async () => {
    const ai = await as('ai');
    await refusedOf(ai, () => ai.publish(getTenant.subject, '{}'));
    expect(refusals[0]).toMatchObject({ user: 'ai', operation: 'publish', subject: getTenant.subject, code: 'internal' });
    expect(refusals[0]?.message).toMatch(/does not let ai publish to identity\.tenant\.get\.v1.*BUS_ACCESS.*nats:users/);
    expect(refusals[0]?.detail).not.toContain('identity');
  });
});

describe('A client of the bus', () => {
  it('hears at once that its user may not call', async () => {
    const rpc = new RpcClient(await as('billing'));
    await expect(rpc.call(getTenant, {}, { tenantId: 'tenant' })).rejects.toMatchObject({ subject: getTenant.subject, user: 'billing' });
    rpc.close();
  });
});

describe('The streams', () => {
  it('are followed by who is to follow them', async () => {
    const courses = await as('courses');
    const seen: string[] = [];
    const worker = new JobWorker(courses, {
      contract: runCourseStep, stream: STREAMS.jobs, durable: BUS_ACCESS.courses.follows[0]?.durable ?? '', concurrency: 1,
      handle: async () => ({ type: 'done' }), onError: (error) => seen.push(String(error)), onDropped: (reason) => seen.push(reason),
    });
    worker.start();
    await new DurablePublisher(courses).publish({ id: 'step', subject: runCourseStep.subject, payload: { nothing: true }, tenantId: '', requestId: 'request' });
    await until(() => seen.length > 0);
    await worker.stop(100);
    expect(seen).toEqual([expect.stringContaining('not a valid payload')]);
    expect(refusals).toEqual([]);
  });

  it.each([
    ['by a consumer of another', 'tts', async (bus: BusConnection) => (await jetstreamManager(bus, { checkAPI: false })).consumers.info('JOBS', 'courses-steps')],
    ['by one of its own that is not declared', 'tts', async (bus: BusConnection) => (await jetstreamManager(bus, { checkAPI: false })).consumers.add('EVENTS', { ack_policy: AckPolicy.None })],
    ['by its own consumer with another filter', 'tts', async (bus: BusConnection) =>
      (await jetstreamManager(bus, { checkAPI: false })).consumers.add('JOBS', { durable_name: 'tts-batch-items', filter_subject: 'jobs.>', ack_policy: AckPolicy.Explicit })],
    ['by number', 'tts', async (bus: BusConnection) => (await jetstreamManager(bus, { checkAPI: false })).streams.getMessage('JOBS', { seq: 1 })],
    ['by fetching out of a consumer of another', 'tts', (bus: BusConnection) => bus.request('$JS.API.CONSUMER.MSG.NEXT.JOBS.courses-steps', '{"batch":1}')],
    ['by copying them', 'tts', async (bus: BusConnection) => (await jetstreamManager(bus, { checkAPI: false })).streams.update('JOBS', { republish: { src: '>', dest: '_INBOX_tts.>' } })],
    ['by a stream of its own', 'tts', async (bus: BusConnection) => (await jetstreamManager(bus, { checkAPI: false })).streams.add({ name: 'MINE', subjects: ['jobs.>'] })],
  ] as const)('are not read %s', async (_way, user, read) => {
    await expect(read(await as(user))).rejects.toThrow(/Permissions Violation/);
  });

  it('are erased from by who is to erase, and by nobody else', async () => {
    const courses = await as('courses');
    const publisher = new DurablePublisher(courses);
    for (let number = 0; number < 20; number += 1) await publisher.publish({ id: `of-${number}`, subject: courseProgressed.subject, payload: { number }, tenantId: `tenant-${number % 2}`, requestId: 'request' });
    const erase = (connection: BusConnection, tenant: string): Promise<number> => eraseMessages(connection, { contract: courseProgressed, isMeant: ({ tenantId }) => tenantId === tenant });
    await expect(Promise.all([erase(courses, 'tenant-0'), erase(courses, 'tenant-1'), erase(courses, 'tenant-2')])).resolves.toEqual([10, 10, 0]);
    await expect(erase(await as('tts'), 'tenant-0')).rejects.toThrow(/Permissions Violation/);
  });

  it('are changed by nobody but the user that sets them up', async () => {
    const changed = { ...STREAMS.jobs, maxBytes: STREAMS.jobs.maxBytes / 2 };
    await expect(ensureStream(await as('courses'), changed)).rejects.toThrow(BusPermissionError);
    await ensureStream(await as('admin'), changed);
    await expect(ensureStream(await as('courses'), STREAMS.jobs)).rejects.toThrow(BusPermissionError);
    await prepareStreams({ url: broker.url, seeds });
    await ensureStream(await as('courses'), STREAMS.jobs);
  });

  it('are not read by the user that sets them up', async () => {
    const admin = await as('admin');
    expect(await refusedOf(admin, () => listen(admin, 'jobs.>'))).toEqual(['subscription jobs.>']);
    await expect((await jetstreamManager(admin)).streams.getMessage('JOBS', { seq: 1 })).rejects.toThrow(/Permissions Violation/);
  });
});

describe('The door', () => {
  it.each([
    ['nobody in particular', {}],
    ['a seed that the broker does not know', { seeds: seedOfProcess(nkeys.createUser().getSeed()) }],
    ['a token', { token: 'a-token-of-somebody' }],
  ])('is closed to %s, and the process need not wait', async (_who, credentials) => {
    await expect(connectBus({ url: broker.url, name: 'courses', ...credentials })).rejects.toThrow(BusLostError);
  });

  it('tells a process whose seed counts no longer that its connection has ended for good', async () => {
    const directory = mkdtempSync(join(folder, 'rotated-'));
    const path = join(directory, 'users');
    let rotated = await startNatsServer({ directory, users: busUserEntries(makeSeeds(path)) });
    const port = Number(new URL(rotated.url).port);
    const kept = seedOfProcess(new TextEncoder().encode(readFileSync(seedPath(path, 'courses'), 'utf8').trim()));
    const { promise: lost, resolve: onLost } = Promise.withResolvers<BusLostError>();
    await connectBus({ url: rotated.url, name: 'courses', seeds: kept, onLost });
    const follower = await connectBus({ url: rotated.url, name: 'tts', seeds: makeSeeds(path), onLost: () => undefined });
    await rotated.stop();
    for (const user of BUS_USERS) writeFileSync(seedPath(path, user), new TextDecoder().decode(nkeys.createUser().getSeed()));
    rotated = await startNatsServer({ directory, port, users: busUserEntries(makeSeeds(path)) });
    try {
      await expect(lost).resolves.toMatchObject({ name: 'BusLostError', message: expect.stringContaining('does not know courses') });
      await follower.rtt(); // its seed is in the file that was changed
      await follower.close();
    } finally {
      await rotated.stop();
    }
  });
});

it('keeps no seed in the configuration of the broker', () => {
  const config = readFileSync(join(folder, 'nats-server.conf'), 'utf8');
  for (const user of BUS_USERS) {
    expect(config).toContain(publicKeyOf(seeds.seedOf(user)));
    expect(config).not.toContain(new TextDecoder().decode(seeds.seedOf(user)));
  }
});
