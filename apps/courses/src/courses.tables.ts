import type { CourseState, DocumentFormat, ErrorCode, Language, StepKind } from '@tecnocursos/contracts';
import { createOutboxTable, type JobColumns, type Migrations, type OutboxTable } from '@tecnocursos/persistence';
import { sql, type Generated } from 'kysely';

export const COURSES_SCHEMA = 'courses';

/** `deleting`: hidden from everybody; its rows go when its last running step has ended. */
export type StoredCourseState = CourseState | 'deleting';

export interface CourseTable {
  id: string;
  tenant_id: string;
  title: string;
  language: Language;
  state: StoredCourseState;
  progress: number;
  /** JSON of CourseOptions. */
  options: string;
  source_format: DocumentFormat;
  source_filename: string | null;
  source_pages: number | null;
  /** SHA-256 of what was asked for: tells a repeated request from another one under the same idempotency key. */
  request_sha256: string;
  request_id: string;
  /** JSON array of strings. */
  warnings: string;
  error_code: ErrorCode | null;
  error_detail: string | null;
  last_sequence: number;
  created_at: Date;
  updated_at: Date;
}

export interface StepTable extends JobColumns {
  course_id: string;
  kind: StepKind;
  /** 0: the step is of the course as a whole. */
  lesson: number;
  /** 0: the step is of the lesson as a whole. */
  slide: number;
  /** Attempts before the last retry by a user, which starts the count of failures anew. */
  forgiven_attempts: number;
  /** How many parts its result has: lessons of an outline, slides of a script. */
  parts: number;
  /** JSON of the step's result. */
  output: string | null;
  provider: string | null;
  /** Whether the sandbox stood in for a vendor; null where nobody was asked. */
  simulated: boolean | null;
  /** Millionths of a US dollar. */
  cost_micros: number;
  error_code: ErrorCode | null;
  error_detail: string | null;
  course_created_at: Date;
  started_at: Date | null;
  finished_at: Date | null;
  work_ms: number;
}

export interface CoursesTables {
  course: CourseTable;
  step: StepTable;
  course_event: { course_id: string; sequence: number; type: string; data: string; occurred_at: Date };
  /** Steps that failed for good, with what they were to do, until they are retried. */
  dead_letter: { id: string; step_id: string; course_id: string; tenant_id: string; subject: string; payload: string; error_code: string; error_detail: string; created_at: Generated<Date> };
  outbox: OutboxTable;
}

export const coursesMigrations: Migrations = {
  '001-courses': {
    up: async (db) => {
      const schema = db.schema.withSchema(COURSES_SCHEMA);
      await schema
        .createTable('course')
        .addColumn('id', 'uuid', (column) => column.primaryKey())
        .addColumn('tenant_id', 'uuid', (column) => column.notNull())
        .addColumn('title', 'text', (column) => column.notNull())
        .addColumn('language', 'text', (column) => column.notNull())
        .addColumn('state', 'text', (column) => column.notNull())
        .addColumn('progress', 'double precision', (column) => column.notNull())
        .addColumn('options', 'text', (column) => column.notNull())
        .addColumn('source_format', 'text', (column) => column.notNull())
        .addColumn('source_filename', 'text')
        .addColumn('source_pages', 'integer')
        .addColumn('request_sha256', 'text', (column) => column.notNull())
        .addColumn('request_id', 'text', (column) => column.notNull())
        .addColumn('warnings', 'text', (column) => column.notNull())
        .addColumn('error_code', 'text')
        .addColumn('error_detail', 'text')
        .addColumn('last_sequence', 'integer', (column) => column.notNull())
        .addColumn('created_at', 'timestamptz', (column) => column.notNull())
        .addColumn('updated_at', 'timestamptz', (column) => column.notNull())
        .execute();
      await schema.createIndex('course_by_tenant').on('course').columns(['tenant_id', 'created_at', 'id']).execute();
      await schema
        .createTable('step')
        .addColumn('id', 'uuid', (column) => column.primaryKey())
        .addColumn('course_id', 'uuid', (column) => column.notNull().references(`${COURSES_SCHEMA}.course.id`).onDelete('cascade'))
        .addColumn('tenant_id', 'uuid', (column) => column.notNull())
        .addColumn('kind', 'text', (column) => column.notNull())
        .addColumn('lesson', 'integer', (column) => column.notNull())
        .addColumn('slide', 'integer', (column) => column.notNull())
        .addColumn('state', 'text', (column) => column.notNull())
        .addColumn('attempts', 'integer', (column) => column.notNull())
        .addColumn('forgiven_attempts', 'integer', (column) => column.notNull())
        .addColumn('not_before', 'timestamptz', (column) => column.notNull())
        .addColumn('lease_until', 'timestamptz')
        .addColumn('parts', 'integer', (column) => column.notNull())
        .addColumn('output', 'text')
        .addColumn('provider', 'text')
        .addColumn('cost_micros', 'integer', (column) => column.notNull())
        .addColumn('error_code', 'text')
        .addColumn('error_detail', 'text')
        .addColumn('course_created_at', 'timestamptz', (column) => column.notNull())
        .addColumn('started_at', 'timestamptz')
        .addColumn('finished_at', 'timestamptz')
        .addColumn('work_ms', 'integer', (column) => column.notNull())
        .addUniqueConstraint('step_once', ['course_id', 'kind', 'lesson', 'slide'])
        .execute();
      await sql`create index step_open on ${sql.id(COURSES_SCHEMA, 'step')} (tenant_id, state) where state in ('ready', 'queued', 'running')`.execute(db);
      await schema
        .createTable('course_event')
        .addColumn('course_id', 'uuid', (column) => column.notNull().references(`${COURSES_SCHEMA}.course.id`).onDelete('cascade'))
        .addColumn('sequence', 'integer', (column) => column.notNull())
        .addColumn('type', 'text', (column) => column.notNull())
        .addColumn('data', 'text', (column) => column.notNull())
        .addColumn('occurred_at', 'timestamptz', (column) => column.notNull())
        .addPrimaryKeyConstraint('course_event_pk', ['course_id', 'sequence'])
        .execute();
      await schema
        .createTable('dead_letter')
        .addColumn('id', 'uuid', (column) => column.primaryKey())
        .addColumn('step_id', 'uuid', (column) => column.notNull())
        .addColumn('course_id', 'uuid', (column) => column.notNull().references(`${COURSES_SCHEMA}.course.id`).onDelete('cascade'))
        .addColumn('tenant_id', 'uuid', (column) => column.notNull())
        .addColumn('subject', 'text', (column) => column.notNull())
        .addColumn('payload', 'text', (column) => column.notNull())
        .addColumn('error_code', 'text', (column) => column.notNull())
        .addColumn('error_detail', 'text', (column) => column.notNull())
        .addColumn('created_at', 'timestamptz', (column) => column.notNull().defaultTo(sql`now()`))
        .execute();
      await createOutboxTable(db, COURSES_SCHEMA);
    },
  },
  '002-simulated-steps': {
    up: async (db) => {
      await db.schema.withSchema(COURSES_SCHEMA).alterTable('step').addColumn('simulated', 'boolean').execute();
    },
  },
};
