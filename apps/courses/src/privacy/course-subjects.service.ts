import { setTimeout as sleep } from 'node:timers/promises';
import { Inject, Injectable } from '@nestjs/common';
import { AppError } from '@tecnocursos/contracts';
import type { CallContext } from '@tecnocursos/messaging';
import { countsOf, SCHEMA, subjectPageOf, type EraseRequest, type Erasure, type ExportPage, type ExportRequest, type SubjectData, type SubjectRow } from '@tecnocursos/nest-kit';
import { sql, type Kysely } from 'kysely';
import { CourseControl } from '../course-control.service.js';
import type { CoursesTables } from '../courses.tables.js';
import { CourseMentions } from './course-mentions.service.js';
import { CourseMessages } from './course-messages.service.js';

const POLL_MS = 500;
/** Longer than the lease of a step: a worker that was killed has lost its own by then. */
const PATIENCE_MS = 25_000;

/** Courses belong to organizations. A person's are those that name their address, and these are deleted as wholes: speech and pictures cannot be mended. */
@Injectable()
export class CourseSubjects implements SubjectData {
  constructor(
    @Inject(SCHEMA) private readonly db: Kysely<CoursesTables>,
    private readonly control: CourseControl,
    private readonly mentions: CourseMentions,
    private readonly messages: CourseMessages,
  ) {}

  async page(request: ExportRequest, { tenantId, signal }: CallContext): Promise<ExportPage> {
    const ids = await this.mentions.courses(tenantId, request, signal);
    return subjectPageOf([
      { category: 'course', rows: (after, limit) => this.courses(tenantId, ids, after, limit) },
      { category: 'course-step', rows: (after, limit) => this.steps(tenantId, ids, after, limit) },
      ...(request.scope === 'tenant' ? [] : [{ category: 'course-file', rows: (after: string | undefined, limit: number) => this.mentions.files(tenantId, ids, after, limit) }]),
    ], request.cursor);
  }

  /** @throws AppError `unavailable` while a step still runs: it could write once more. */
  async erase(request: EraseRequest, context: CallContext): Promise<Erasure> {
    const { tenantId, signal } = context;
    const ids = await this.mentions.courses(tenantId, request, signal);
    const announced = await this.messages.erase(tenantId, request.scope, ids); // first, while the rows still tell which they are
    for (const id of ids) await this.delete(context, id);
    await this.waitUntilGone(tenantId, ids, signal);
    const meanwhile = await this.messages.erase(tenantId, request.scope, ids);
    return { erased: countsOf({ course: ids.length, 'course-message': announced + meanwhile }) };
  }

  /** One that is being deleted already is finished with the others. */
  private async delete(context: CallContext, id: string): Promise<void> {
    await this.control.delete(context, id).catch((error: unknown) => {
      if (!(error instanceof AppError && error.code === 'not_found')) throw error;
    });
  }

  private async waitUntilGone(tenantId: string, ids: readonly string[], signal: AbortSignal): Promise<void> {
    for (const end = Date.now() + PATIENCE_MS; ids.length > 0;) {
      await this.control.finishDeletions();
      const left = await this.db.selectFrom('course').select('id').where('tenant_id', '=', tenantId).where('id', 'in', [...ids]).limit(1).executeTakeFirst();
      if (!left) return;
      if (Date.now() > end) throw new AppError('unavailable', 'A course is still being worked on. Ask again.', { retryAfterS: 10 });
      await sleep(POLL_MS, undefined, { signal });
    }
  }

  private async courses(tenantId: string, ids: readonly string[], after: string | undefined, limit: number): Promise<SubjectRow[]> {
    if (ids.length === 0) return [];
    const rows = await this.db.selectFrom('course').select(['id', 'title', 'language', 'state', 'options', 'source_format', 'source_filename', 'created_at', 'updated_at'])
      .where('tenant_id', '=', tenantId).where('id', 'in', [...ids]).$if(after !== undefined, (query) => query.where('id', '>', after ?? '')).orderBy('id').limit(limit).execute();
    return rows.map((row) => ({ id: row.id, data: { ...row, options: JSON.parse(row.options) as unknown } }));
  }

  private async steps(tenantId: string, ids: readonly string[], after: string | undefined, limit: number): Promise<SubjectRow[]> {
    if (ids.length === 0) return [];
    const rows = await this.db.selectFrom('step').select(['id', 'course_id', 'kind', 'lesson', 'slide', sql<string>`output`.as('output'), 'provider', 'finished_at'])
      .where('tenant_id', '=', tenantId).where('course_id', 'in', [...ids]).where('output', 'is not', null)
      .$if(after !== undefined, (query) => query.where('id', '>', after ?? '')).orderBy('id').limit(limit).execute();
    return rows.map(({ id, ...row }) => ({ id, data: { ...row, output: JSON.parse(row.output) as unknown } }));
  }
}
