import { randomUUID } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { courseProgressed, getRetention, newId, subjectErasures, subjectExports, type SubjectScope } from '@tecnocursos/contracts';
import { connectBus, DurablePublisher, ensureStream, RpcClient, STREAMS, type BusConnection } from '@tecnocursos/messaging';
import { createLogger, startService, type RunningService } from '@tecnocursos/nest-kit';
import { createTestRuntime, startNatsServer, type TestNatsServer, type TestRuntime } from '@tecnocursos/testing';
import type { Kysely } from 'kysely';
import { courseFolder, documentKey } from '../course-keys.js';
import { COURSES_SCHEMA, type CoursesTables } from '../courses.tables.js';
import { service } from '../service.js';
import { startObjects, type ObjectsStandIn } from './objects.harness.js';
import { createSourceRetention } from './source-retention.js';

const ANA = 'zqana@escola.example';

describe('what courses keep about people', () => {
  let nats: TestNatsServer;
  let bus: BusConnection;
  let rpc: RpcClient;
  let runtime: TestRuntime;
  let running: RunningService;
  let objects: ObjectsStandIn;
  let db: Kysely<CoursesTables>;

  const about = (scope: SubjectScope) => ({ job_id: newId(), subject: { account_id: newId(), emails: [ANA] }, scope });
  const dump = async (): Promise<string> => {
    const tables = await Promise.all((['course', 'step', 'course_event', 'dead_letter', 'outbox'] as const).map((table) => db.selectFrom(table).selectAll().execute()));
    const files = (await readdir(nats.storeDir, { recursive: true, withFileTypes: true })).filter((entry) => entry.isFile());
    const streams = await Promise.all(files.map((file) => readFile(join(file.parentPath, file.name), 'latin1').catch(() => '')));
    return [JSON.stringify(tables), ...streams, JSON.stringify([...objects.stored])].join('\n');
  };

  /** A course as it lies there when it is published, with what else was written of it. */
  const makeCourse = async (tenantId: string, { title, document, script }: { title: string; document: string; script: string }, updatedAt = new Date()): Promise<string> => {
    const id = newId();
    const times = { created_at: updatedAt, updated_at: updatedAt };
    await db.insertInto('course').values({
      ...times, id, tenant_id: tenantId, title, language: 'pt-BR', state: 'published', progress: 1, options: '{}', source_format: 'markdown', source_filename: null, source_pages: null,
      request_sha256: randomUUID(), request_id: 'r', warnings: '[]', error_code: null, error_detail: null, last_sequence: 1,
    }).execute();
    const step = newId();
    await db.insertInto('step').values({
      id: step, course_id: id, tenant_id: tenantId, kind: 'script', lesson: 1, slide: 0, state: 'done', attempts: 1, forgiven_attempts: 0, not_before: updatedAt, lease_until: null, parts: 1,
      output: JSON.stringify({ script }), provider: 'local', simulated: false, cost_micros: 0, error_code: null, error_detail: null, course_created_at: updatedAt, started_at: updatedAt, finished_at: updatedAt, work_ms: 1,
    }).execute();
    await db.insertInto('course_event').values({ course_id: id, sequence: 1, type: 'course.created', data: JSON.stringify({ title }), occurred_at: updatedAt }).execute();
    await db.insertInto('dead_letter').values({ id: newId(), step_id: step, course_id: id, tenant_id: tenantId, subject: 's', payload: JSON.stringify({ title }), error_code: 'x', error_detail: title }).execute();
    objects.stored.set(`${tenantId}/${documentKey(id)}`, document);
    objects.stored.set(`${tenantId}/${courseFolder(id)}/public/index.html`, `<h1>${title}</h1>`);
    const payload = { course_id: id, sequence: 1, type: 'course.failed', occurred_at: updatedAt.toISOString(), data: { state: 'failed', progress: 0, error: { code: 'x', detail: title } } };
    await new DurablePublisher(bus).publish({ id: newId(), subject: courseProgressed.subject, payload, tenantId, requestId: 'r' });
    return id;
  };

  beforeAll(async () => {
    nats = await startNatsServer();
    bus = await connectBus({ url: nats.url, name: 'test' });
    for (const stream of Object.values(STREAMS)) await ensureStream(bus, stream);
    rpc = new RpcClient(bus);
    objects = await startObjects(bus);
    runtime = createTestRuntime(nats.url);
    running = await startService(service, runtime);
    db = (await runtime.database()).schema<CoursesTables>(COURSES_SCHEMA);
  }, 60_000);
  afterAll(async () => {
    rpc.close();
    await running.close();
    await objects.close();
    await bus.close();
    await runtime.close();
    await nats.stop();
  });

  it('exports and erases courses that name a person, wherever they do, and no others', async () => {
    const [tenantId, other] = [newId(), newId()];
    const inTitle = await makeCourse(tenantId, { title: `zqtitle de ${ANA}`, document: 'zq1', script: 'zq1' });
    const inScript = await makeCourse(tenantId, { title: 'zqscript-title', document: 'zq2', script: `Escreva a ${ANA.toUpperCase()}` });
    const inDocument = await makeCourse(tenantId, { title: 'zqdocument-title', document: `Escreva a ${ANA}`, script: 'zq3' });
    await makeCourse(tenantId, { title: 'zqkept-title', document: 'zq4', script: 'zq4' });
    await makeCourse(other, { title: `zqother de ${ANA}`, document: ANA, script: ANA });
    const records: { category: string; data: Record<string, unknown> }[] = [];
    const files: string[] = [];
    for (let cursor: string | null | undefined; cursor !== null;) {
      const page = await rpc.call(subjectExports.courses, { ...about('subject'), ...(cursor !== undefined && { cursor }) }, { tenantId });
      records.push(...page.records);
      files.push(...page.objects);
      cursor = page.next_cursor;
    }
    expect(records.filter(({ category }) => category === 'course').map(({ data }) => data['id'])).toEqual([inTitle, inScript, inDocument]);
    expect(records.filter(({ category }) => category === 'course-step')).toHaveLength(3);
    expect(files).toHaveLength(6);
    expect(files).toContain(documentKey(inDocument));
    expect((await rpc.call(subjectErasures.courses, about('subject'), { tenantId })).erased).toEqual([{ category: 'course', count: 3 }, { category: 'course-message', count: 3 }]);
    const left = await dump();
    for (const gone of ['zqtitle', 'zqscript', 'zqdocument', inTitle, inScript, inDocument]) expect(left).not.toContain(gone);
    for (const kept of ['zqkept-title', 'zqother']) expect(left).toContain(kept);
    expect((await rpc.call(subjectErasures.courses, about('subject'), { tenantId })).erased).toEqual([]);
    await rpc.call(subjectErasures.courses, about('tenant'), { tenantId });
    const end = await dump();
    expect(end).not.toContain('zqkept-title');
    expect(end).toContain('zqother');
    expect((await rpc.call(subjectErasures.courses, about('tenant'), { tenantId })).erased).toEqual([]);
  }, 60_000);

  it('waits for a step that still runs, and then leaves nothing', async () => {
    const tenantId = newId();
    const id = await makeCourse(tenantId, { title: 'zqrunning-title', document: 'x', script: 'x' });
    await db.updateTable('step').set({ state: 'running', lease_until: new Date(Date.now() + 3_000) }).where('course_id', '=', id).execute();
    const started = Date.now();
    const erasing = rpc.call(subjectErasures.courses, about('tenant'), { tenantId });
    setTimeout(() => objects.stored.set(`${tenantId}/${courseFolder(id)}/public/late.mp4`, 'zqrunning-late'), 1_500);
    expect((await erasing).erased).toContainEqual({ category: 'course', count: 1 });
    expect(Date.now() - started).toBeGreaterThan(2_500);
    expect(await dump()).not.toContain('zqrunning');
  }, 60_000);

  it('goes on with a course whose deletion was killed half-way', async () => {
    const tenantId = newId();
    const id = await makeCourse(tenantId, { title: 'zqhalf-title', document: 'x', script: 'x' });
    await db.updateTable('course').set({ state: 'deleting' }).where('id', '=', id).execute();
    expect((await rpc.call(subjectErasures.courses, about('tenant'), { tenantId })).erased).toContainEqual({ category: 'course', count: 1 });
    expect(await dump()).not.toContain('zqhalf');
  }, 60_000);

  it('keeps the documents of courses as long as the organization wants them', async () => {
    const tenantId = newId();
    const identity = bus.subscribe(getRetention.subject, { callback: (_error, message) => void message.respond(JSON.stringify({ retention: [{ category: 'course-sources', days: 30, is_default: false }] })) });
    const old = await makeCourse(tenantId, { title: 'old', document: 'zqold-document', script: 'x' }, new Date(Date.now() - 31 * 86_400_000));
    await makeCourse(tenantId, { title: 'young', document: 'zqyoung-document', script: 'x' });
    expect(await createSourceRetention(db, rpc, createLogger({ LOG_LEVEL: 'silent', LOG_FORMAT: 'json', NODE_ENV: 'test' })).run()).toBe(1);
    const left = await dump();
    expect(left).not.toContain('zqold-document');
    expect(left).toContain('zqyoung-document');
    expect(objects.stored.has(`${tenantId}/${courseFolder(old)}/public/index.html`)).toBe(true);
    identity.unsubscribe();
  }, 60_000);
});
