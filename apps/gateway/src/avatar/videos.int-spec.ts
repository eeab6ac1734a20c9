import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import {
  AppError, cancelVideo, createDownloads, createEffect, createUpload, createVideo, deleteObjects, getVideo, listVideos, paintBackground, servedLocally, videoChanged, type Video,
} from '@tecnocursos/contracts';
import { HEADER } from '@tecnocursos/messaging';
import { GatewayHarness, TENANT } from '../gateway.harness.js';

const ID = '0190a000-0000-7000-8000-00000000f11e';
const OTHER_TENANT = '0190a000-0000-7000-8000-000000000002';
const at = (second: number): string => `2026-11-25T12:00:0${second}.000Z`;
const object = (key: string) => ({ key, content_type: 'video/mp4', size: 10, sha256: 'a'.repeat(64) });
const RESULT = { video: object('videos/v.mp4'), poster: object('videos/v.png'), captions: object('videos/v.vtt'), duration_ms: 3_000, width: 1280, height: 720 };

const video = (change: Partial<Video> = {}): Video => ({
  id: ID, kind: 'avatar', state: 'rendering', percent: 40, title: null, presenter: 'sofia', aspect: '16:9', created_at: at(0), updated_at: at(1),
  attempts: [{ number: 1, provider: 'synthesia', simulated: true, state: 'accepted', detail: null }], warnings: [], failure: null, result: null, served_by: null, ...change,
});
const READY = video({ state: 'ready', percent: 100, updated_at: at(3), result: RESULT, served_by: { ...servedLocally('synthesia'), simulated: true } });

let harness: GatewayHarness;
let current: Video;
beforeAll(async () => {
  harness = await GatewayHarness.start();
});
afterAll(() => harness.stop());

beforeEach(() => {
  current = video();
  harness.services.calls.length = 0;
  harness.services
    .on(createDownloads, ({ keys }) => ({ urls: keys.map((key) => `https://files.example/${key}`), expires_at: at(9) }))
    .on(createUpload, ({ key }) => ({ url: `${harness.storage.url}/files/${key}`, method: 'PUT' as const, expires_at: at(9) }))
    .on(deleteObjects, ({ keys }) => ({ deleted: keys.length }))
    .on(createVideo, () => ({ video: video({ state: 'queued', percent: 0 }) }))
    .on(createEffect, () => ({ video: video({ kind: 'effect' }) }))
    .on(getVideo, () => ({ video: current }));
});

const path = (rest: string): string => `/api/integrations/avatar/${rest}`;
const post = (rest: string, body: unknown, headers: Record<string, string> = {}): Promise<Response> =>
  harness.fetch(path(rest), { method: 'POST', body: JSON.stringify(body), headers: { 'content-type': 'application/json', ...headers } });

describe('an order', () => {
  it('is accepted with the place of its video, and its key travels to the service', async () => {
    let key: string | undefined;
    const subscription = harness.services.connection.subscribe(createVideo.subject, { callback: (_error, message) => { key = message.headers?.get(HEADER.idempotencyKey); } });
    const response = await post('create-video', { text: 'Olá, turma.', presenter: 'sofia-dGV0Z2VkdWM' }, { 'idempotency-key': 'order-1' });
    expect([response.status, response.headers.get('location')]).toEqual([202, path(`video/${ID}`)]);
    expect(await response.json()).toMatchObject({ id: ID, state: 'queued', links: null });
    expect(harness.services.callsOf(createVideo)).toMatchObject([{ tenantId: TENANT, request: { text: 'Olá, turma.', presenter: 'sofia-dGV0Z2VkdWM' } }]);
    expect(key).toBe('order-1');
    subscription.unsubscribe();
  });

  it('takes a recording by form, which stays; and none of a wrong kind', async () => {
    const data = new FormData();
    data.append('presenter', 'lucia');
    data.append('background', JSON.stringify({ type: 'color', value: '#112233' }));
    data.append('file', new Blob(['RIFF'], { type: 'audio/wav' }), 'aula.wav');
    expect((await harness.fetch(path('create-video'), { method: 'POST', body: data })).status).toBe(202);
    expect(harness.services.callsOf(createVideo)).toMatchObject([{ request: { presenter: 'lucia', background: { type: 'color' }, subtitles: true, audio_key: expect.stringMatching(/^uploads\//) } }]);
    expect(harness.services.callsOf(deleteObjects)).toEqual([]);
    const wrong = new FormData();
    wrong.append('file', new Blob(['x'], { type: 'text/plain' }), 'a.txt');
    expect((await harness.fetch(path('effect'), { method: 'POST', body: wrong })).status).toBe(415);
  });

  it('of an effect takes a picture by form', async () => {
    const data = new FormData();
    data.append('seconds', '4');
    data.append('file', new Blob(['x'], { type: 'image/png' }), 'a.png');
    expect((await harness.fetch(path('effect'), { method: 'POST', body: data })).status).toBe(202);
    expect(harness.services.callsOf(createEffect)).toMatchObject([{ request: { seconds: 4, image_key: expect.any(String) } }]);
  });

  it.each([['a presenter nobody is', { text: 'Olá, turma.', presenter: 'zé' }, 'presenter'], ['neither text nor recording', {}, 'text'], ['a background of no kind', { text: 'Olá.', background: { type: 'sky' } }, 'background.type']])(
    'with %s is refused by field', async (_name, body, field) => {
      const response = await post('create-video', body);
      expect([response.status, await response.json()]).toMatchObject([400, { errors: [{ field }] }]);
    });
});

describe('a video', () => {
  it('that is ready comes with links', async () => {
    current = READY;
    const response = await harness.fetch(path(`video/${ID}`));
    expect(await response.json()).toMatchObject({
      state: 'ready', links: { video: 'https://files.example/videos/v.mp4', poster: 'https://files.example/videos/v.png', captions: 'https://files.example/videos/v.vtt', expire_at: at(9) },
    });
  });

  it('is listed, and canceled', async () => {
    harness.services.on(listVideos, () => ({ videos: [video(), READY], next_cursor: null })).on(cancelVideo, () => ({ video: video({ state: 'canceled' }) }));
    const list = await harness.fetch(path('videos?limit=5&state=ready'));
    expect(await list.json()).toMatchObject({ videos: [{ links: null }, { links: { expire_at: at(9) } }] });
    expect(harness.services.callsOf(listVideos)).toMatchObject([{ request: { limit: 5, state: 'ready' } }]);
    expect(await (await harness.fetch(path(`video/${ID}/cancel`), { method: 'POST' })).json()).toMatchObject({ state: 'canceled' });
  });
});

describe('the events of a video', () => {
  const announce = async (of: Video, tenant: string = TENANT): Promise<void> => {
    harness.services.connection.publish(videoChanged.subject, JSON.stringify({ tenant_id: tenant, video_id: ID, version: 2, video: of }));
    await harness.services.connection.flush();
  };

  it('begin with how things stand, go on with what changes, leave out what is old or foreign, and end with the video', async () => {
    const response = await harness.fetch(path(`video/${ID}/events`));
    expect(response.headers.get('content-type')).toMatch(/^text\/event-stream/);
    const text = response.text();
    await announce(video({ percent: 80, updated_at: at(2) }));
    await announce(video({ percent: 10, updated_at: at(1) }));
    await announce(video({ state: 'failed', updated_at: at(4) }), OTHER_TENANT);
    await announce(READY);
    const events = [...(await text).matchAll(/^event: (\w+)\ndata: (.*)$/gm)].map(([, name, data]) => [name, (JSON.parse(data ?? '{}') as Video).percent]);
    expect(events).toEqual([['rendering', 40], ['rendering', 80], ['ready', 100]]);
  });

  it('of a video that is over are one event', async () => {
    current = READY;
    expect((await (await harness.fetch(path(`video/${ID}/events`))).text()).match(/^event: /gm)).toHaveLength(1);
  });

  it('of no video are not found', async () => {
    harness.services.on(getVideo, () => {
      throw new AppError('not_found', 'There is no such video.');
    });
    expect((await harness.fetch(path(`video/${ID}/events`))).status).toBe(404);
  });
});

describe('a background', () => {
  it('is painted, and comes with a link; where it lies is not the caller’s to say', async () => {
    harness.services.on(paintBackground, () => ({ image: object('backgrounds/b.png'), width: 1280, height: 720, warnings: [], served_by: servedLocally('stability') }));
    const response = await post('background', { prompt: 'um laboratório' });
    expect([response.status, await response.json()]).toMatchObject([200, { url: 'https://files.example/backgrounds/b.png' }]);
    expect((await post('background', { prompt: 'x', output_key: 'courses/a' })).status).toBe(400);
  });
});
