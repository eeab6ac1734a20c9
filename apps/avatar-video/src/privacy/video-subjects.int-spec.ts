import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  createVideo, createWebhookEndpoint, getVideo, newId, subjectErasures, subjectExports, videoChanged, webhookEvents, type EventContract, type ReceivedWebhook, type SubjectScope,
} from '@tecnocursos/contracts';
import { JobWorker, STREAMS } from '@tecnocursos/messaging';
import { startPlatform, type Platform } from '../testing/platform.harness.js';

const ANA = 'ana.lima@example.com';
const LOCAL = { providers: ['local'] };

describe('what avatar-video keeps about people', () => {
  let platform: Platform;
  beforeAll(async () => {
    platform = await startPlatform();
  }, 60_000);
  afterAll(() => platform.close(), 60_000);

  const about = (scope: SubjectScope) => ({ job_id: newId(), subject: { account_id: null, emails: [ANA] }, scope });
  /** What a stream holds, as whoever reads it from its beginning is given it. */
  const streamed = async (contract: EventContract): Promise<string> => {
    const bodies: string[] = [];
    const reader = new JobWorker(platform.bus, {
      contract, stream: STREAMS.events, durable: newId(), concurrency: 1,
      handle: async (payload) => {
        bodies.push(JSON.stringify(payload));
        return { type: 'done' };
      },
    });
    reader.start();
    await new Promise((resolve) => setTimeout(resolve, 500));
    await reader.stop(10);
    return bodies.join('\n');
  };
  const rows = async (): Promise<string> => {
    const db = await platform.db();
    const tables = await Promise.all((['video', 'video_attempt', 'idempotency', 'outbox', 'webhook_endpoint', 'webhook_delivery'] as const).map((table) => db.selectFrom(table).selectAll().execute()));
    return JSON.stringify(tables);
  };
  const ready = async (id: string, context: { tenantId: string }): Promise<void> => {
    for (let tries = 0; tries < 600; tries += 1) {
      if ((await platform.call(getVideo, { video_id: id }, context)).video.state === 'ready') return;
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
    throw new Error('The video did not become ready');
  };
  const vendorCalls = async (text: string): Promise<void> => {
    const call: ReceivedWebhook = {
      id: newId(), vendor: 'synthesia', token: null, headers: {}, body_base64: Buffer.from(JSON.stringify({ data: { title: text } })).toString('base64'), received_at: new Date().toISOString(),
    };
    await platform.publisher.publish({ id: call.id, subject: webhookEvents.synthesia.subject, payload: call, tenantId: '', requestId: call.id });
  };

  it('exports and erases what speaks of a person, in streams too, and everything when the organization ends', async () => {
    const [context, elsewhere] = [{ tenantId: newId() }, { tenantId: newId() }];
    const make = async (text: string, title: string, where: { tenantId: string }) => (await platform.call(createVideo, { text, title, routing: LOCAL }, where)).video.id;
    const hers = await make(`Escreva para ${ANA.toUpperCase()} até sexta.`, 'zqhers', context);
    const kept = await make('Bom dia a todos.', 'zqkept', context);
    const foreign = await make(`Escreva para ${ANA}.`, 'zqforeign', elsewhere);
    for (const [id, where] of [[hers, context], [kept, context], [foreign, elsewhere]] as const) await ready(id, where);
    for (const text of [`zqcall of ${ANA}`, 'zqcall of another']) await vendorCalls(text);
    await new Promise((resolve) => setTimeout(resolve, 500));
    expect(await streamed(videoChanged)).toContain('zqhers');
    const exported = await platform.call(subjectExports['avatar-video'], about('subject'), context);
    expect(exported).toMatchObject({ records: [{ category: 'avatar-video', data: { id: hers } }], objects: [`avatar-videos/${hers}/video.mp4`, `avatar-videos/${hers}/poster.jpg`] });
    const { erased } = await platform.call(subjectErasures['avatar-video'], about('subject'), context);
    expect(erased).toContainEqual({ category: 'avatar-video', count: 1 });
    expect(await rows()).not.toContain('zqhers');
    expect([...platform.storage.objects.keys()].filter((key) => key.includes(hers))).toEqual([]);
    const changes = await streamed(videoChanged);
    expect(changes).not.toContain('zqhers');
    for (const left of ['zqkept', 'zqforeign']) expect(changes).toContain(left);
    const calls = (await streamed(webhookEvents.synthesia)).split('\n').map((line) => Buffer.from((JSON.parse(line) as ReceivedWebhook).body_base64, 'base64').toString()).join('\n');
    expect(calls).not.toContain(ANA);
    expect(calls).toContain('zqcall of another');
    expect((await platform.call(subjectErasures['avatar-video'], about('subject'), context)).erased).toEqual([]);
    await platform.call(createWebhookEndpoint, { url: 'https://8.8.8.8/zqendpoint' }, context);
    await platform.call(subjectErasures['avatar-video'], about('tenant'), context);
    const left = `${await rows()}\n${await streamed(videoChanged)}`;
    for (const gone of ['zqkept', 'zqendpoint']) expect(left).not.toContain(gone);
    expect(left).toContain('zqforeign');
    expect((await platform.call(subjectErasures['avatar-video'], about('tenant'), context)).erased).toEqual([]);
  }, 90_000);

  it('waits until a worker has let go of a video that is being made', async () => {
    const context = { tenantId: newId() };
    const { video } = await platform.call(createVideo, { text: `${ANA} `.repeat(200), routing: LOCAL }, context);
    await new Promise((resolve) => setTimeout(resolve, 400));
    await platform.call(subjectErasures['avatar-video'], about('tenant'), context);
    await new Promise((resolve) => setTimeout(resolve, 1_000));
    expect(await rows()).not.toContain(video.id);
    expect([...platform.storage.objects.keys()].filter((key) => key.includes(video.id))).toEqual([]);
  }, 60_000);
});
