import { Inject, Injectable } from '@nestjs/common';
import { AppError, listObjects, type Subject } from '@tecnocursos/contracts';
import { RpcClient } from '@tecnocursos/messaging';
import { BlobStore, SCHEMA, type ExportRequest, type SubjectRow } from '@tecnocursos/nest-kit';
import { mentionsAny } from '@tecnocursos/persistence';
import type { Kysely } from 'kysely';
import { courseFolder, documentKey } from '../course-keys.js';
import type { CoursesTables } from '../courses.tables.js';

/** Finds the courses that speak of a person: in their rows, or in the document they are made of. The tenant is that of the current context. */
@Injectable()
export class CourseMentions {
  constructor(
    @Inject(SCHEMA) private readonly db: Kysely<CoursesTables>,
    private readonly blobs: BlobStore,
    private readonly rpc: RpcClient,
  ) {}

  /** Ids in their order; of the scope `tenant` all that there are, those being deleted among them. */
  async courses(tenantId: string, { subject, scope }: Pick<ExportRequest, 'subject' | 'scope'>, signal: AbortSignal): Promise<string[]> {
    if (scope === 'subject' && subject.emails.length === 0) return [];
    const all = (await this.db.selectFrom('course').select('id').where('tenant_id', '=', tenantId).orderBy('id').execute()).map(({ id }) => id);
    if (scope === 'tenant') return all;
    const found = await this.inRows(tenantId, subject);
    for (const id of all) if (!found.has(id) && (await this.isInDocument(id, subject, signal))) found.add(id);
    return all.filter((id) => found.has(id));
  }

  /** Stored objects of courses, in the order of their keys. */
  async files(tenantId: string, ids: readonly string[], after: string | undefined, limit: number): Promise<SubjectRow[]> {
    const rows: SubjectRow[] = [];
    for (const id of ids) {
      const folder = courseFolder(id);
      if (rows.length === limit) break;
      if (after !== undefined && after > `${folder}/` && !after.startsWith(`${folder}/`)) continue;
      const inside = after?.startsWith(`${folder}/`) ? { after } : {};
      const { objects } = await this.rpc.call(listObjects, { folder, limit: limit - rows.length, ...inside }, { tenantId });
      rows.push(...objects.map(({ key, size }) => ({ id: key, data: { course_id: id, key, size }, objects: [key] })));
    }
    return rows;
  }

  private async inRows(tenantId: string, { emails }: Subject): Promise<Set<string>> {
    const courses = await this.db.selectFrom('course').select('id').where('tenant_id', '=', tenantId)
      .where(mentionsAny(['title', 'options', 'source_filename', 'warnings', 'error_detail'], emails)).execute();
    const steps = await this.db.selectFrom('step').select('course_id as id').distinct().where('tenant_id', '=', tenantId).where(mentionsAny(['output', 'error_detail'], emails)).execute();
    return new Set([...courses, ...steps].map(({ id }) => id));
  }

  private async isInDocument(id: string, { emails }: Subject, signal: AbortSignal): Promise<boolean> {
    signal.throwIfAborted();
    try {
      const text = (await this.blobs.getBytes(documentKey(id))).toString('utf8').toLowerCase();
      return emails.some((email) => text.includes(email.toLowerCase()));
    } catch (error) {
      if (error instanceof AppError && error.code === 'not_found') return false; // its time is over
      throw error;
    }
  }
}
