import type { Language } from '@tecnocursos/contracts';
import type { Kysely, SchemaModule, Selectable } from 'kysely';

export interface AccountTable {
  id: string;
  /** In lower case. */
  email: string;
  email_verified_at: Date | null;
  /** PHC string of argon2id; null for who signs in with a login provider alone. */
  password_hash: string | null;
  name: string;
  language: Language;
  /** What the sign-up asked for; made when the address is confirmed. */
  pending_organization: string | null;
  pending_tenant_id: string | null;
  totp_sealed: string | null;
  totp_confirmed_at: Date | null;
  /** Number of the 30 s step of the last code that was taken: no code works twice. */
  totp_last_step: number;
  created_at: Date;
}
export type AccountRow = Selectable<AccountTable>;

/** `verify-email` and `password-reset` are in mails, the others in answers. */
export type OneTimeTokenKind = 'verify-email' | 'password-reset' | 'sign-in' | 'social-login' | 'social-link' | 'social-registration';

export interface AccountTables {
  account: AccountTable;
  recovery_code: { account_id: string; code_sha256: string; used_at: Date | null };
  one_time_token: {
    token_sha256: string;
    kind: OneTimeTokenKind;
    /** Null when it is about nobody who has an account yet. */
    account_id: string | null;
    /** Sealed JSON; what the next step needs. */
    payload: string | null;
    attempts: number;
    expires_at: Date;
  };
  /** Failures within a window, by what is counted: an account, an address, a second factor. */
  attempt_counter: { subject: string; failures: number; window_ends_at: Date };
}

export async function createAccountTables(db: Kysely<unknown>, schemaName: string): Promise<void> {
  const schema = db.schema.withSchema(schemaName);
  await schema
    .createTable('account')
    .addColumn('id', 'uuid', (column) => column.primaryKey())
    .addColumn('email', 'text', (column) => column.notNull().unique())
    .addColumn('email_verified_at', 'timestamptz')
    .addColumn('password_hash', 'text')
    .addColumn('name', 'text', (column) => column.notNull())
    .addColumn('language', 'text', (column) => column.notNull())
    .addColumn('pending_organization', 'text')
    .addColumn('pending_tenant_id', 'uuid')
    .addColumn('totp_sealed', 'text')
    .addColumn('totp_confirmed_at', 'timestamptz')
    .addColumn('totp_last_step', 'integer', (column) => column.notNull().defaultTo(0))
    .addColumn('created_at', 'timestamptz', (column) => column.notNull())
    .execute();
  await schema
    .createTable('attempt_counter')
    .addColumn('subject', 'text', (column) => column.primaryKey())
    .addColumn('failures', 'integer', (column) => column.notNull())
    .addColumn('window_ends_at', 'timestamptz', (column) => column.notNull())
    .execute();
  await createCodeTables(schema, schemaName);
}

/** What is used once, and goes with its account. */
async function createCodeTables(schema: SchemaModule, schemaName: string): Promise<void> {
  await schema
    .createTable('recovery_code')
    .addColumn('account_id', 'uuid', (column) => column.notNull().references(`${schemaName}.account.id`).onDelete('cascade'))
    .addColumn('code_sha256', 'text', (column) => column.notNull())
    .addColumn('used_at', 'timestamptz')
    .addPrimaryKeyConstraint('recovery_code_pk', ['account_id', 'code_sha256'])
    .execute();
  await schema
    .createTable('one_time_token')
    .addColumn('token_sha256', 'text', (column) => column.primaryKey())
    .addColumn('kind', 'text', (column) => column.notNull())
    .addColumn('account_id', 'uuid', (column) => column.references(`${schemaName}.account.id`).onDelete('cascade'))
    .addColumn('payload', 'text')
    .addColumn('attempts', 'integer', (column) => column.notNull().defaultTo(0))
    .addColumn('expires_at', 'timestamptz', (column) => column.notNull())
    .execute();
  await schema.createIndex('one_time_token_account').on('one_time_token').columns(['account_id', 'kind']).execute();
}
