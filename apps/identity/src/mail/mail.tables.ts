import { sql, type Generated, type Kysely } from 'kysely';

export interface MailTables {
  /** Letters that are on their way. What they say is sealed, for there are tokens in it; a row goes when its letter went. */
  mail: { id: string; tenant_id: string; sealed: string; attempts: number; next_attempt_at: Date; drop_at: Date; created_at: Generated<Date> };
}

export async function createMailTables(db: Kysely<unknown>, schemaName: string): Promise<void> {
  await db.schema
    .withSchema(schemaName)
    .createTable('mail')
    .addColumn('id', 'uuid', (column) => column.primaryKey())
    .addColumn('tenant_id', 'uuid', (column) => column.notNull())
    .addColumn('sealed', 'text', (column) => column.notNull())
    .addColumn('attempts', 'integer', (column) => column.notNull())
    .addColumn('next_attempt_at', 'timestamptz', (column) => column.notNull())
    .addColumn('drop_at', 'timestamptz', (column) => column.notNull())
    .addColumn('created_at', 'timestamptz', (column) => column.notNull().defaultTo(sql`now()`))
    .execute();
}
