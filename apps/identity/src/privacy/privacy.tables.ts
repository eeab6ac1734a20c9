import type { ServiceName } from '@tecnocursos/contracts';
import type { Kysely, SchemaModule, Selectable } from 'kysely';

export interface PrivacyTables {
  /** Append-only; the last row of a purpose is what holds. */
  consent: {
    id: string;
    tenant_id: string;
    account_id: string;
    purpose: string;
    text_version: string;
    state: 'granted' | 'withdrawn';
    channel: string;
    /** JSON of where it came from; null once erased. */
    client: string | null;
    recorded_at: Date;
  };
  privacy_job: {
    id: string;
    tenant_id: string;
    kind: 'export' | 'erase';
    state: 'queued' | 'running' | 'done' | 'incomplete';
    account_id: string | null;
    /** Sealed addresses of the person; null as soon as the job is over. */
    subject_sealed: string | null;
    requested_by: string;
    attempts: number;
    next_attempt_at: Date;
    created_at: Date;
    gives_up_at: Date;
    /** When all services were asked once, and are asked again: something may have been made meanwhile. */
    second_pass_at: Date | null;
    finished_at: Date | null;
    result_key: string | null;
    result_until: Date | null;
  };
  /** One service in one organization. */
  privacy_job_part: { job_id: string; tenant_id: string; service: ServiceName; scope: 'subject' | 'tenant'; state: 'waiting' | 'done' | 'unanswered'; counts: string };
  retention_setting: { tenant_id: string; category: string; days: number };
}
export type ConsentRow = Selectable<PrivacyTables['consent']>;
export type PrivacyJobRow = Selectable<PrivacyTables['privacy_job']>;
export type PrivacyPartRow = Selectable<PrivacyTables['privacy_job_part']>;

export async function createPrivacyTables(db: Kysely<unknown>, schemaName: string): Promise<void> {
  const schema = db.schema.withSchema(schemaName);
  await schema
    .createTable('consent')
    .addColumn('id', 'uuid', (column) => column.primaryKey())
    .addColumn('tenant_id', 'uuid', (column) => column.notNull())
    .addColumn('account_id', 'uuid', (column) => column.notNull())
    .addColumn('purpose', 'text', (column) => column.notNull())
    .addColumn('text_version', 'text', (column) => column.notNull())
    .addColumn('state', 'text', (column) => column.notNull())
    .addColumn('channel', 'text', (column) => column.notNull())
    .addColumn('client', 'text')
    .addColumn('recorded_at', 'timestamptz', (column) => column.notNull())
    .execute();
  await schema.createIndex('consent_account').on('consent').columns(['tenant_id', 'account_id']).execute();
  await schema
    .createTable('retention_setting')
    .addColumn('tenant_id', 'uuid', (column) => column.notNull())
    .addColumn('category', 'text', (column) => column.notNull())
    .addColumn('days', 'integer', (column) => column.notNull())
    .addPrimaryKeyConstraint('retention_setting_pk', ['tenant_id', 'category'])
    .execute();
  await createJobTables(schema, schemaName);
}

export async function addSecondPass(db: Kysely<unknown>, schemaName: string): Promise<void> {
  await db.schema.withSchema(schemaName).alterTable('privacy_job').addColumn('second_pass_at', 'timestamptz').execute();
}

async function createJobTables(schema: SchemaModule, schemaName: string): Promise<void> {
  await schema
    .createTable('privacy_job')
    .addColumn('id', 'uuid', (column) => column.primaryKey())
    .addColumn('tenant_id', 'uuid', (column) => column.notNull())
    .addColumn('kind', 'text', (column) => column.notNull())
    .addColumn('state', 'text', (column) => column.notNull())
    .addColumn('account_id', 'uuid')
    .addColumn('subject_sealed', 'text')
    .addColumn('requested_by', 'text', (column) => column.notNull())
    .addColumn('attempts', 'integer', (column) => column.notNull())
    .addColumn('next_attempt_at', 'timestamptz', (column) => column.notNull())
    .addColumn('created_at', 'timestamptz', (column) => column.notNull())
    .addColumn('gives_up_at', 'timestamptz', (column) => column.notNull())
    .addColumn('finished_at', 'timestamptz')
    .addColumn('result_key', 'text')
    .addColumn('result_until', 'timestamptz')
    .execute();
  await schema
    .createTable('privacy_job_part')
    .addColumn('job_id', 'uuid', (column) => column.notNull().references(`${schemaName}.privacy_job.id`).onDelete('cascade'))
    .addColumn('tenant_id', 'uuid', (column) => column.notNull())
    .addColumn('service', 'text', (column) => column.notNull())
    .addColumn('scope', 'text', (column) => column.notNull())
    .addColumn('state', 'text', (column) => column.notNull())
    .addColumn('counts', 'text', (column) => column.notNull())
    .addPrimaryKeyConstraint('privacy_job_part_pk', ['job_id', 'tenant_id', 'service'])
    .execute();
}
