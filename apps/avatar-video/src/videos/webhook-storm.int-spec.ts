import { createHmac } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { newId, webhookEvents, type ReceivedWebhook } from '@tecnocursos/contracts';
import { connectBus, DurablePublisher, ensureStream, STREAMS, type BusConnection } from '@tecnocursos/messaging';
import { migrate } from '@tecnocursos/persistence';
import { createTestRuntime, startNatsServer, type TestNatsServer, type TestRuntime } from '@tecnocursos/testing';
import type { Kysely } from 'kysely';
import { AVATAR_VIDEO_SCHEMA, avatarVideoMigrations, type AvatarVideoTables } from '../avatar-video.tables.js';
import { systemClock } from '../clock.js';
import { WebhookInbox } from './webhook-inbox.repository.js';
import { WebhookIntake } from './webhook-intake.service.js';
import type { VideoWorker } from './video-worker.service.js';

const EVENTS = 10_000;
const GOOD = 6_000;
const DUPLICATES = 3_000;
const BAD = 1_000;
const VIDEOS = 40;
const SECRET = 'secret-of-the-registered-webhook';
const PUBLISHED_AT_ONCE = 10;

let nats: TestNatsServer;
let runtime: TestRuntime;
let bus: BusConnection;
let db: Kysely<AvatarVideoTables>;

beforeAll(async () => {
  nats = await startNatsServer();
  runtime = createTestRuntime(nats.url, { AVATAR_VIDEO_SYNTHESIA_WEBHOOK_SECRETS: SECRET });
  bus = await connectBus({ url: nats.url, name: 'storm' });
  await ensureStream(bus, STREAMS.events);
  db = (await runtime.database()).schema<AvatarVideoTables>(AVATAR_VIDEO_SCHEMA);
  await migrate(db, AVATAR_VIDEO_SCHEMA, avatarVideoMigrations);
}, 60_000);
afterAll(async () => {
  await bus.close();
  await runtime.close();
  await nats.stop();
}, 60_000);

/** The same sequence in each run. */
function numbers(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

async function insertVideos(): Promise<string[]> {
  const references = Array.from({ length: VIDEOS }, () => newId());
  const now = new Date();
  const later = new Date(Date.now() + 3_600_000);
  for (const reference of references) {
    const [id, tenantId] = [newId(), newId()];
    await db.insertInto('video').values({
      id, tenant_id: tenantId, request_id: 'storm', kind: 'avatar', state: 'rendering', percent: 0, title: null, presenter: 'sofia', aspect: '16:9', request: '{}', request_sha256: '', caller_mode: 'live', warnings: '[]',
      failure: null, result: null, served_by: null, webhook_url: null, next_at: later, lease_until: null, claims: 0, failures: 0, version: 1, created_at: now, updated_at: now,
    }).execute();
    await db.insertInto('video_attempt').values({
      id: reference, video_id: id, tenant_id: tenantId, number: 1, provider: 'synthesia', simulated: true, state: 'accepted', vendor_job_id: `job-${reference}`, model: 'video', webhook_token_sha256: null, cost_micros: 0,
      failure_kind: null, detail: null, cancel_pending: false, unknown_reads: 0, started_at: now, updated_at: now,
    }).execute();
  }
  return references;
}

function call(body: string, { secret = SECRET, ageS = 0 } = {}): ReceivedWebhook {
  const timestamp = String(Math.floor(Date.now() / 1_000) - ageS);
  const headers = { 'synthesia-timestamp': timestamp, 'synthesia-signature': createHmac('sha256', secret).update(`${timestamp}.${body}`).digest('hex') };
  return { id: newId(), vendor: 'synthesia', token: null, headers, body_base64: Buffer.from(body).toString('base64'), received_at: new Date().toISOString() };
}

/** 60 % new, 30 % copies of one of them, 10 % forged or stale; a fifth out of its order. */
function storm(references: readonly string[], random: () => number): ReceivedWebhook[] {
  const bodyOf = (index: number): string => JSON.stringify({ type: 'video.completed', data: { id: 'x', callbackId: references[index % VIDEOS], number: index } });
  const good = Array.from({ length: GOOD }, (_, index) => call(bodyOf(index)));
  const copies = Array.from({ length: DUPLICATES }, () => call(bodyOf(Math.floor(random() * GOOD))));
  const bad = Array.from({ length: BAD }, (_, index) => call(bodyOf(GOOD + index), index % 2 === 0 ? { secret: 'guessed' } : { ageS: 3_600 }));
  const all = [...good, ...copies, ...bad];
  for (let moved = 0; moved < EVENTS / 5; moved += 1) {
    const [from, to] = [Math.floor(random() * EVENTS), Math.floor(random() * EVENTS)];
    [all[from], all[to]] = [all[to] as ReceivedWebhook, all[from] as ReceivedWebhook];
  }
  return all;
}

describe('a storm of 10,000 calls', () => {
  it('is stored within 250 ms each at p99, takes effect once for each good one, and for no forged or stale one', async () => {
    const references = await insertVideos();
    let effects = 0;
    const intake = new WebhookIntake(bus, runtime.logger, runtime.environment, new WebhookInbox(db, systemClock), { kick: () => (effects += 1) } as unknown as VideoWorker);
    intake.onApplicationBootstrap();
    const publisher = new DurablePublisher(bus);
    const waits: number[] = [];
    const calls = storm(references, numbers(7));
    for (let from = 0; from < calls.length; from += PUBLISHED_AT_ONCE) {
      await Promise.all(calls.slice(from, from + PUBLISHED_AT_ONCE).map(async (one) => {
        const started = performance.now();
        await publisher.publish({ id: one.id, subject: webhookEvents.synthesia.subject, payload: one, tenantId: '', requestId: one.id });
        waits.push(performance.now() - started);
      }));
    }
    const stored = async (): Promise<number> => Number((await db.selectFrom('webhook_inbox').select(({ fn }) => fn.countAll().as('count')).executeTakeFirstOrThrow()).count);
    for (let tries = 0; tries < 600 && effects < GOOD; tries += 1) await new Promise((resolve) => setTimeout(resolve, 200));
    await new Promise((resolve) => setTimeout(resolve, 1_000));
    await intake.onModuleDestroy();
    expect([effects, await stored()]).toEqual([GOOD, GOOD]);
    expect(waits.toSorted((left, right) => left - right)[Math.floor(waits.length * 0.99)]).toBeLessThanOrEqual(250);
    const hinted = await db.selectFrom('video').select('id').where('next_at', '<=', new Date()).execute();
    expect(hinted).toHaveLength(VIDEOS);
  }, 180_000);
});
