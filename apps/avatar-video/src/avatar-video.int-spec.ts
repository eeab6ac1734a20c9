import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { healthChecks, newId, renderLesson, type RequestInput } from '@tecnocursos/contracts';
import { backgroundContext, connectBus, RpcClient, runInContext, type BusConnection } from '@tecnocursos/messaging';
import { startService, type RunningService } from '@tecnocursos/nest-kit';
import { createTestRuntime, startNatsServer, type TestNatsServer, type TestRuntime } from '@tecnocursos/testing';
import { toneWav } from './providers/local/sound.fixture.js';
import { service } from './service.js';
import { startStorage, type StorageHarness } from './storage.harness.js';

let nats: TestNatsServer;
let runtime: TestRuntime;
let storage: StorageHarness;
let services: RunningService[];
let connection: BusConnection;
let client: RpcClient;

beforeAll(async () => {
  nats = await startNatsServer();
  runtime = createTestRuntime(nats.url);
  storage = await startStorage();
  services = [await startService(storage.service, runtime), await startService(service, runtime)];
  connection = await connectBus({ url: nats.url, name: 'avatar-video-int-spec' });
  client = new RpcClient(connection);
}, 30_000);

afterAll(async () => {
  client.close();
  await connection.close();
  for (const running of services.reverse()) await running.close();
  await storage.close();
  await runtime.close();
  await nats.stop();
}, 30_000);

const render = (overrides: Partial<RequestInput<typeof renderLesson>> = {}) =>
  runInContext(backgroundContext(newId(), newId()), () =>
    client.call(renderLesson, {
      course_title: 'Curso', lesson_number: 1, lesson_title: 'Aula', language: 'pt-BR', images: [],
      slides: [
        { slide: { kind: 'title', title: 'Fotossíntese', narration: 'x' }, audio_key: 'audio/1.wav', duration_ms: 1_000 },
        { slide: { kind: 'picture', title: 'Figura', narration: 'x', image_id: 'gone', alt: 'Uma folha' }, audio_key: 'audio/1.wav', duration_ms: 1_000 },
      ],
      video_key: 'lessons/1.mp4', poster_key: 'lessons/1.jpg', ...overrides,
    }));

describe('avatar-video over the bus', () => {
  it('takes stored narrations and stores a video and a poster', async () => {
    storage.objects.set('audio/1.wav', toneWav({ seconds: 1 }));
    const reply = await render();
    expect(reply).toMatchObject({ width: 1280, height: 720, duration_ms: 2_480, slides: [{ start_ms: 0, end_ms: 1_240 }, { start_ms: 1_240, end_ms: 2_480 }], served_by: { provider: 'local', simulated: false } });
    expect(reply.warnings).toEqual(['Slide 2: the picture is not among the document\'s pictures and was left out.']);
    expect(storage.objects.get('lessons/1.mp4')).toHaveLength(reply.video.size);
    expect(storage.objects.get('lessons/1.mp4')?.toString('latin1', 4, 8)).toBe('ftyp');
    expect(storage.objects.get('lessons/1.jpg')?.readUInt16BE(0)).toBe(0xffd8);
  });

  it('keeps the codes of refusals on the wire', async () => {
    storage.objects.set('audio/text.wav', Buffer.from('a text'));
    const slide = { kind: 'title', title: 'Aula', narration: 'x' } as const;
    await expect(render({ slides: [{ slide, audio_key: 'audio/text.wav', duration_ms: 1 }] })).rejects.toMatchObject({ code: 'engine_failed', detail: expect.stringContaining('slide 1') });
    await expect(render({ slides: [{ slide, audio_key: 'audio/none.wav', duration_ms: 1 }] })).rejects.toMatchObject({ code: 'not_found' });
  });

  it('reports the health of its engine', async () => {
    const health = await client.call(healthChecks['avatar-video'], {});
    expect(health.dependencies).toContainEqual(expect.objectContaining({ name: 'ffmpeg', kind: 'engine', status: 'up' }));
  });
});
