import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { service as billing } from '@tecnocursos/billing';
import {
  AppError, cancelCourse, createCourse, deleteCourse, getCourse, getSubscription, getTenant, listCourseEvents, listCourses, newId, retryCourse, type Course,
} from '@tecnocursos/contracts';
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

const TEXT = 'A água é um recurso natural. A chuva é a queda da água das nuvens sobre a terra.';
const LIMIT = 3;

describe('the pipeline, with engines that a test controls', () => {
  let directory: string;
  let broker: TestNatsServer;
  let runtime: TestRuntime;
  let services: RunningService[];
  let connection: BusConnection;
  let rpc: RpcClient;
  let tenantId: string;

  beforeAll(async () => {
    directory = await mkdtemp(join(tmpdir(), 'tecnocursos-pipeline-'));
    broker = await startNatsServer();
    const port = String(await freePort());
    runtime = createTestRuntime(broker.url, {
      STORAGE_DIR: join(directory, 'storage'), STORAGE_PORT: port, STORAGE_INTERNAL_URL: `http://127.0.0.1:${port}`, MAILBOX_DIR: join(directory, 'mailbox'),
      COURSES_TENANT_CONCURRENCY: String(LIMIT), IDENTITY_BOOTSTRAP_API_KEY: `tc_${'a'.repeat(43)}`,
    });
    services = [];
    for (const definition of [storage, identity, billing, notifications, ...STUB_ENGINES, courses]) services.push(await startService(definition, runtime));
    connection = await connectBus({ url: broker.url, name: 'test' });
    rpc = new RpcClient(connection);
    const { rows } = await sql<{ id: string }>`select id from identity.tenant`.execute((await runtime.database()).schema('identity'));
    tenantId = rows[0]?.id ?? '';
  }, 60_000);

  afterAll(async () => {
    rpc.close();
    await connection.close();
    await Promise.all(services.map((service) => service.close()));
    await runtime.close();
    await broker.stop();
    await rm(directory, { recursive: true, force: true });
  }, 30_000);

  beforeEach(resetStubs);

  const create = async (title: string): Promise<Course> =>
    (await rpc.call(createCourse, { source: { type: 'text', title, text: TEXT }, options: {} }, { tenantId })).course;
  const show = async (id: string): Promise<Course> => (await rpc.call(getCourse, { course_id: id }, { tenantId })).course;
  const until = async (id: string, reached: (course: Course) => boolean, timeoutMs = 15_000): Promise<Course> => {
    const end = Date.now() + timeoutMs;
    for (;;) {
      const course = await show(id);
      if (reached(course)) return course;
      if (Date.now() > end) throw new Error(`Not reached: ${JSON.stringify(course)}`);
      await new Promise((resolve) => setTimeout(resolve, 25));
    }
  };
  const allDone = ({ steps }: Course): boolean => steps.every(({ state }) => state === 'done');

  it('tries again what passes by itself, and runs nothing twice that succeeded', async () => {
    stubs.voiceErrors = [new AppError('unavailable', 'Away.'), new Error('a bug'), new AppError('engine_failed', 'Crashed.')];
    const course = await until((await create('Insistente')).id, allDone);
    expect(course.state).toBe('published');
    expect(Object.fromEntries(stubs.calls)).toEqual({ outline: 1, script: 1, quiz: 1, voice: 4 + 3, video: 1 });
  });

  it('fails a course with the reason and a dead letter, and goes on when it is asked to', async () => {
    stubs.voiceErrors = [new AppError('ssml_invalid', 'The narration is not SSML.')];
    const { id } = await create('Envenenado');
    const failed = await until(id, ({ state }) => state === 'failed');
    expect(failed.error).toEqual({ code: 'ssml_invalid', detail: 'The narration is not SSML.' });
    const letters = async (): Promise<unknown[]> =>
      (await sql`select error_code, payload from courses.dead_letter where course_id = ${id}`.execute((await runtime.database()).schema('courses'))).rows;
    expect(await letters()).toEqual([{ error_code: 'ssml_invalid', payload: expect.stringContaining('voice') }]);
    const history = await rpc.call(listCourseEvents, { course_id: id, after: 0 }, { tenantId });
    expect(history.events.map(({ type }) => type)).toEqual(expect.arrayContaining(['step.failed', 'course.failed']));

    await rpc.call(retryCourse, { course_id: id }, { tenantId });
    const course = await until(id, allDone);
    expect(course).toMatchObject({ state: 'published', error: null });
    expect(await letters()).toEqual([]);
    expect(stubs.calls.get('outline')).toBe(1);
  });

  it('runs no more of a tenant at once than it may', async () => {
    stubs.voiceDelayMs = 60;
    const created = await Promise.all(['A', 'B', 'C', 'D'].map(create));
    for (const { id } of created) await until(id, allDone, 20_000);
    expect(stubs.mostVoicesAtWork).toBeLessThanOrEqual(LIMIT);
    expect(stubs.mostVoicesAtWork).toBeGreaterThan(1);
  }, 40_000);

  it('stops the work under way when a course is canceled', async () => {
    stubs.voiceDelayMs = 8_000;
    const { id } = await create('Parado');
    await until(id, () => stubs.voicesAtWork > 0);
    const { course } = await rpc.call(cancelCourse, { course_id: id }, { tenantId });
    expect(course.state).toBe('canceled');
    for (let tries = 0; tries < 80 && stubs.voicesAtWork > 0; tries += 1) await new Promise((resolve) => setTimeout(resolve, 50));
    expect(stubs.voicesAtWork).toBe(0);
    expect(stubs.abortedVoices).toBeGreaterThan(0);
    expect((await show(id)).steps.find(({ kind }) => kind === 'voice')?.state).toBe('canceled');
  }, 20_000);

  it('shows nothing of a tenant to another', async () => {
    const { id } = await create('Só meu');
    const stranger = { tenantId: newId() };
    for (const contract of [getCourse, retryCourse, cancelCourse, deleteCourse] as const) {
      await expect(rpc.call(contract, { course_id: id }, stranger)).rejects.toMatchObject({ code: 'not_found' });
    }
    await expect(rpc.call(listCourseEvents, { course_id: id, after: 0 }, stranger)).rejects.toMatchObject({ code: 'not_found' });
    expect(await rpc.call(listCourses, { limit: 10 }, stranger)).toEqual({ courses: [], next_cursor: null });
    await expect(rpc.call(getTenant, {}, stranger)).rejects.toMatchObject({ code: 'not_found' });
    await until(id, allDone);
  });

  it('asks the plan: premium voices and uploads are counted, a refused course costs nothing', async () => {
    const before = (await rpc.call(getSubscription, {}, { tenantId })).subscription;
    expect(before).toMatchObject({ state: 'trialing', plan: { id: 'pro' } });
    const { course } = await rpc.call(createCourse, { source: { type: 'text', title: 'Premium', text: TEXT }, options: { voice: 'stub' } }, { tenantId });
    await until(course.id, allDone);
    await expect(rpc.call(createCourse, { source: { type: 'text', title: 'Vazio', text: ' ' }, options: {} }, { tenantId })).rejects.toMatchObject({ code: 'invalid_request' });
    await expect(rpc.call(createCourse, { source: { type: 'text', title: 'Outra língua', text: '光合作用是植物利用光能的过程。'.repeat(9) }, options: {} }, { tenantId })).rejects.toMatchObject({ status: 422 });
    expect((await rpc.call(getSubscription, {}, { tenantId })).subscription.uploads_used).toBe(before.uploads_used + 1);
  });
});
