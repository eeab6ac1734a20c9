import type { PlanId } from '@tecnocursos/contracts';
import type { Migrations } from '@tecnocursos/persistence';
import { sql, type Generated } from 'kysely';

export const BILLING_SCHEMA = 'billing';

export interface BillingTables {
  subscription: { tenant_id: string; plan: PlanId; trial_ends_at: Date | null; created_at: Generated<Date> };
  /** One row a course, so that a course counts once however often it is asked for. */
  upload: { course_id: string; tenant_id: string; reserved_at: Generated<Date> };
}

export const billingMigrations: Migrations = {
  '001-subscriptions': {
    up: async (db) => {
      const schema = db.schema.withSchema(BILLING_SCHEMA);
      await schema
        .createTable('subscription')
        .addColumn('tenant_id', 'uuid', (column) => column.primaryKey())
        .addColumn('plan', 'text', (column) => column.notNull())
        .addColumn('trial_ends_at', 'timestamptz')
        .addColumn('created_at', 'timestamptz', (column) => column.notNull().defaultTo(sql`now()`))
        .execute();
      await schema
        .createTable('upload')
        .addColumn('course_id', 'uuid', (column) => column.notNull())
        .addColumn('tenant_id', 'uuid', (column) => column.notNull())
        .addColumn('reserved_at', 'timestamptz', (column) => column.notNull().defaultTo(sql`now()`))
        .addPrimaryKeyConstraint('upload_pk', ['tenant_id', 'course_id'])
        .execute();
      await schema.createIndex('upload_by_month').on('upload').columns(['tenant_id', 'reserved_at']).execute();
    },
  },
};
