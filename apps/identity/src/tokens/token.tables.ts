import type { Kysely, Selectable } from 'kysely';

export interface TokenTables {
  /** A key is published when it is made, signs from `signs_from`, and is published until the last token that it signed has expired. */
  signing_key: { kid: string; public_x: string; private_sealed: string; created_at: Date; signs_from: Date; published_until: Date | null };
  session: {
    id: string;
    account_id: string;
    tenant_id: string;
    /** JSON array of strings. */
    methods: string;
    address: string;
    user_agent: string;
    created_at: Date;
    last_used_at: Date;
    expires_at: Date;
    revoked_at: Date | null;
    revoked_because: string | null;
  };
  refresh_token: {
    token_sha256: string;
    session_id: string;
    issued_at: Date;
    used_at: Date | null;
    successor_sha256: string | null;
    /** For an answer that was lost: sealed, and cleared when its time is over. */
    successor_sealed: string | null;
  };
}
export type SessionRow = Selectable<TokenTables['session']>;
export type SigningKeyRow = Selectable<TokenTables['signing_key']>;

export async function createTokenTables(db: Kysely<unknown>, schemaName: string): Promise<void> {
  const schema = db.schema.withSchema(schemaName);
  await schema
    .createTable('signing_key')
    .addColumn('kid', 'text', (column) => column.primaryKey())
    .addColumn('public_x', 'text', (column) => column.notNull())
    .addColumn('private_sealed', 'text', (column) => column.notNull())
    .addColumn('created_at', 'timestamptz', (column) => column.notNull())
    .addColumn('signs_from', 'timestamptz', (column) => column.notNull())
    .addColumn('published_until', 'timestamptz')
    .execute();
  await schema
    .createTable('session')
    .addColumn('id', 'uuid', (column) => column.primaryKey())
    .addColumn('account_id', 'uuid', (column) => column.notNull().references(`${schemaName}.account.id`).onDelete('cascade'))
    .addColumn('tenant_id', 'uuid', (column) => column.notNull())
    .addColumn('methods', 'text', (column) => column.notNull())
    .addColumn('address', 'text', (column) => column.notNull())
    .addColumn('user_agent', 'text', (column) => column.notNull())
    .addColumn('created_at', 'timestamptz', (column) => column.notNull())
    .addColumn('last_used_at', 'timestamptz', (column) => column.notNull())
    .addColumn('expires_at', 'timestamptz', (column) => column.notNull())
    .addColumn('revoked_at', 'timestamptz')
    .addColumn('revoked_because', 'text')
    .execute();
  await schema.createIndex('session_account').on('session').columns(['account_id']).execute();
  await schema
    .createTable('refresh_token')
    .addColumn('token_sha256', 'text', (column) => column.primaryKey())
    .addColumn('session_id', 'uuid', (column) => column.notNull().references(`${schemaName}.session.id`).onDelete('cascade'))
    .addColumn('issued_at', 'timestamptz', (column) => column.notNull())
    .addColumn('used_at', 'timestamptz')
    .addColumn('successor_sha256', 'text')
    .addColumn('successor_sealed', 'text')
    .execute();
  await schema.createIndex('refresh_token_session').on('refresh_token').columns(['session_id']).execute();
}
