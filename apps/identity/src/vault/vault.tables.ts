import { sql, type Generated, type Kysely } from 'kysely';

export interface VaultTables {
  /** One key per tenant and version, wrapped with a master key. A destroyed one keeps its row, so that it is not made again. */
  data_key: {
    tenant_id: string;
    version: number;
    /** `v1.<id of the master key>.<iv>.<ciphertext>.<tag>`; null once destroyed. */
    wrapped: string | null;
    master_key_id: string;
    created_at: Generated<Date>;
    destroyed_at: Date | null;
  };
}

export async function createVaultTables(db: Kysely<unknown>, schemaName: string): Promise<void> {
  await db.schema
    .withSchema(schemaName)
    .createTable('data_key')
    .addColumn('tenant_id', 'uuid', (column) => column.notNull())
    .addColumn('version', 'integer', (column) => column.notNull())
    .addColumn('wrapped', 'text')
    .addColumn('master_key_id', 'text', (column) => column.notNull())
    .addColumn('created_at', 'timestamptz', (column) => column.notNull().defaultTo(sql`now()`))
    .addColumn('destroyed_at', 'timestamptz')
    .addPrimaryKeyConstraint('data_key_pk', ['tenant_id', 'version'])
    .execute();
}
