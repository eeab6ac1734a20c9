import type { LoginProviderName } from '@tecnocursos/contracts';
import type { Kysely, Selectable } from 'kysely';

export interface SocialTables {
  /** Who a person is elsewhere: by issuer and subject, which do not change, and never by an address. */
  linked_identity: {
    id: string;
    account_id: string;
    provider: LoginProviderName;
    issuer: string;
    subject: string;
    /** As the provider told it when the identity was linked; shown, and not used. */
    email: string | null;
    /** JSON of an `ImportedProfile`, as it was told last; null where none is imported. */
    profile: string | null;
    linked_at: Date;
    last_used_at: Date | null;
  };
}
export type LinkedIdentityRow = Selectable<SocialTables['linked_identity']>;

export async function createSocialTables(db: Kysely<unknown>, schemaName: string): Promise<void> {
  const schema = db.schema.withSchema(schemaName);
  await schema
    .createTable('linked_identity')
    .addColumn('id', 'uuid', (column) => column.primaryKey())
    .addColumn('account_id', 'uuid', (column) => column.notNull().references(`${schemaName}.account.id`).onDelete('cascade'))
    .addColumn('provider', 'text', (column) => column.notNull())
    .addColumn('issuer', 'text', (column) => column.notNull())
    .addColumn('subject', 'text', (column) => column.notNull())
    .addColumn('email', 'text')
    .addColumn('linked_at', 'timestamptz', (column) => column.notNull())
    .addColumn('last_used_at', 'timestamptz')
    .addUniqueConstraint('linked_identity_once', ['issuer', 'subject'])
    .execute();
  await schema.createIndex('linked_identity_account').on('linked_identity').columns(['account_id']).execute();
}

export async function addImportedProfile(db: Kysely<unknown>, schemaName: string): Promise<void> {
  await db.schema.withSchema(schemaName).alterTable('linked_identity').addColumn('profile', 'text').execute();
}
