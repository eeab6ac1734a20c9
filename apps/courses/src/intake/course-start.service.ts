import { Inject, Injectable } from '@nestjs/common';
import type { DocumentImage, Language } from '@tecnocursos/contracts';
import type { CallContext } from '@tecnocursos/messaging';
import { ENVIRONMENT, OutboxPublisher, readConfig, SCHEMA, type Environment } from '@tecnocursos/nest-kit';
import type { Kysely } from 'kysely';
import { CourseRepository, type VisibleCourse } from '../course.repository.js';
import { CoursesConfigSchema } from '../courses.config.js';
import type { CoursesTables } from '../courses.tables.js';
import type { ReadDocument } from '../documents/document-reader.port.js';
import { recordEvent } from '../pipeline/course-events.js';
import { followingSteps, type StepName } from '../pipeline/plan.js';
import { planOptionsOf } from '../pipeline/plan-options.js';
import { courseProgress } from '../pipeline/progress.js';
import { insertSteps } from '../pipeline/step.repository.js';
import { scheduleSteps } from '../pipeline/step-scheduler.js';
import type { ExtractOutput } from '../steps/step-outputs.js';
import type { CreateRequest } from './course-intake.service.js';

export interface NewCourse {
  courseId: string;
  request: CreateRequest;
  requestSha256: string;
  document: ReadDocument;
  language: Language;
  images: DocumentImage[];
  /** When the reading of the document began: it counts as the course's first step. */
  started: Date;
}

const EXTRACT: StepName = { kind: 'extract', lesson: 0, slide: 0 };

/** Writes a new course with its first steps, its history and the messages that set it going, in one transaction. */
@Injectable()
export class CourseStart {
  private readonly concurrency: number;

  constructor(
    @Inject(SCHEMA) private readonly db: Kysely<CoursesTables>,
    @Inject(ENVIRONMENT) environment: Environment,
    private readonly courses: CourseRepository,
    private readonly outbox: OutboxPublisher,
  ) {
    this.concurrency = readConfig(CoursesConfigSchema, environment).COURSES_TENANT_CONCURRENCY;
  }

  /** `replayed` when a twin of the request was faster. */
  async insert(context: CallContext, course: NewCourse): Promise<{ course: VisibleCourse; replayed: boolean }> {
    const created = await this.db.transaction().execute(async (transaction) => {
      const row = courseRow(context, course);
      const inserted = await transaction.insertInto('course').values(row).onConflict((conflict) => conflict.column('id').doNothing()).executeTakeFirst();
      if (inserted.numInsertedOrUpdatedRows !== 1n) return false;
      const origin = { course_id: row.id, tenant_id: row.tenant_id, course_created_at: row.created_at };
      await insertSteps(transaction, origin, [EXTRACT, ...followingSteps(EXTRACT, [], planOptionsOf(course.request.options))]);
      await transaction
        .updateTable('step')
        .set({
          state: 'done', attempts: 1, provider: 'local', simulated: false, started_at: course.started, finished_at: new Date(),
          work_ms: Date.now() - course.started.getTime(), output: JSON.stringify({ images: course.images } satisfies ExtractOutput),
        })
        .where('course_id', '=', row.id)
        .where('kind', '=', 'extract')
        .execute();
      const event = { courseId: row.id, tenantId: row.tenant_id, requestId: row.request_id };
      await recordEvent(transaction, { ...event, type: 'course.created', data: { state: 'processing', progress: 0 } });
      await recordEvent(transaction, { ...event, type: 'step.finished', data: { state: 'processing', progress: row.progress, step: 'extract', done: 1, total: 1 } });
      await scheduleSteps(transaction, row.tenant_id, this.concurrency);
      return true;
    });
    if (created) this.outbox.kick();
    return { course: await this.courses.get(context.tenantId, course.courseId), replayed: !created };
  }
}

function courseRow(context: CallContext, { courseId, request, requestSha256, document, language }: NewCourse): CoursesTables['course'] {
  const { source, title, options } = request;
  const now = new Date();
  return {
    id: courseId,
    tenant_id: context.tenantId,
    title: title ?? (source.type === 'text' ? source.title : document.title).slice(0, 200),
    language,
    state: 'processing',
    progress: courseProgress([{ kind: 'extract', total: 1, done: 1 }], 0),
    options: JSON.stringify(options),
    source_format: document.format,
    source_filename: source.type === 'upload' ? source.filename : null,
    source_pages: document.pages ?? null,
    request_sha256: requestSha256,
    request_id: context.requestId,
    warnings: JSON.stringify(document.warnings),
    error_code: null,
    error_detail: null,
    last_sequence: 0,
    created_at: now,
    updated_at: now,
  };
}
