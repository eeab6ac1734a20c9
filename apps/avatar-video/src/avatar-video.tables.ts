import type { Aspect, PresenterId, VideoState } from '@tecnocursos/contracts';
import { createIdempotencyTable, type IdempotencyTable } from '@tecnocursos/integration-kit';
import { createOutboxTable, type Migrations, type OutboxTable } from '@tecnocursos/persistence';
import { sql } from 'kysely';
import { createOutboundWebhookTables, type OutboundWebhookTables } from './outbound-webhooks/outbound-webhook.tables.js';

export const AVATAR_VIDEO_SCHEMA = 'avatar_video';

export interface VideoTable {
  id: string;
  tenant_id: string;
  request_id: string;
  kind: 'avatar' | 'effect';
  state: VideoState;
  percent: number;
  title: string | null;
  presenter: PresenterId | null;
  aspect: Aspect;
  /** JSON of what was asked for. */
  request: string;
  /** SHA-256 of it: tells a repeated request from another one under the same idempotency key. */
  request_sha256: string;
  caller_mode: 'live' | 'test';
  /** JSON array of strings. */
  warnings: string;
  failure: string | null;
  result: string | null;
  served_by: string | null;
  /** The one registered address that is told; all that want to know when null. */
  webhook_url: string | null;
  /** When there is something to do next. */
  next_at: Date;
  /** A worker has it until then. */
  lease_until: Date | null;
  /** Also the fencing token: a worker whose claim is not the latest has lost the video. */
  claims: number;
  /** Failed steps in a row. */
  failures: number;
  /** Counts what watchers were told. */
  version: number;
  created_at: Date;
  updated_at: Date;
}

/**
 * `starting`: the order is about to be sent, or was, and nobody has written down what came of it. `in_doubt`: so it is for long enough that somebody must look.
 * `accepted`: the vendor has it, and will be paid. `refused`: the vendor has not taken it. `failed`: it has, and could not do it.
 */
export type AttemptState = 'starting' | 'in_doubt' | 'accepted' | 'done' | 'refused' | 'failed' | 'canceled';

export interface AttemptTable {
  /** Also the reference that the vendor is given. */
  id: string;
  video_id: string;
  tenant_id: string;
  number: number;
  provider: string;
  simulated: boolean;
  state: AttemptState;
  vendor_job_id: string | null;
  model: string | null;
  webhook_token_sha256: string | null;
  cost_micros: number;
  /** Kind of the failure, and words for people. */
  failure_kind: string | null;
  detail: string | null;
  /** The vendor is to be told that nobody wants it any more. */
  cancel_pending: boolean;
  /** Questions that the vendor answered with "unknown". */
  unknown_reads: number;
  started_at: Date;
  updated_at: Date;
}

export interface WebhookInboxTable {
  vendor: string;
  event_id: string;
  received_at: Date;
}

export interface AvatarVideoTables extends OutboundWebhookTables {
  video: VideoTable;
  video_attempt: AttemptTable;
  webhook_inbox: WebhookInboxTable;
  idempotency: IdempotencyTable;
  outbox: OutboxTable;
}

export const avatarVideoMigrations: Migrations = {
  '001-videos': {
    up: async (db) => {
      const schema = db.schema.withSchema(AVATAR_VIDEO_SCHEMA);
      await schema
        .createTable('video')
        .addColumn('id', 'uuid', (column) => column.primaryKey())
        .addColumn('tenant_id', 'uuid', (column) => column.notNull())
        .addColumn('request_id', 'text', (column) => column.notNull())
        .addColumn('kind', 'text', (column) => column.notNull())
        .addColumn('state', 'text', (column) => column.notNull())
        .addColumn('percent', 'integer', (column) => column.notNull())
        .addColumn('title', 'text')
        .addColumn('presenter', 'text')
        .addColumn('aspect', 'text', (column) => column.notNull())
        .addColumn('request', 'text', (column) => column.notNull())
        .addColumn('request_sha256', 'text', (column) => column.notNull())
        .addColumn('caller_mode', 'text', (column) => column.notNull())
        .addColumn('warnings', 'text', (column) => column.notNull())
        .addColumn('failure', 'text')
        .addColumn('result', 'text')
        .addColumn('served_by', 'text')
        .addColumn('webhook_url', 'text')
        .addColumn('next_at', 'timestamptz', (column) => column.notNull())
        .addColumn('lease_until', 'timestamptz')
        .addColumn('claims', 'integer', (column) => column.notNull())
        .addColumn('failures', 'integer', (column) => column.notNull())
        .addColumn('version', 'integer', (column) => column.notNull())
        .addColumn('created_at', 'timestamptz', (column) => column.notNull())
        .addColumn('updated_at', 'timestamptz', (column) => column.notNull())
        .execute();
      await schema.createIndex('video_by_tenant').on('video').columns(['tenant_id', 'created_at', 'id']).execute();
      await schema.createIndex('video_due').on('video').column('next_at').where(sql.ref('state'), 'in', sql`('queued', 'rendering', 'downloading')`).execute();
      await schema
        .createTable('video_attempt')
        .addColumn('id', 'uuid', (column) => column.primaryKey())
        .addColumn('video_id', 'uuid', (column) => column.notNull().references(`${AVATAR_VIDEO_SCHEMA}.video.id`).onDelete('cascade'))
        .addColumn('tenant_id', 'uuid', (column) => column.notNull())
        .addColumn('number', 'integer', (column) => column.notNull())
        .addColumn('provider', 'text', (column) => column.notNull())
        .addColumn('simulated', 'boolean', (column) => column.notNull())
        .addColumn('state', 'text', (column) => column.notNull())
        .addColumn('vendor_job_id', 'text')
        .addColumn('model', 'text')
        .addColumn('webhook_token_sha256', 'text')
        .addColumn('cost_micros', 'bigint', (column) => column.notNull())
        .addColumn('failure_kind', 'text')
        .addColumn('detail', 'text')
        .addColumn('cancel_pending', 'boolean', (column) => column.notNull())
        .addColumn('unknown_reads', 'integer', (column) => column.notNull())
        .addColumn('started_at', 'timestamptz', (column) => column.notNull())
        .addColumn('updated_at', 'timestamptz', (column) => column.notNull())
        .addUniqueConstraint('video_attempt_number', ['video_id', 'number'])
        .execute();
      await schema.createIndex('video_attempt_by_token').on('video_attempt').column('webhook_token_sha256').execute();
      await schema.createIndex('video_attempt_by_job').on('video_attempt').columns(['provider', 'vendor_job_id']).execute();
      await schema.createIndex('video_attempt_to_cancel').on('video_attempt').column('updated_at').where(sql.ref('cancel_pending'), '=', sql`true`).execute();
      await schema
        .createTable('webhook_inbox')
        .addColumn('vendor', 'text', (column) => column.notNull())
        .addColumn('event_id', 'text', (column) => column.notNull())
        .addColumn('received_at', 'timestamptz', (column) => column.notNull())
        .addPrimaryKeyConstraint('webhook_inbox_pk', ['vendor', 'event_id'])
        .execute();
      await createOutboundWebhookTables(db, AVATAR_VIDEO_SCHEMA);
      await createIdempotencyTable(db, AVATAR_VIDEO_SCHEMA);
      await createOutboxTable(db, AVATAR_VIDEO_SCHEMA);
    },
  },
};
