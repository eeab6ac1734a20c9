import type { Kysely, Selectable } from 'kysely';

export interface CredentialTables {
  /** Vendors' secrets of tenants. `sealed` opens for this tenant, provider and field alone. */
  credential: { tenant_id: string; provider: string; field: string; sealed: string; last_four: string; updated_at: Date; updated_by: string };
}
export type CredentialRow = Selectable<CredentialTables['credential']>;

export async function createCredentialTables(db: Kysely<unknown>, schemaName: string): Promise<void> {
  await db.schema
    .withSchema(schemaName)
    .createTable('credential')
    .addColumn('tenant_id', 'uuid', (column) => column.notNull())
    .addColumn('provider', 'text', (column) => column.notNull())
    .addColumn('field', 'text', (column) => column.notNull())
    .addColumn('sealed', 'text', (column) => column.notNull())
    .addColumn('last_four', 'text', (column) => column.notNull())
    .addColumn('updated_at', 'timestamptz', (column) => column.notNull())
    .addColumn('updated_by', 'text', (column) => column.notNull())
    .addPrimaryKeyConstraint('credential_pk', ['tenant_id', 'provider', 'field'])
    .execute();
}
