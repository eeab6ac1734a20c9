import type { Language } from '@tecnocursos/contracts';
import type { Migrations } from '@tecnocursos/persistence';
import { sql, type Generated } from 'kysely';

export const IDENTITY_SCHEMA = 'identity';

export interface IdentityTables {
  tenant: { id: string; name: string; owner_name: string; owner_email: string; language: Language; created_at: Generated<Date> };
  /** Keys are kept as their SHA-256 alone: 256 random bits need no slow hash. */
  api_key: { id: string; tenant_id: string; key_sha256: string; created_at: Generated<Date>; revoked_at: Date | null };
}

export const identityMigrations: Migrations = {
  '001-tenants': {
    up: async (db) => {
      const schema = db.schema.withSchema(IDENTITY_SCHEMA);
      await schema
        .createTable('tenant')
        .addColumn('id', 'uuid', (column) => column.primaryKey())
        .addColumn('name', 'text', (column) => column.notNull())
        .addColumn('owner_name', 'text', (column) => column.notNull())
        .addColumn('owner_email', 'text', (column) => column.notNull())
        .addColumn('language', 'text', (column) => column.notNull())
        .addColumn('created_at', 'timestamptz', (column) => column.notNull().defaultTo(sql`now()`))
        .execute();
      await schema
        .createTable('api_key')
        .addColumn('id', 'uuid', (column) => column.primaryKey())
        .addColumn('tenant_id', 'uuid', (column) => column.notNull().references(`${IDENTITY_SCHEMA}.tenant.id`))
        .addColumn('key_sha256', 'text', (column) => column.notNull().unique())
        .addColumn('created_at', 'timestamptz', (column) => column.notNull().defaultTo(sql`now()`))
        .addColumn('revoked_at', 'timestamptz')
        .execute();
    },
  },
};
