import type { Role } from '@tecnocursos/contracts';
import type { Kysely, Selectable } from 'kysely';

export interface OrganizationTables {
  membership: { tenant_id: string; account_id: string; role: Role; joined_at: Date; suspended_at: Date | null };
  invitation: {
    id: string;
    tenant_id: string;
    email: string;
    role: Role;
    token_sha256: string;
    invited_by: string;
    created_at: Date;
    expires_at: Date;
  };
}
export type MembershipRow = Selectable<OrganizationTables['membership']>;
export type InvitationRow = Selectable<OrganizationTables['invitation']>;

export async function createOrganizationTables(db: Kysely<unknown>, schemaName: string): Promise<void> {
  const schema = db.schema.withSchema(schemaName);
  await schema
    .createTable('membership')
    .addColumn('tenant_id', 'uuid', (column) => column.notNull().references(`${schemaName}.tenant.id`))
    .addColumn('account_id', 'uuid', (column) => column.notNull().references(`${schemaName}.account.id`).onDelete('cascade'))
    .addColumn('role', 'text', (column) => column.notNull())
    .addColumn('joined_at', 'timestamptz', (column) => column.notNull())
    .addColumn('suspended_at', 'timestamptz')
    .addPrimaryKeyConstraint('membership_pk', ['tenant_id', 'account_id'])
    .execute();
  await schema.createIndex('membership_account').on('membership').columns(['account_id']).execute();
  await schema
    .createTable('invitation')
    .addColumn('id', 'uuid', (column) => column.primaryKey())
    .addColumn('tenant_id', 'uuid', (column) => column.notNull().references(`${schemaName}.tenant.id`))
    .addColumn('email', 'text', (column) => column.notNull())
    .addColumn('role', 'text', (column) => column.notNull())
    .addColumn('token_sha256', 'text', (column) => column.notNull().unique())
    .addColumn('invited_by', 'text', (column) => column.notNull())
    .addColumn('created_at', 'timestamptz', (column) => column.notNull())
    .addColumn('expires_at', 'timestamptz', (column) => column.notNull())
    .addUniqueConstraint('invitation_once', ['tenant_id', 'email'])
    .execute();
}
