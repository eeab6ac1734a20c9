import type { ApiKeyMode, Language, Role } from '@tecnocursos/contracts';
import { sql, type Generated, type Kysely } from 'kysely';

export interface TenantTables {
  /** An organization. `erased_at`: it has ended, and its keys are destroyed. */
  tenant: { id: string; name: string; owner_name: string; owner_email: string; language: Language; created_at: Generated<Date>; erased_at: Generated<Date | null> };
  /** Keys are kept as their SHA-256 alone: 256 random bits need no slow hash. */
  api_key: {
    id: string;
    tenant_id: string;
    key_sha256: string;
    name: Generated<string>;
    mode: Generated<ApiKeyMode>;
    role: Generated<Role>;
    /** JSON array of permissions; null: all of the role. */
    scopes: Generated<string | null>;
    hint: Generated<string>;
    created_at: Generated<Date>;
    created_by: Generated<string | null>;
    expires_at: Generated<Date | null>;
    last_used_at: Generated<Date | null>;
    revoked_at: Date | null;
    replaced_by: Generated<string | null>;
  };
}

export async function createTenantTables(db: Kysely<unknown>, schemaName: string): Promise<void> {
  const schema = db.schema.withSchema(schemaName);
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
    .addColumn('tenant_id', 'uuid', (column) => column.notNull().references(`${schemaName}.tenant.id`))
    .addColumn('key_sha256', 'text', (column) => column.notNull().unique())
    .addColumn('created_at', 'timestamptz', (column) => column.notNull().defaultTo(sql`now()`))
    .addColumn('revoked_at', 'timestamptz')
    .execute();
}

/** Keys from before had every right of the tenant, and were for real. */
export async function extendApiKeys(db: Kysely<unknown>, schemaName: string): Promise<void> {
  const schema = db.schema.withSchema(schemaName);
  await schema.alterTable('tenant').addColumn('erased_at', 'timestamptz').execute();
  await schema
    .alterTable('api_key')
    .addColumn('name', 'text', (column) => column.notNull().defaultTo(''))
    .addColumn('mode', 'text', (column) => column.notNull().defaultTo('live').check(sql`mode in ('live', 'test')`))
    .addColumn('role', 'text', (column) => column.notNull().defaultTo('owner'))
    .addColumn('scopes', 'text')
    .addColumn('hint', 'text', (column) => column.notNull().defaultTo(''))
    .addColumn('created_by', 'text')
    .addColumn('expires_at', 'timestamptz')
    .addColumn('last_used_at', 'timestamptz')
    .addColumn('replaced_by', 'uuid')
    .execute();
}
