import type { RpcClient } from '@tecnocursos/messaging';
import { RetentionTask, type Logger } from '@tecnocursos/nest-kit';
import { sql, type Kysely } from 'kysely';
import type { Clock } from '../clock.js';
import { INSIGHTS_SCHEMA, type InsightsTables } from '../insights.tables.js';

/** Records and statistics of an organization go by the category `analytics`. What it spent a day, in which there is nothing of people, stays for its budgets. */
export function createAnalyticsRetention(db: Kysely<InsightsTables>, rpc: RpcClient, logger: Logger, now: Clock): RetentionTask {
  const hours = sql.id(INSIGHTS_SCHEMA, 'usage_hour');
  return new RetentionTask({
    category: 'analytics', rpc, logger, now: () => now().getTime(),
    tenants: async () => (await sql<{ tenant_id: string }>`select distinct tenant_id from ${hours}`.execute(db)).rows.map((row) => row.tenant_id),
    remove: async (tenantId, before) => {
      const { numDeletedRows } = await db.deleteFrom('usage_record').where('tenant_id', '=', tenantId).where('started_at', '<', before).executeTakeFirst();
      await sql`delete from ${hours} where tenant_id = ${tenantId} and hour < date_trunc('hour', ${before}::timestamptz, 'UTC')`.execute(db);
      return Number(numDeletedRows);
    },
  });
}
