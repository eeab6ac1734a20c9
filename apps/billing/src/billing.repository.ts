import { Inject, Injectable } from '@nestjs/common';
import type { PlanId } from '@tecnocursos/contracts';
import { SCHEMA } from '@tecnocursos/nest-kit';
import { lockKey } from '@tecnocursos/persistence';
import type { Kysely } from 'kysely';
import type { BillingTables } from './billing.tables.js';

export interface StoredSubscription {
  plan: PlanId;
  trialEndsAt: Date | null;
}

@Injectable()
export class BillingRepository {
  constructor(@Inject(SCHEMA) private readonly db: Kysely<BillingTables>) {}

  /** The tenant's subscription; the given one is stored when there was none. */
  async findOrCreate(tenantId: string, initial: StoredSubscription): Promise<StoredSubscription> {
    await this.db
      .insertInto('subscription')
      .values({ tenant_id: tenantId, plan: initial.plan, trial_ends_at: initial.trialEndsAt })
      .onConflict((conflict) => conflict.column('tenant_id').doNothing())
      .execute();
    const row = await this.db.selectFrom('subscription').selectAll().where('tenant_id', '=', tenantId).executeTakeFirstOrThrow();
    return { plan: row.plan, trialEndsAt: row.trial_ends_at };
  }

  async uploadsSince(tenantId: string, since: Date): Promise<number> {
    return countUploads(this.db, tenantId, since);
  }

  /** Reserves unless the limit is reached; parallel callers of a tenant take turns. Returns null when refused. */
  async reserve(tenantId: string, courseId: string, since: Date, limit: number | null): Promise<number | null> {
    return this.db.transaction().execute(async (transaction) => {
      await lockKey(transaction, `billing.upload.${tenantId}`);
      const used = await countUploads(transaction, tenantId, since);
      const existing = await transaction
        .selectFrom('upload').select('course_id').where('tenant_id', '=', tenantId).where('course_id', '=', courseId).executeTakeFirst();
      if (existing) return used;
      if (limit !== null && used >= limit) return null;
      await transaction.insertInto('upload').values({ tenant_id: tenantId, course_id: courseId }).execute();
      return used + 1;
    });
  }

  async release(tenantId: string, courseId: string): Promise<boolean> {
    const result = await this.db.deleteFrom('upload').where('tenant_id', '=', tenantId).where('course_id', '=', courseId).executeTakeFirst();
    return result.numDeletedRows > 0n;
  }
}

async function countUploads(db: Kysely<BillingTables>, tenantId: string, since: Date): Promise<number> {
  const { count } = await db
    .selectFrom('upload')
    .select((expression) => expression.fn.countAll<number>().as('count'))
    .where('tenant_id', '=', tenantId)
    .where('reserved_at', '>=', since)
    .executeTakeFirstOrThrow();
  return count;
}
