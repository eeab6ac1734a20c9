import { Inject, Injectable } from '@nestjs/common';
import { parseOrThrow, TenantIdSchema } from '@tecnocursos/contracts';
import type { CallContext } from '@tecnocursos/messaging';
import { countsOf, subjectPageOf, type EraseRequest, type Erasure, type ExportPage, type ExportRequest, type SubjectData, type SubjectRow } from '@tecnocursos/nest-kit';
import type { ObjectStore } from '../ports/object-store.port.js';
import { OBJECT_STORE } from '../storage.tokens.js';

const PAGE = 500;
/** Zips of exports: they are made of what is stored, and go with their jobs. */
const EXPORTS = 'privacy/exports/';

/**
 * Objects belong to organizations. Which of them are a person's is known by the services that stored them, which name them in their exports and delete them; here
 * everything goes when the organization ends.
 */
@Injectable()
export class ObjectSubjects implements SubjectData {
  constructor(@Inject(OBJECT_STORE) private readonly store: ObjectStore) {}

  async page({ scope, cursor }: ExportRequest, context: CallContext): Promise<ExportPage> {
    if (scope === 'subject') return { records: [] };
    const tenantId = parseOrThrow(TenantIdSchema, context.tenantId);
    return subjectPageOf([{ category: 'object', rows: (after, limit) => this.rows(tenantId, after, limit) }], cursor);
  }

  async erase({ scope }: EraseRequest, context: CallContext): Promise<Erasure> {
    if (scope === 'subject') return { erased: [] };
    const tenantId = parseOrThrow(TenantIdSchema, context.tenantId);
    let deleted = 0;
    for (let hasMore = true; hasMore;) {
      const page = await this.store.list(tenantId, { limit: PAGE });
      for (const { key } of page.objects) deleted += Number(await this.store.delete({ tenantId, key }));
      ({ hasMore } = page);
    }
    return { erased: countsOf({ object: deleted }) };
  }

  private async rows(tenantId: string, after: string | undefined, limit: number): Promise<SubjectRow[]> {
    const { objects } = await this.store.list(tenantId, { limit, ...(after !== undefined && { after }) });
    return objects.map(({ key, size, modifiedAt }) => ({ id: key, data: { key, size, modified_at: modifiedAt.toISOString() }, objects: key.startsWith(EXPORTS) ? [] : [key] }));
  }
}
