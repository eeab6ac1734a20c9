import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import {
  cancelVideo, createEffect, createVideo, getAvatarCredits, getVideo, listPresenters, listVideos, newId, paintBackground, videoChanged, type RequestInput,
} from '@tecnocursos/contracts';
import { JobWorker, STREAMS } from '@tecnocursos/messaging';
import { startSandbox, type RunningSandbox } from '@tecnocursos/sandbox';
import sharp from 'sharp';
import { toneWav } from '../providers/local/sound.fixture.js';
import { startPlatform, type Platform } from '../testing/platform.harness.js';
import { probeVideo } from './video-file.js';

const TEXT = 'Olá! Nesta aula vamos estudar a fotossíntese.';
const never = new AbortController().signal;
let sandbox: RunningSandbox;
let platform: Platform;

beforeAll(async () => {
  sandbox = await startSandbox({ seed: 1, renders: { workMs: 500 } });
  platform = await startPlatform({ SANDBOX_URL: sandbox.url });
}, 60_000);
afterAll(async () => {
  await platform.close();
  await sandbox.close();
}, 60_000);
afterEach(() => {
  sandbox.configure({ reset: true });
});

const create = async (overrides: Partial<RequestInput<typeof createVideo>> = {}, context = {}) =>
  (await platform.call(createVideo, { text: TEXT, routing: { provider: 'synthesia' }, ...overrides }, context)).video;
const callsOf = (vendor: string, operation: string): number => sandbox.history({ vendor, operation, limit: 100 }).calls.length;

describe('videos', () => {
  it('orders, follows and fetches: video, poster, captions, cost, history', async () => {
    const changes: { state: string; version: number }[] = [];
    const follower = new JobWorker(platform.bus, {
      contract: videoChanged, stream: STREAMS.events, durable: 'spec', concurrency: 1,
      handle: async ({ video, version }) => {
        changes.push({ state: video.state, version });
        return { type: 'done' };
      },
    });
    follower.start();
    const queued = await create({ title: 'Fotossíntese', presenter: 'sofia-dGV0Z2VkdWM', background: { type: 'color', value: '#1F2A44' } });
    expect(queued).toMatchObject({ state: 'queued', presenter: 'sofia', title: 'Fotossíntese', result: null, served_by: null });
    const ready = await platform.until(queued.id, 'ready', 'failed');
    expect(ready).toMatchObject({
      state: 'ready', percent: 100, failure: null, attempts: [{ number: 1, provider: 'synthesia', simulated: true, state: 'done' }],
      served_by: { provider: 'synthesia', simulated: true, attempts: 1, model: 'video', cost: { amount_micros: expect.any(Number) } },
    });
    expect(ready.served_by?.cost.amount_micros).toBeGreaterThan(0);
    const { storage } = platform;
    expect(storage.objects.get(ready.result?.captions?.key ?? '')?.toString()).toContain('fotossíntese');
    expect(storage.objects.get(ready.result?.poster.key ?? '')?.readUInt16BE(0)).toBe(0xffd8);
    const folder = await mkdtemp(join(tmpdir(), 'tecnocursos-spec-'));
    await writeFile(join(folder, 'v.mp4'), storage.objects.get(ready.result?.video.key ?? '') ?? '');
    const facts = await probeVideo(join(folder, 'v.mp4'), never);
    await rm(folder, { recursive: true });
    expect(facts).toMatchObject({ width: ready.result?.width, height: ready.result?.height, durationMs: ready.result?.duration_ms });
    for (let tries = 0; tries < 50 && changes.at(-1)?.state !== 'ready'; tries += 1) await new Promise((resolve) => setTimeout(resolve, 100));
    await follower.stop(10);
    expect([...new Set(changes.map(({ state }) => state))]).toEqual(['queued', 'rendering', 'downloading', 'ready']);
    expect(changes.map(({ version }) => version)).toEqual(changes.map((_change, index) => index + 1));
  }, 60_000);

  it('works without any vendor: the text is spoken by the platform, and the drawn presenter says it', async () => {
    const ready = await platform.until((await create({ routing: { providers: ['local'] }, presenter: 'marcus', aspect: '9:16' })).id, 'ready', 'failed');
    expect(ready).toMatchObject({ state: 'ready', result: { width: 720, height: 1280 }, served_by: { provider: 'local', simulated: false, cost: { amount_micros: 0 } } });
    expect(platform.spoken).toContain(`antonio: ${TEXT}`);
    expect(platform.storage.objects.get(ready.result?.captions?.key ?? '')?.toString()).toMatch(/^WEBVTT\n\n00:00:00\.000 --> .*\n.*fotossíntese/);
  }, 60_000);

  it('speaks stored recordings before stored, generated and fetched pictures', async () => {
    platform.storage.objects.set('recording.wav', toneWav({ seconds: 2 }));
    platform.storage.objects.set('wall.png', await sharp({ create: { width: 500, height: 300, channels: 3, background: '#225588' } }).png().toBuffer());
    const { text: _text, ...recorded } = { text: undefined, audio_key: 'recording.wav', routing: { provider: 'd-id' } };
    const videos = await Promise.all([
      platform.call(createVideo, { ...recorded, background: { type: 'image', image_key: 'wall.png' } }),
      platform.call(createVideo, { ...recorded, background: { type: 'generated', prompt: 'uma floresta verde' } }),
    ]);
    for (const { video } of videos) {
      const ready = await platform.until(video.id, 'ready', 'failed');
      expect(ready).toMatchObject({ state: 'ready', served_by: { provider: 'd-id' } });
      expect(Math.abs((ready.result?.duration_ms ?? 0) - 2_000)).toBeLessThan(300);
    }
  }, 60_000);

  it('makes clips of stills', async () => {
    platform.storage.objects.set('still.jpg', await sharp({ create: { width: 500, height: 300, channels: 3, background: '#225588' } }).jpeg().toBuffer());
    const { video } = await platform.call(createEffect, { image_key: 'still.jpg', seconds: 2, routing: { provider: 'runway' } });
    expect(await platform.until(video.id, 'ready', 'failed')).toMatchObject({ state: 'ready', kind: 'effect', served_by: { provider: 'runway', cost: { amount_micros: 100_000 } }, result: { captions: null } });
    const moved = await platform.call(createEffect, { image_key: 'still.jpg', seconds: 2, routing: { providers: ['local'] } });
    expect(await platform.until(moved.video.id, 'ready', 'failed')).toMatchObject({ state: 'ready', served_by: { provider: 'local' } });
  }, 60_000);

  it('paints backgrounds, and shows presenters and credits', async () => {
    const painted = await platform.call(paintBackground, { prompt: 'a calm lake', language: 'en', routing: { provider: 'stability' } });
    expect(painted).toMatchObject({ width: 1280, height: 720, served_by: { provider: 'stability', simulated: true } });
    expect(await sharp(platform.storage.objects.get(painted.image.key)).metadata()).toMatchObject({ width: 1280, height: 720 });
    const local = await platform.call(paintBackground, { prompt: 'um lago calmo', routing: { provider: 'local' } });
    expect(local.warnings).toEqual([expect.stringContaining('soft shapes')]);
    const { presenters } = await platform.call(listPresenters, {});
    expect(presenters.map(({ id, aliases, providers }) => [id, aliases.length, providers.toSorted().join()])).toEqual(['amy', 'daniel', 'lucia', 'marcus', 'sofia'].map((id) => [id, 1, 'd-id,local,synthesia']));
    const { credits } = await platform.call(getAvatarCredits, {});
    expect(credits.map(({ provider, remaining }) => [provider, (remaining ?? 0) > 0]).toSorted()).toEqual([['d-id', true], ['runway', true]]);
  }, 60_000);

  it('cancels before and while the vendor works, tells the vendor, and answers the same again', async () => {
    sandbox.clear();
    const { id } = await create({ routing: { providers: ['d-id'] } });
    await platform.until(id, 'rendering');
    expect((await platform.call(cancelVideo, { video_id: id })).video).toMatchObject({ state: 'canceled', attempts: [{ state: 'canceled' }] });
    expect((await platform.call(cancelVideo, { video_id: id })).video.state).toBe('canceled');
    for (let tries = 0; tries < 50 && callsOf('d-id', 'clips.delete') === 0; tries += 1) await new Promise((resolve) => setTimeout(resolve, 100));
    expect(callsOf('d-id', 'clips.delete')).toBe(1);
    await new Promise((resolve) => setTimeout(resolve, 1_500));
    expect((await platform.call(getVideo, { video_id: id })).video.state).toBe('canceled');
  }, 60_000);

  it('makes one video for one idempotency key, and refuses another order under it', async () => {
    const key = newId();
    const [first, second] = await Promise.all([create({ routing: { providers: ['local'] } }, { idempotencyKey: key }), create({ routing: { providers: ['local'] } }, { idempotencyKey: key })]);
    expect(second.id).toBe(first.id);
    await expect(create({ text: 'Outro texto.' }, { idempotencyKey: key })).rejects.toMatchObject({ code: 'idempotency_key_reused' });
    await platform.call(cancelVideo, { video_id: first.id });
  }, 60_000);

  it('shows nothing to other tenants', async () => {
    const { id } = await create({ routing: { providers: ['local'] } });
    const stranger = { tenantId: newId() };
    await expect(platform.call(getVideo, { video_id: id }, stranger)).rejects.toMatchObject({ code: 'not_found' });
    await expect(platform.call(cancelVideo, { video_id: id }, stranger)).rejects.toMatchObject({ code: 'not_found' });
    expect((await platform.call(listVideos, {}, stranger)).videos).toEqual([]);
    await platform.call(cancelVideo, { video_id: id });
  }, 60_000);

  it('lists newest first, by pages and states', async () => {
    const first = await platform.call(listVideos, { limit: 2 });
    const second = await platform.call(listVideos, { limit: 2, cursor: first.next_cursor ?? '' });
    expect(new Set([...first.videos, ...second.videos].map(({ id }) => id)).size).toBe(4);
    expect((await platform.call(listVideos, { state: 'canceled' })).videos.every(({ state }) => state === 'canceled')).toBe(true);
    await expect(platform.call(listVideos, { cursor: 'x' })).rejects.toMatchObject({ code: 'invalid_request', issues: [{ field: 'cursor' }] });
  });

  it.each<[string, Partial<RequestInput<typeof createVideo>>, string, string]>([
    ['no text and no recording', { text: undefined }, 'invalid_request', 'text'],
    ['a recording that is not stored', { text: undefined, audio_key: 'none.mp3' }, 'not_found', 'audio_key'],
    ['a picture that is not stored', { background: { type: 'image', image_key: 'none.png' } }, 'not_found', 'background.image_key'],
    ['an address inside the network', { background: { type: 'image_url', url: 'https://169.254.169.254/latest' } }, 'invalid_request', 'background.url'],
    ['an address without encryption', { background: { type: 'image_url', url: 'http://example.com/a.png' } }, 'invalid_request', 'background.url'],
    ['a presenter that nobody is', { presenter: 'rick' as never }, 'invalid_request', 'presenter'],
    ['a colour that is none', { background: { type: 'color', value: 'red' } }, 'invalid_request', 'background.value'],
    ['a webhook that is not registered', { webhook_url: 'https://hooks.example.com/x' }, 'invalid_request', 'webhook_url'],
  ])('refuses %s', async (_name, overrides, code, field) => {
    const request = JSON.parse(JSON.stringify({ text: TEXT, ...overrides })) as RequestInput<typeof createVideo>;
    await expect(platform.call(createVideo, request)).rejects.toMatchObject({ code, issues: expect.arrayContaining([expect.objectContaining({ field })]) });
  });

  it('tells of pictures and recordings that are none', async () => {
    platform.storage.objects.set('text.png', Buffer.from('a text'));
    platform.storage.objects.set('text.mp3', Buffer.from('a text'));
    const picture = await create({ routing: { providers: ['local'] }, background: { type: 'image', image_key: 'text.png' } });
    expect(await platform.until(picture.id, 'ready', 'failed')).toMatchObject({ state: 'failed', failure: { code: 'unsupported_media_type', detail: expect.stringContaining('background') } });
    const { video } = await platform.call(createVideo, { audio_key: 'text.mp3', routing: { providers: ['local'] } });
    expect(await platform.until(video.id, 'ready', 'failed')).toMatchObject({ state: 'failed', failure: { code: 'unsupported_media_type', detail: expect.stringContaining('audio_key') } });
  }, 60_000);
});
