import { Inject, Injectable } from '@nestjs/common';
import { AppError, deleteObjects, type CourseEvent, type CourseState } from '@tecnocursos/contracts';
import { RpcClient, type CallContext } from '@tecnocursos/messaging';
import { ENVIRONMENT, LOGGER, OutboxPublisher, readConfig, SCHEMA, type Environment, type Logger } from '@tecnocursos/nest-kit';
import { sql, type Kysely, type Transaction } from 'kysely';
import { courseFolder } from './course-keys.js';
import { CourseRepository } from './course.repository.js';
import { CoursesConfigSchema } from './courses.config.js';
import type { CoursesTables } from './courses.tables.js';
import { recordEvent } from './pipeline/course-events.js';
import { scheduleSteps } from './pipeline/step-scheduler.js';
import { StepRunner } from './pipeline/step-runner.service.js';

type Tx = Transaction<CoursesTables>;

/** What users may do to a course: try again, stop, delete. */
@Injectable()
export class CourseControl {
  private readonly concurrency: number;

  constructor(
    @Inject(SCHEMA) private readonly db: Kysely<CoursesTables>,
    @Inject(ENVIRONMENT) environment: Environment,
    @Inject(LOGGER) private readonly logger: Logger,
    private readonly courses: CourseRepository,
    private readonly runner: StepRunner,
    private readonly outbox: OutboxPublisher,
    private readonly rpc: RpcClient,
  ) {
    this.concurrency = readConfig(CoursesConfigSchema, environment).COURSES_TENANT_CONCURRENCY;
  }

  /** Runs what failed again. @throws AppError `not_found`, `conflict` when nothing has failed. */
  async retry(context: CallContext, courseId: string): Promise<void> {
    await this.change(context, courseId, async (transaction, course) => {
      const again = { state: 'ready', not_before: new Date(), lease_until: null } as const;
      const ofCourse = transaction.updateTable('step').where('course_id', '=', courseId);
      const reset = await ofCourse
        .set({ ...again, forgiven_attempts: sql`attempts`, finished_at: null, error_code: null, error_detail: null })
        .where('state', '=', 'failed')
        .executeTakeFirst();
      await ofCourse.set(again).where('state', '=', 'queued').execute(); // their messages came while the course stood still
      if (reset.numUpdatedRows === 0n) throw new AppError('conflict', `Nothing of this course has failed; it is ${course.state}.`);
      await transaction.deleteFrom('dead_letter').where('course_id', '=', courseId).execute();
      const state: CourseState = course.state === 'failed' ? 'processing' : course.state;
      await transaction.updateTable('course').set({ state, error_code: null, error_detail: null }).where('id', '=', courseId).execute();
      await record(transaction, context, courseId, 'course.retried', { state, progress: course.progress });
      await scheduleSteps(transaction, context.tenantId, this.concurrency);
    });
  }

  /** Stops the work at whatever step it is. @throws AppError `not_found`, `conflict` when there is nothing to stop. */
  async cancel(context: CallContext, courseId: string): Promise<void> {
    await this.change(context, courseId, async (transaction, course) => {
      if (course.state !== 'processing' && course.state !== 'failed') throw new AppError('conflict', `This course is ${course.state}: there is nothing to cancel.`);
      await stopSteps(transaction, courseId);
      await transaction.updateTable('course').set({ state: 'canceled' }).where('id', '=', courseId).execute();
      await record(transaction, context, courseId, 'course.canceled', { state: 'canceled', progress: course.progress });
    });
    this.runner.abortCourse(courseId);
  }

  /** Hides the course at once, then removes its objects and rows; what a crash leaves is finished by `finishDeletions`. */
  async delete(context: CallContext, courseId: string): Promise<void> {
    await this.change(context, courseId, async (transaction) => {
      await transaction.updateTable('course').set({ state: 'deleting', updated_at: new Date() }).where('id', '=', courseId).execute();
      await stopSteps(transaction, courseId);
    });
    this.runner.abortCourse(courseId);
    await this.finishDeletion(context.tenantId, courseId);
  }

  async finishDeletions(): Promise<void> {
    const rows = await this.db.selectFrom('course').select(['id', 'tenant_id']).where('state', '=', 'deleting').limit(20).execute();
    for (const { id, tenant_id: tenantId } of rows) {
      await this.finishDeletion(tenantId, id).catch((error: unknown) => this.logger.warn({ err: error, course_id: id }, 'a deletion could not be finished; it will be tried again'));
    }
  }

  /** A step that still runs elsewhere could write once more: the rows stay, hidden, until its lease has ended. */
  private async finishDeletion(tenantId: string, courseId: string): Promise<void> {
    const running = await this.db
      .selectFrom('step').select('id').where('course_id', '=', courseId).where('state', 'in', ['running', 'canceled']).where('lease_until', '>', new Date()).limit(1).executeTakeFirst();
    await this.rpc.call(deleteObjects, { folder: courseFolder(courseId) }, { tenantId });
    if (!running) await this.db.deleteFrom('course').where('id', '=', courseId).where('state', '=', 'deleting').execute();
  }

  private async change(
    { tenantId }: CallContext, courseId: string, apply: (transaction: Tx, course: { state: CourseState; progress: number }) => Promise<void>,
  ): Promise<void> {
    await this.courses.get(tenantId, courseId);
    await this.db.transaction().execute(async (transaction) => {
      const course = await transaction.selectFrom('course').select(['state', 'progress']).where('id', '=', courseId).where('tenant_id', '=', tenantId).forUpdate().executeTakeFirst();
      if (!course || course.state === 'deleting') throw new AppError('not_found', 'There is no course with this id.');
      await apply(transaction, { state: course.state, progress: course.progress });
    });
    this.outbox.kick();
  }
}

async function stopSteps(transaction: Tx, courseId: string): Promise<void> {
  await transaction
    .updateTable('step')
    .set({ state: 'canceled', lease_until: sql`case when state = 'running' then lease_until end`, finished_at: new Date() }) // its worker hears of it before the lease ends
    .where('course_id', '=', courseId)
    .where('state', 'in', ['ready', 'queued', 'running', 'failed'])
    .execute();
}

function record(transaction: Tx, context: CallContext, courseId: string, type: CourseEvent['type'], data: CourseEvent['data']): Promise<void> {
  return recordEvent(transaction, { courseId, tenantId: context.tenantId, requestId: context.requestId, type, data });
}
