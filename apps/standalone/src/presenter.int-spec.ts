import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { service as billing } from '@tecnocursos/billing';
import { AppError, cancelCourse, createCourse, deleteCourse, derivedId, getCourse, newId, type Course, type RequestInput } from '@tecnocursos/contracts';
import { freePort } from '@tecnocursos/engines';
import { service as courses } from '@tecnocursos/courses';
import { service as identity } from '@tecnocursos/identity';
import { connectBus, RpcClient, type BusConnection } from '@tecnocursos/messaging';
import { startService, type RunningService } from '@tecnocursos/nest-kit';
import { service as notifications } from '@tecnocursos/notifications';
import { service as storage } from '@tecnocursos/storage';
import { createTestRuntime, startNatsServer, type TestNatsServer, type TestRuntime } from '@tecnocursos/testing';
import { sql } from 'kysely';
import { resetStubs, STUB_ENGINES, stubs } from './testing/stub-engines.harness.js';
import { resetStudio, STUB_STUDIO, studio } from './testing/stub-studio.harness.js';

type Options = RequestInput<typeof createCourse>['options'];
const TEXT = 'A água é um recurso natural. A chuva é a queda da água das nuvens sobre a terra.';

describe('a course with a presenter, a background and effects', () => {
  let directory: string;
  let broker: TestNatsServer;
  let runtime: TestRuntime;
  let services: RunningService[];
  let pipeline: RunningService;
  let connection: BusConnection;
  let rpc: RpcClient;
  let tenantId: string;

  beforeAll(async () => {
    directory = await mkdtemp(join(tmpdir(), 'tecnocursos-presenter-'));
    broker = await startNatsServer();
    const port = String(await freePort());
    runtime = createTestRuntime(broker.url, {
      STORAGE_DIR: join(directory, 'storage'), STORAGE_PORT: port, STORAGE_INTERNAL_URL: `http://127.0.0.1:${port}`, MAILBOX_DIR: join(directory, 'mailbox'),
      IDENTITY_BOOTSTRAP_API_KEY: `tc_${'a'.repeat(43)}`,
    });
    services = [];
    const engines = STUB_ENGINES.filter(({ name }) => name !== 'avatar-video');
    for (const definition of [storage, identity, billing, notifications, ...engines, ...STUB_STUDIO]) services.push(await startService(definition, runtime));
    pipeline = await startService(courses, runtime);
    connection = await connectBus({ url: broker.url, name: 'test' });
    rpc = new RpcClient(connection);
    const { rows } = await sql<{ id: string }>`select id from identity.tenant`.execute((await runtime.database()).schema('identity'));
    tenantId = rows[0]?.id ?? '';
  }, 60_000);

  afterAll(async () => {
    rpc.close();
    await connection.close();
    await pipeline.close();
    await Promise.all(services.map((service) => service.close()));
    await runtime.close();
    await broker.stop();
    await rm(directory, { recursive: true, force: true });
  }, 30_000);

  beforeEach(() => {
    resetStubs();
    resetStudio();
  });

  const create = async (options: Options): Promise<Course> => (await rpc.call(createCourse, { source: { type: 'text', title: 'A água', text: TEXT }, options }, { tenantId })).course;
  const made = async (options: Options): Promise<Course> => until((await create(options)).id, ({ state }) => state === 'published' || state === 'failed');
  const until = async (id: string, reached: (course: Course) => boolean): Promise<Course> => {
    for (const end = Date.now() + 20_000; Date.now() < end; await new Promise((resolve) => setTimeout(resolve, 25))) {
      const { course } = await rpc.call(getCourse, { course_id: id }, { tenantId });
      if (reached(course)) return course;
    }
    throw new Error('Not reached');
  };
  const ordered = async (): Promise<void> => {
    while (studio.orderCalls === 0) await new Promise((resolve) => setTimeout(resolve, 10));
  };
  const kinds = ({ steps }: Course): string[] => steps.map(({ kind }) => kind);

  it('has its title filmed to the stored narration, in front of the painted background, and says who fell over', async () => {
    const course = await made({ presenter: 'sofia-dGV0Z2VkdWM', presenter_provider: 'synthesia', background: 'um laboratório claro', effects: 'fade' });
    expect(course.state).toBe('published');
    const work = `courses/${course.id}/work`;
    expect([...studio.orders]).toMatchObject([[`presenter:${course.id}:1`, {
      audio_key: `${work}/voice/lesson-01-slide-001.wav`, presenter: 'sofia-dGV0Z2VkdWM', background: { type: 'image', image_key: `${work}/background` }, routing: { providers: ['synthesia', 'd-id'] },
    }]]);
    const [lesson] = studio.lessons;
    expect(lesson).toMatchObject({ background: `${work}/background`, effects: 'fade', slides: [{ clip_key: expect.stringMatching(/^videos\//) }, {}, {}, {}] });
    expect(lesson?.presenter).toBeUndefined();
    expect(lesson?.slides.slice(1).some(({ clip_key: key }) => key !== undefined)).toBe(false);
    expect(course.warnings).toEqual(['The presenter of lesson 1 is by d-id, because synthesia failed: It burnt.']);
    expect(course.steps).toEqual(expect.arrayContaining([
      expect.objectContaining({ kind: 'presenter', state: 'done', provider: 'd-id', simulated: true }), expect.objectContaining({ kind: 'background', provider: 'stability', simulated: true }),
    ]));
    expect(studio.painted).toBe(1);
  }, 30_000);

  it('is drawn when no vendor is configured for real and none was chosen, without an order', async () => {
    const course = await made({ presenter: 'marcus', background: '#1F2A44' });
    expect(course).toMatchObject({ state: 'published', warnings: [] });
    expect(studio.orderCalls).toBe(0);
    expect(studio.painted).toBe(0);
    expect(studio.lessons).toMatchObject([{ presenter: 'marcus', background: `courses/${course.id}/work/background` }]);
    expect(course.steps.find(({ kind }) => kind === 'presenter')).toMatchObject({ provider: 'local', simulated: false });
  }, 30_000);

  it('is drawn, with a warning, when all vendors fail after they took the work', async () => {
    studio.videoState = 'failed';
    const course = await made({ presenter: 'sofia', presenter_provider: 'd-id' });
    expect(course).toMatchObject({ state: 'published', warnings: ['The presenter of lesson 1 was drawn locally: Nobody could make the video.'] });
    expect(studio.lessons).toMatchObject([{ presenter: 'sofia' }]);
  }, 30_000);

  it('is drawn, with a warning, when the order is refused; and goes without a background that nobody paints', async () => {
    studio.orderError = new AppError('budget_exhausted', 'The month is spent.');
    studio.paintError = new AppError('content_policy', 'Not this.');
    const course = await made({ presenter: 'sofia', presenter_provider: 'd-id', background: 'algo proibido' });
    expect(course.state).toBe('published');
    expect(course.warnings).toEqual(expect.arrayContaining([
      'The presenter of lesson 1 was drawn locally: The month is spent.', 'The background could not be painted, and title slides have that of the theme: Not this.',
    ]));
    expect(studio.lessons[0]?.background).toBeUndefined();
  }, 30_000);

  it('orders one video, however often the step is tried and its process ends', async () => {
    studio.videoState = 'rendering';
    studio.readErrors = [new AppError('unavailable', 'Away.')];
    const { id } = await create({ presenter: 'sofia', presenter_provider: 'd-id' });
    await ordered();
    await until(id, () => studio.orderCalls === 2);
    await pipeline.close();
    pipeline = await startService(courses, runtime);
    await until(id, () => studio.orderCalls >= 3);
    studio.videoState = 'ready';
    const course = await until(id, ({ state }) => state === 'published');
    expect([...studio.orders.keys()]).toEqual([`presenter:${course.id}:1`]);
    expect(studio.lessons).toHaveLength(1);
  }, 40_000);

  it.each([['canceled', cancelCourse], ['deleted', deleteCourse]] as const)('lets go of the video that was ordered when it is %s', async (_how, end) => {
    studio.videoState = 'rendering';
    const { id } = await create({ presenter: 'sofia', presenter_provider: 'd-id' });
    await ordered();
    expect(studio.canceled).toEqual([]);
    await rpc.call(end, { course_id: id }, { tenantId });
    for (let tries = 0; tries < 100 && studio.canceled.length === 0; tries += 1) await new Promise((resolve) => setTimeout(resolve, 50));
    expect(studio.canceled).toEqual([derivedId(tenantId, `presenter:${id}:1`)]);
  }, 30_000);

  describe('on every slide', () => {
    const EVERYWHERE = { presenter: 'sofia', presenter_provider: 'd-id', presenter_scenes: 'all' } as const;

    it('is filmed once for each of them, to its own narration, at most four at a time, and handed over by slide', async () => {
      stubs.slides = 6;
      const course = await made(EVERYWHERE);
      const { id } = course;
      expect(course).toMatchObject({ state: 'published', options: { presenter_scenes: 'all' } });
      const slides = studio.lessons[0]?.slides ?? [];
      expect(slides).toHaveLength(6);
      const keys = slides.map((_, index) => (index === 0 ? `presenter:${id}:1` : `presenter:${id}:1:${index + 1}`));
      expect([...studio.orders.keys()].sort()).toEqual(keys);
      expect(keys.map((key) => studio.orders.get(key)?.audio_key)).toEqual(slides.map(({ audio_key: key }) => key));
      expect(slides.map(({ clip_key: key }) => key)).toEqual(keys.map((key) => `videos/${derivedId(tenantId, key)}.mp4`));
      expect(studio.lessons[0]).not.toHaveProperty('presenter');
      expect(studio.orderCalls).toBe(6);
      expect(studio.mostWaiting).toBe(4);
    }, 40_000);

    it('is missing, with a warning, from slides whose videos fail', async () => {
      studio.failing = [2, 3];
      const course = await made(EVERYWHERE);
      expect(course.state).toBe('published');
      expect(studio.lessons[0]?.slides.map(({ clip_key: key }) => key !== undefined)).toEqual([true, false, false, true]);
      expect(studio.lessons[0]).not.toHaveProperty('presenter');
      expect(course.warnings).toEqual([
        'Slides 2 and 3 of lesson 1 have no presenter: Nobody could make the video.', 'The presenter of slides 1 and 4 of lesson 1 is by d-id, because synthesia failed: It burnt.',
      ]);
    }, 30_000);

    it('is ordered once for each slide, however often the step is tried and its process ends', async () => {
      studio.videoState = 'rendering';
      studio.readErrors = [new AppError('unavailable', 'Away.')];
      const { id } = await create(EVERYWHERE);
      await until(id, () => studio.orderCalls >= 8);
      await pipeline.close();
      pipeline = await startService(courses, runtime);
      await until(id, () => studio.orderCalls >= 12);
      studio.videoState = 'ready';
      await until(id, ({ state }) => state === 'published');
      expect([...studio.orders.keys()].sort()).toEqual([`presenter:${id}:1`, ...[2, 3, 4].map((slide) => `presenter:${id}:1:${slide}`)]);
      expect(studio.lessons).toHaveLength(1);
    }, 40_000);

    it('is let go of everywhere when the course is canceled, where it is not finished', async () => {
      studio.videoState = 'rendering';
      studio.failing = [3];
      const { id } = await create(EVERYWHERE);
      await until(id, () => studio.orderCalls === 4 && studio.waiting.size === 3);
      await rpc.call(cancelCourse, { course_id: id }, { tenantId });
      for (let tries = 0; tries < 100 && studio.canceled.length < 3; tries += 1) await new Promise((resolve) => setTimeout(resolve, 50));
      expect([...studio.canceled].sort()).toEqual(['', ':2', ':4'].map((slide) => derivedId(tenantId, `presenter:${id}:1${slide}`)).sort());
    }, 30_000);
  });

  it('is as it was without them', async () => {
    const course = await made({});
    expect(kinds(course)).toEqual(['extract', 'outline', 'script', 'quiz', 'voice', 'video', 'assemble', 'publish', 'notify']);
    expect(studio.lessons).toMatchObject([{ effects: 'none' }]);
    expect(studio.lessons[0]).not.toHaveProperty('presenter');
    expect(studio.lessons[0]).not.toHaveProperty('background');
  }, 30_000);

  it.each<[string, Options, string]>([
    ['scenes that there are not', { presenter: 'sofia', presenter_scenes: 'some' } as unknown as Options, 'options.presenter_scenes'],
    ['a presenter nobody is', { presenter: 'zé' } as unknown as Options, 'options.presenter'], ['a vendor nobody is', { presenter: 'sofia', presenter_provider: 'acme' }, 'presenter_provider'],
    ['a cloned voice that there is not', { voice: newId() }, 'voice'],
  ])('with %s is refused by field', async (_name, options, field) => {
    await expect(create(options)).rejects.toMatchObject({ code: 'invalid_request', issues: [{ field }] });
  });
});
