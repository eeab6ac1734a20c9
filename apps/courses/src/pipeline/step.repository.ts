import { Inject, Injectable } from '@nestjs/common';
import { CourseOptionsSchema, newId, runCourseStep, type CourseEvent, type StepKind } from '@tecnocursos/contracts';
import type { FailureDecision } from '@tecnocursos/messaging';
import { ENVIRONMENT, readConfig, SCHEMA, type Environment } from '@tecnocursos/nest-kit';
import { expressionBuilder, sql, type Kysely, type Selectable, type Transaction } from 'kysely';
import { CoursesConfigSchema } from '../courses.config.js';
import type { CoursesTables, StepTable } from '../courses.tables.js';
import { recordEvent } from './course-events.js';
import { followingSteps, type StepName } from './plan.js';
import { planOptionsOf } from './plan-options.js';
import { courseProgress } from './progress.js';
import type { StepResult } from './step-handler.port.js';
import { releaseExpired, scheduleSteps, STEP_JOBS } from './step-scheduler.js';

export type StepRow = Selectable<StepTable>;
type Tx = Transaction<CoursesTables>;

const COURSE_WIDE: readonly StepKind[] = ['extract', 'outline', 'background', 'publish', 'notify'];

/** The pipeline's transactions. Each leaves steps, course, history and outbox true together. */
@Injectable()
export class StepRepository {
  private readonly concurrency: number;

  constructor(
    @Inject(SCHEMA) private readonly db: Kysely<CoursesTables>,
    @Inject(ENVIRONMENT) environment: Environment,
  ) {
    this.concurrency = readConfig(CoursesConfigSchema, environment).COURSES_TENANT_CONCURRENCY;
  }

  /** Takes a queued step, or one whose worker is gone; undefined when it is not to be had. */
  async claim(tenantId: string, stepId: string): Promise<StepRow | undefined> {
    const now = new Date();
    const living = this.db.selectFrom('course').select('id').where('state', 'in', ['processing', 'published']);
    const only = expressionBuilder<CoursesTables, 'step'>()('course_id', 'in', living);
    return STEP_JOBS.claim(this.db, { id: stepId, tenantId }, now, { only, set: { started_at: sql`coalesce(started_at, ${now})` } });
  }

  /** False when the step is no longer this worker's: it was canceled, or given to another. */
  async extendLease(step: StepRow): Promise<boolean> {
    return STEP_JOBS.extendLease(this.db, step, new Date());
  }

  /** Keeps a result, once; false when the step is no longer this worker's. */
  async finish(step: StepRow, result: StepResult, workMs: number): Promise<boolean> {
    return this.db.transaction().execute(async (transaction) => {
      const course = await lockCourse(transaction, step.course_id);
      if (!course || !(await this.close(transaction, step, result, workMs))) return false;
      await this.addFollowing(transaction, step, course);
      await this.applyToCourse(transaction, step, course, result);
      await scheduleSteps(transaction, step.tenant_id, this.concurrency);
      return true;
    });
  }

  /** Puts a failed step back for later, or fails it and its course for good. */
  async settleFailure(step: StepRow, decision: FailureDecision, workMs: number): Promise<void> {
    await this.db.transaction().execute(async (transaction) => {
      const course = await lockCourse(transaction, step.course_id);
      if (!course) return;
      if (decision.type === 'retry') {
        await STEP_JOBS.putBack(transaction, step, new Date(Date.now() + decision.delayMs), { work_ms: step.work_ms + workMs });
      } else {
        await this.fail(transaction, step, course, decision, workMs);
      }
      await scheduleSteps(transaction, step.tenant_id, this.concurrency);
    });
  }

  /** Gives lost steps back and queues what is due; false when there was nothing to do. */
  async sweep(): Promise<boolean> {
    const tenants = await this.db.transaction().execute(releaseExpired);
    for (const tenantId of tenants) {
      await this.db.transaction().execute((transaction) => scheduleSteps(transaction, tenantId, this.concurrency));
    }
    return tenants.length > 0;
  }

  async outputs<T>(courseId: string, kind: StepKind, lesson?: number): Promise<{ lesson: number; slide: number; output: T }[]> {
    const rows = await this.db
      .selectFrom('step')
      .select(['lesson', 'slide', 'output'])
      .where('course_id', '=', courseId)
      .where('kind', '=', kind)
      .where('state', '=', 'done')
      .$if(lesson !== undefined, (query) => query.where('lesson', '=', lesson ?? 0))
      .orderBy('lesson')
      .orderBy('slide')
      .execute();
    return rows.map((row) => ({ lesson: row.lesson, slide: row.slide, output: JSON.parse(row.output ?? 'null') as T }));
  }

  private async close(transaction: Tx, step: StepRow, result: StepResult, workMs: number): Promise<boolean> {
    return STEP_JOBS.change(transaction, step, {
      state: 'done', output: JSON.stringify(result.output), parts: result.parts ?? 0, provider: result.servedBy?.provider ?? null, simulated: result.servedBy?.simulated ?? null, cost_micros: costOf(result),
      lease_until: null, finished_at: new Date(), work_ms: step.work_ms + workMs, error_code: null, error_detail: null,
    });
  }

  private async addFollowing(transaction: Tx, finished: StepRow, { options }: LockedCourse): Promise<void> {
    const neighbours = await transaction
      .selectFrom('step')
      .select(['kind', 'lesson', 'slide', 'state', 'parts'])
      .where('course_id', '=', finished.course_id)
      // What is of the course as a whole may set every lesson going.
      .$if(finished.lesson > 0, (query) => query.where((where) => where.or([where('lesson', '=', finished.lesson), where('kind', 'in', [...COURSE_WIDE, 'assemble'])])))
      .execute();
    await insertSteps(transaction, finished, followingSteps(finished, neighbours, planOptionsOf(CourseOptionsSchema.parse(JSON.parse(options)))));
  }

  private async applyToCourse(transaction: Tx, step: StepRow, course: LockedCourse, result: StepResult): Promise<void> {
    const tallies = await tally(transaction, step.course_id);
    const lessons = step.kind === 'outline' ? (result.parts ?? 0) : (course.lessons ?? 0);
    const progress = Math.max(course.progress, courseProgress(tallies, lessons));
    const published = step.kind === 'publish';
    const warnings = [...new Set([...(JSON.parse(course.warnings) as string[]), ...(result.warnings ?? [])])];
    await transaction
      .updateTable('course')
      .set({ progress, warnings: JSON.stringify(warnings), ...(published && { state: 'published' as const }) })
      .where('id', '=', step.course_id)
      .execute();
    const state = published ? 'published' : course.state;
    const ofKind = tallies.find(({ kind }) => kind === step.kind);
    const data = { ...eventData(step, state, progress), done: ofKind?.done ?? 0, total: ofKind?.total ?? 0, ...(result.servedBy && { served_by: result.servedBy }) };
    const event = { courseId: step.course_id, tenantId: step.tenant_id, requestId: course.request_id };
    await recordEvent(transaction, { ...event, type: 'step.finished', data });
    if (published) await recordEvent(transaction, { ...event, type: 'course.published', data: { state: 'published', progress } });
  }

  private async fail(transaction: Tx, step: StepRow, course: LockedCourse, failure: FailureDecision & { type: 'fail' }, workMs: number): Promise<void> {
    const error = { error_code: failure.code, error_detail: failure.detail };
    if (!(await STEP_JOBS.change(transaction, step, { ...error, state: 'failed', lease_until: null, finished_at: new Date(), work_ms: step.work_ms + workMs }))) return;
    await transaction
      .insertInto('dead_letter')
      .values({ ...error, id: newId(), step_id: step.id, course_id: step.course_id, tenant_id: step.tenant_id, subject: runCourseStep.subject, payload: JSON.stringify({ kind: step.kind, lesson: step.lesson, slide: step.slide }) })
      .execute();
    const state = step.kind === 'notify' ? course.state : 'failed'; // a message that could not go out doesn't take the course back
    if (course.state !== 'failed' && state === 'failed') await transaction.updateTable('course').set({ ...error, state }).where('id', '=', step.course_id).execute();
    const data = { ...eventData(step, state, course.progress), error: { code: failure.code, detail: failure.detail } };
    const event = { courseId: step.course_id, tenantId: step.tenant_id, requestId: course.request_id };
    await recordEvent(transaction, { ...event, type: 'step.failed', data });
    if (course.state !== 'failed' && state === 'failed') await recordEvent(transaction, { ...event, type: 'course.failed', data: { state, progress: course.progress, error: data.error } });
  }
}

/** A failed course is kept up to date too: what was under way when it failed is not done again when it is retried. */
type LivingState = 'processing' | 'published' | 'failed';

interface LockedCourse {
  state: LivingState;
  progress: number;
  request_id: string;
  warnings: string;
  /** JSON of CourseOptions. */
  options: string;
  lessons: number | null;
}

/** One writer at a time for a course; null when nothing may happen to it any more. */
async function lockCourse(transaction: Tx, courseId: string): Promise<LockedCourse | null> {
  const row = await transaction.selectFrom('course').select(['state', 'progress', 'request_id', 'warnings', 'options']).where('id', '=', courseId).forUpdate().executeTakeFirst();
  if (!row || row.state === 'canceled' || row.state === 'deleting') return null;
  const outline = await transaction.selectFrom('step').select('parts').where('course_id', '=', courseId).where('kind', '=', 'outline').executeTakeFirst();
  return { ...row, state: row.state, lessons: outline?.parts ?? null };
}

export async function insertSteps(transaction: Tx, origin: Pick<StepRow, 'course_id' | 'tenant_id' | 'course_created_at'>, names: readonly StepName[]): Promise<void> {
  if (names.length === 0) return;
  const { course_id, tenant_id, course_created_at } = origin;
  await transaction
    .insertInto('step')
    .values(names.map((name) => ({ ...name, ...BLANK_STEP, id: newId(), course_id, tenant_id, course_created_at, not_before: new Date() })))
    .onConflict((conflict) => conflict.columns(['course_id', 'kind', 'lesson', 'slide']).doNothing())
    .execute();
}

/** What is simulated costs no money. */
const costOf = ({ servedBy, paidMicros }: StepResult): number => paidMicros ?? (servedBy && !servedBy.simulated ? servedBy.cost.amount_micros : 0);

const BLANK_STEP = {
  state: 'ready', attempts: 0, forgiven_attempts: 0, parts: 0, work_ms: 0, cost_micros: 0, lease_until: null, output: null, provider: null, simulated: null,
  error_code: null, error_detail: null, started_at: null, finished_at: null,
} as const;

async function tally(transaction: Tx, courseId: string): Promise<{ kind: StepKind; total: number; done: number }[]> {
  return transaction
    .selectFrom('step')
    .select((expression) => [
      'kind',
      expression.fn.countAll<number>().as('total'),
      expression.fn.countAll<number>().filterWhere('state', '=', 'done').as('done'),
    ])
    .where('course_id', '=', courseId)
    .groupBy('kind')
    .execute();
}

function eventData(step: StepRow, state: CourseEvent['data']['state'], progress: number): CourseEvent['data'] {
  return { state, progress, step: step.kind, ...(step.lesson > 0 && { lesson: step.lesson }), ...(step.slide > 0 && { slide: step.slide }) };
}
