import { Inject, Injectable } from '@nestjs/common';
import type { CallContext } from '@tecnocursos/messaging';
import { countsOf, SCHEMA, subjectPageOf, type EraseRequest, type Erasure, type ExportPage, type ExportRequest, type SubjectData, type SubjectRow } from '@tecnocursos/nest-kit';
import type { Kysely } from 'kysely';
import type { BillingTables } from '../billing.tables.js';

/** Plans and counts of uploads are an organization's; of people nothing is kept. No payment is taken here, so nothing has to be retained for the tax office. */
@Injectable()
export class BillingSubjects implements SubjectData {
  constructor(@Inject(SCHEMA) private readonly db: Kysely<BillingTables>) {}

  async page({ scope, cursor }: ExportRequest, { tenantId }: CallContext): Promise<ExportPage> {
    if (scope === 'subject') return { records: [] };
    return subjectPageOf([
      { category: 'subscription', rows: (after) => this.subscription(tenantId, after) },
      { category: 'upload', rows: (after, limit) => this.uploads(tenantId, after, limit) },
    ], cursor);
  }

  async erase({ scope }: EraseRequest, { tenantId }: CallContext): Promise<Erasure> {
    if (scope === 'subject') return { erased: [] };
    return this.db.transaction().execute(async (transaction) => {
      const uploads = await transaction.deleteFrom('upload').where('tenant_id', '=', tenantId).executeTakeFirst();
      const subscription = await transaction.deleteFrom('subscription').where('tenant_id', '=', tenantId).executeTakeFirst();
      return { erased: countsOf({ upload: uploads.numDeletedRows, subscription: subscription.numDeletedRows }) };
    });
  }

  private async subscription(tenantId: string, after: string | undefined): Promise<SubjectRow[]> {
    if (after !== undefined) return [];
    const rows = await this.db.selectFrom('subscription').select(['plan', 'trial_ends_at', 'created_at']).where('tenant_id', '=', tenantId).execute();
    return rows.map((data) => ({ id: tenantId, data }));
  }

  private async uploads(tenantId: string, after: string | undefined, limit: number): Promise<SubjectRow[]> {
    const rows = await this.db.selectFrom('upload').select(['course_id', 'reserved_at']).where('tenant_id', '=', tenantId)
      .$if(after !== undefined, (query) => query.where('course_id', '>', after ?? '')).orderBy('course_id').limit(limit).execute();
    return rows.map((data) => ({ id: data.course_id, data }));
  }
}
