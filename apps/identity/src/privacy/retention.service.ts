import { Inject, Injectable } from '@nestjs/common';
import { RETENTION_CATEGORIES, type putRetention, type ReplyOf, type getRetention, type RequestOf } from '@tecnocursos/contracts';
import { SCHEMA } from '@tecnocursos/nest-kit';
import { AuditRepository } from '../audit/audit.repository.js';
import type { IdentityDatabase } from '../identity.tables.js';

type Category = (typeof RETENTION_CATEGORIES)[number];
export type Retention = ReplyOf<typeof getRetention>['retention'];

/** Days, where an organization has not said otherwise. */
const DEFAULTS: Readonly<Record<Category, number>> = { 'audit-log': 1_825, sessions: 30, exports: 7, messages: 365, analytics: 395, 'course-sources': 1_825 };

@Injectable()
export class RetentionService {
  constructor(
    @Inject(SCHEMA) private readonly db: IdentityDatabase,
    private readonly audit: AuditRepository,
  ) {}

  async list(tenantId: string): Promise<Retention> {
    const rows = await this.db.selectFrom('retention_setting').selectAll().where('tenant_id', '=', tenantId).execute();
    return RETENTION_CATEGORIES.map((category) => {
      const own = rows.find((row) => row.category === category);
      return { category, days: own?.days ?? DEFAULTS[category], is_default: own === undefined };
    });
  }

  async days(tenantId: string, category: Category): Promise<number> {
    return (await this.list(tenantId)).find((row) => row.category === category)?.days ?? DEFAULTS[category];
  }

  async put(tenantId: string, { actor, client, category, days }: RequestOf<typeof putRetention>): Promise<Retention> {
    await this.db.transaction().execute(async (transaction) => {
      await transaction.insertInto('retention_setting').values({ tenant_id: tenantId, category, days })
        .onConflict((conflict) => conflict.columns(['tenant_id', 'category']).doUpdateSet({ days })).execute();
      await this.audit.appendIn(transaction, tenantId, { actor, action: 'retention.changed', target: `retention:${category}`, data: { days }, client });
    });
    return this.list(tenantId);
  }
}
