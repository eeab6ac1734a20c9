import { Inject, Injectable } from '@nestjs/common';
import { AppError, CourseOptionsSchema, type CourseEvent, type CourseState, type CourseSummary } from '@tecnocursos/contracts';
import { SCHEMA } from '@tecnocursos/nest-kit';
import type { Kysely, Selectable } from 'kysely';
import type { CourseTable, CoursesTables } from './courses.tables.js';
import type { ProgressRow } from './pipeline/progress.js';
import type { StepCourse } from './pipeline/step-handler.port.js';

export type CourseRow = Selectable<CourseTable>;
export type VisibleCourse = CourseRow & { state: CourseState };

/** What may be read of courses. Every method takes the tenant first, and finds nothing of another's. */
@Injectable()
export class CourseRepository {
  constructor(@Inject(SCHEMA) private readonly db: Kysely<CoursesTables>) {}

  async find(tenantId: string, id: string): Promise<VisibleCourse | null> {
    const row = await this.db.selectFrom('course').selectAll().where('tenant_id', '=', tenantId).where('id', '=', id).executeTakeFirst();
    return row && isVisible(row) ? row : null;
  }

  /** @throws AppError `not_found`. */
  async get(tenantId: string, id: string): Promise<VisibleCourse> {
    const course = await this.find(tenantId, id);
    if (!course) throw new AppError('not_found', 'There is no course with this id.');
    return course;
  }

  async forStep(tenantId: string, id: string): Promise<StepCourse> {
    const row = await this.get(tenantId, id);
    return { id: row.id, tenantId, title: row.title, language: row.language, options: CourseOptionsSchema.parse(JSON.parse(row.options)) };
  }

  async list(tenantId: string, page: { limit: number; cursor: string | undefined; state: CourseState | undefined }): Promise<{ courses: CourseSummary[]; next_cursor: string | null }> {
    const after = page.cursor === undefined ? null : decodeCursor(page.cursor);
    const rows = await this.db
      .selectFrom('course')
      .select(['id', 'title', 'language', 'state', 'progress', 'created_at', 'updated_at'])
      .where('tenant_id', '=', tenantId)
      .where('state', '!=', 'deleting')
      .$if(page.state !== undefined, (query) => query.where('state', '=', page.state ?? 'processing'))
      .$if(after !== null, (query) =>
        query.where((where) => where(where.refTuple('created_at', 'id'), '<', where.tuple(after?.createdAt ?? new Date(0), after?.id ?? ''))),
      )
      .orderBy('created_at', 'desc')
      .orderBy('id', 'desc')
      .limit(page.limit + 1)
      .execute();
    const courses = rows.slice(0, page.limit);
    const last = courses.at(-1);
    return { courses: courses.map(summary), next_cursor: rows.length > page.limit && last ? encodeCursor(last) : null };
  }

  async events(courseId: string, after: number, limit: number): Promise<CourseEvent[]> {
    const rows = await this.db
      .selectFrom('course_event').selectAll().where('course_id', '=', courseId).where('sequence', '>', after).orderBy('sequence').limit(limit).execute();
    return rows.map((row) => ({
      course_id: row.course_id, sequence: row.sequence, type: row.type as CourseEvent['type'],
      occurred_at: row.occurred_at.toISOString(), data: JSON.parse(row.data) as CourseEvent['data'],
    }));
  }

  async steps(courseId: string): Promise<ProgressRow[]> {
    return this.db
      .selectFrom('step')
      .select(['kind', 'state', 'attempts', 'started_at', 'finished_at', 'work_ms', 'cost_micros', 'provider', 'simulated'])
      .where('course_id', '=', courseId)
      .execute();
  }
}

const isVisible = (row: CourseRow): row is VisibleCourse => row.state !== 'deleting';

function summary(row: Pick<CourseRow, 'id' | 'title' | 'language' | 'state' | 'progress' | 'created_at' | 'updated_at'>): CourseSummary {
  return {
    id: row.id, title: row.title, language: row.language, state: row.state as CourseState, progress: row.progress,
    created_at: row.created_at.toISOString(), updated_at: row.updated_at.toISOString(),
  };
}

function encodeCursor(row: { created_at: Date; id: string }): string {
  return Buffer.from(`${row.created_at.toISOString()} ${row.id}`).toString('base64url');
}

const CURSOR = /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z) ([0-9a-f-]{36})$/;

function decodeCursor(cursor: string): { createdAt: Date; id: string } {
  const match = CURSOR.exec(Buffer.from(cursor, 'base64url').toString());
  const [, createdAt, id] = match ?? [];
  if (createdAt === undefined || id === undefined) {
    throw new AppError('invalid_request', 'cursor: not a cursor of this list', { issues: [{ field: 'cursor', message: 'Use next_cursor of the page before, unchanged.' }] });
  }
  return { createdAt: new Date(createdAt), id };
}
