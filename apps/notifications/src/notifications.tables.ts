import type { Language } from '@tecnocursos/contracts';
import type { Migrations } from '@tecnocursos/persistence';
import { sql, type Generated, type Selectable } from 'kysely';

export const NOTIFICATIONS_SCHEMA = 'notifications';

export interface MessageTable {
  id: string;
  tenant_id: string;
  idempotency_key: string;
  template: string;
  recipient: string;
  language: Language;
  /** Of the request, without what differs from one attempt to the next. */
  request_sha256: string;
  state: 'sending' | 'sent' | 'failed';
  message_id: string;
  attempts: number;
  /** Whoever sends holds the lease; after `lease_until` it counts as crashed. */
  lease_id: string | null;
  lease_until: Date | null;
  created_at: Generated<Date>;
  sent_at: Date | null;
  error: string | null;
}
export type MessageRow = Selectable<MessageTable>;

export interface NotificationsTables {
  message: MessageTable;
}

export const notificationsMigrations: Migrations = {
  '001-messages': {
    up: async (db) => {
      await db.schema
        .withSchema(NOTIFICATIONS_SCHEMA)
        .createTable('message')
        .addColumn('id', 'uuid', (column) => column.primaryKey())
        .addColumn('tenant_id', 'uuid', (column) => column.notNull())
        .addColumn('idempotency_key', 'text', (column) => column.notNull())
        .addColumn('template', 'text', (column) => column.notNull())
        .addColumn('recipient', 'text', (column) => column.notNull())
        .addColumn('language', 'text', (column) => column.notNull())
        .addColumn('request_sha256', 'text', (column) => column.notNull())
        .addColumn('state', 'text', (column) => column.notNull().check(sql`state in ('sending', 'sent', 'failed')`))
        .addColumn('message_id', 'text', (column) => column.notNull())
        .addColumn('attempts', 'integer', (column) => column.notNull())
        .addColumn('lease_id', 'uuid')
        .addColumn('lease_until', 'timestamptz')
        .addColumn('created_at', 'timestamptz', (column) => column.notNull().defaultTo(sql`now()`))
        .addColumn('sent_at', 'timestamptz')
        .addColumn('error', 'text')
        .addUniqueConstraint('message_once', ['tenant_id', 'idempotency_key'])
        .execute();
    },
  },
};
