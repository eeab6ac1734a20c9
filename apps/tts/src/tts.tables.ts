import type { ErrorCode, Language } from '@tecnocursos/contracts';
import { createOutboxTable, type JobColumns, type Migrations, type OutboxTable } from '@tecnocursos/persistence';
import { sql } from 'kysely';

export const TTS_SCHEMA = 'tts';

/** Speech that was made once and may be used again. */
export interface SpeechTable {
  tenant_id: string;
  /** SHA-256 of all that the sound depends on, but for who speaks. */
  content_hash: string;
  provider: string;
  simulated: boolean;
  model: string | null;
  object_key: string;
  content_type: string;
  size: number;
  sha256: string;
  duration_ms: number;
  /** JSON of WordTiming[]. */
  words: string;
  timing: 'measured' | 'estimated';
  /** JSON array of strings. */
  warnings: string;
  created_at: Date;
  used_at: Date;
}

export interface ClonedVoiceTable {
  id: string;
  tenant_id: string;
  name: string;
  language: Language;
  description: string | null;
  provider: string;
  simulated: boolean;
  vendor_voice_id: string;
  /** JSON of what the samples were. */
  samples: string;
  consent_given_by: string;
  consent_given_at: Date;
  consent_statement: string;
  created_at: Date;
  /** The consent stays on record. */
  deleted_at: Date | null;
}

export type BatchState = 'running' | 'done' | 'failed' | 'canceled';

export interface BatchTable {
  id: string;
  tenant_id: string;
  state: BatchState;
  total: number;
  done: number;
  failed: number;
  cost_micros: number;
  idempotency_key: string | null;
  /** SHA-256 of what was asked for: tells a repeated request from another one under the same idempotency key. */
  request_sha256: string;
  request_id: string;
  /** `test`: nothing but the sandbox and local engines. */
  mode: 'live' | 'test';
  created_at: Date;
  updated_at: Date;
}

export interface BatchItemTable extends JobColumns {
  batch_id: string;
  position: number;
  /** The caller's own name of it. */
  reference: string;
  /** JSON of the request. */
  request: string;
  /** JSON of the reply. */
  result: string | null;
  error_code: ErrorCode | null;
  error_detail: string | null;
}

export interface TtsTables {
  speech: SpeechTable;
  cloned_voice: ClonedVoiceTable;
  batch: BatchTable;
  batch_item: BatchItemTable;
  outbox: OutboxTable;
}

export const ttsMigrations: Migrations = {
  '001-tts': {
    async up(db) {
      const schema = db.schema.withSchema(TTS_SCHEMA);
      await schema
        .createTable('speech')
        .addColumn('tenant_id', 'uuid', (column) => column.notNull())
        .addColumn('content_hash', 'text', (column) => column.notNull())
        .addColumn('provider', 'text', (column) => column.notNull())
        .addColumn('simulated', 'boolean', (column) => column.notNull())
        .addColumn('model', 'text')
        .addColumn('object_key', 'text', (column) => column.notNull())
        .addColumn('content_type', 'text', (column) => column.notNull())
        .addColumn('size', 'integer', (column) => column.notNull())
        .addColumn('sha256', 'text', (column) => column.notNull())
        .addColumn('duration_ms', 'integer', (column) => column.notNull())
        .addColumn('words', 'text', (column) => column.notNull())
        .addColumn('timing', 'text', (column) => column.notNull())
        .addColumn('warnings', 'text', (column) => column.notNull())
        .addColumn('created_at', 'timestamptz', (column) => column.notNull())
        .addColumn('used_at', 'timestamptz', (column) => column.notNull())
        .addPrimaryKeyConstraint('speech_key', ['tenant_id', 'content_hash', 'provider', 'simulated'])
        .execute();
      await schema.createIndex('speech_by_use').on('speech').columns(['used_at']).execute();
      await schema
        .createTable('cloned_voice')
        .addColumn('id', 'uuid', (column) => column.primaryKey())
        .addColumn('tenant_id', 'uuid', (column) => column.notNull())
        .addColumn('name', 'text', (column) => column.notNull())
        .addColumn('language', 'text', (column) => column.notNull())
        .addColumn('description', 'text')
        .addColumn('provider', 'text', (column) => column.notNull())
        .addColumn('simulated', 'boolean', (column) => column.notNull())
        .addColumn('vendor_voice_id', 'text', (column) => column.notNull())
        .addColumn('samples', 'text', (column) => column.notNull())
        .addColumn('consent_given_by', 'text', (column) => column.notNull())
        .addColumn('consent_given_at', 'timestamptz', (column) => column.notNull())
        .addColumn('consent_statement', 'text', (column) => column.notNull())
        .addColumn('created_at', 'timestamptz', (column) => column.notNull())
        .addColumn('deleted_at', 'timestamptz')
        .execute();
      await schema.createIndex('cloned_voice_by_tenant').on('cloned_voice').columns(['tenant_id', 'id']).execute();
    },
  },
  '002-batches': {
    async up(db) {
      const schema = db.schema.withSchema(TTS_SCHEMA);
      await schema
        .createTable('batch')
        .addColumn('id', 'uuid', (column) => column.primaryKey())
        .addColumn('tenant_id', 'uuid', (column) => column.notNull())
        .addColumn('state', 'text', (column) => column.notNull())
        .addColumn('total', 'integer', (column) => column.notNull())
        .addColumn('done', 'integer', (column) => column.notNull().defaultTo(0))
        .addColumn('failed', 'integer', (column) => column.notNull().defaultTo(0))
        .addColumn('cost_micros', 'bigint', (column) => column.notNull().defaultTo(0))
        .addColumn('idempotency_key', 'text')
        .addColumn('request_sha256', 'text', (column) => column.notNull())
        .addColumn('request_id', 'text', (column) => column.notNull())
        .addColumn('mode', 'text', (column) => column.notNull())
        .addColumn('created_at', 'timestamptz', (column) => column.notNull())
        .addColumn('updated_at', 'timestamptz', (column) => column.notNull())
        .addUniqueConstraint('batch_idempotency', ['tenant_id', 'idempotency_key'])
        .execute();
      await schema
        .createTable('batch_item')
        .addColumn('id', 'uuid', (column) => column.primaryKey())
        .addColumn('batch_id', 'uuid', (column) => column.notNull().references(`${TTS_SCHEMA}.batch.id`).onDelete('cascade'))
        .addColumn('tenant_id', 'uuid', (column) => column.notNull())
        .addColumn('position', 'integer', (column) => column.notNull())
        .addColumn('reference', 'text', (column) => column.notNull())
        .addColumn('request', 'text', (column) => column.notNull())
        .addColumn('state', 'text', (column) => column.notNull())
        .addColumn('attempts', 'integer', (column) => column.notNull().defaultTo(0))
        .addColumn('not_before', 'timestamptz', (column) => column.notNull())
        .addColumn('lease_until', 'timestamptz')
        .addColumn('result', 'text')
        .addColumn('error_code', 'text')
        .addColumn('error_detail', 'text')
        .addUniqueConstraint('batch_item_position', ['batch_id', 'position'])
        .execute();
      await sql`create index batch_item_open on ${sql.id(TTS_SCHEMA, 'batch_item')} (state, not_before) where state in ('ready', 'queued', 'running')`.execute(db);
      await schema.createIndex('batch_by_tenant').on('batch').columns(['tenant_id', 'id']).execute();
      await createOutboxTable(db, TTS_SCHEMA);
    },
  },
};
