import type { WebhookEventType } from '@tecnocursos/contracts';
import { sql, type Kysely } from 'kysely';

export interface WebhookEndpointTable {
  id: string;
  tenant_id: string;
  url: string;
  description: string | null;
  /** JSON array of event types. */
  events: string;
  state: 'enabled' | 'disabled';
  disabled_reason: string | null;
  /** Sealed. */
  secret: string;
  secret_hint: string;
  /** Sealed; signs beside the newest until `former_until`. */
  former_secret: string | null;
  former_until: Date | null;
  /** Since when every delivery has failed. */
  failing_since: Date | null;
  created_at: Date;
}

export interface WebhookDeliveryTable {
  /** `msg_…`: the header `webhook-id` of all attempts. */
  id: string;
  endpoint_id: string;
  tenant_id: string;
  type: WebhookEventType;
  /** The bytes that are signed. */
  body: string;
  state: 'pending' | 'delivered' | 'failed';
  attempts: number;
  last_status: number | null;
  last_error: string | null;
  next_at: Date;
  lease_until: Date | null;
  created_at: Date;
}

/** Rows of a service that tells its callers of events; its own migration makes them by `createOutboundWebhookTables`. */
export interface OutboundWebhookTables {
  webhook_endpoint: WebhookEndpointTable;
  webhook_delivery: WebhookDeliveryTable;
}

export async function createOutboundWebhookTables(db: Kysely<unknown>, schemaName: string): Promise<void> {
  const schema = db.schema.withSchema(schemaName);
  await schema
    .createTable('webhook_endpoint')
    .addColumn('id', 'uuid', (column) => column.primaryKey())
    .addColumn('tenant_id', 'uuid', (column) => column.notNull())
    .addColumn('url', 'text', (column) => column.notNull())
    .addColumn('description', 'text')
    .addColumn('events', 'text', (column) => column.notNull())
    .addColumn('state', 'text', (column) => column.notNull())
    .addColumn('disabled_reason', 'text')
    .addColumn('secret', 'text', (column) => column.notNull())
    .addColumn('secret_hint', 'text', (column) => column.notNull())
    .addColumn('former_secret', 'text')
    .addColumn('former_until', 'timestamptz')
    .addColumn('failing_since', 'timestamptz')
    .addColumn('created_at', 'timestamptz', (column) => column.notNull())
    .addUniqueConstraint('webhook_endpoint_url', ['tenant_id', 'url'])
    .execute();
  await schema
    .createTable('webhook_delivery')
    .addColumn('id', 'text', (column) => column.primaryKey())
    .addColumn('endpoint_id', 'uuid', (column) => column.notNull().references(`${schemaName}.webhook_endpoint.id`).onDelete('cascade'))
    .addColumn('tenant_id', 'uuid', (column) => column.notNull())
    .addColumn('type', 'text', (column) => column.notNull())
    .addColumn('body', 'text', (column) => column.notNull())
    .addColumn('state', 'text', (column) => column.notNull())
    .addColumn('attempts', 'integer', (column) => column.notNull())
    .addColumn('last_status', 'integer')
    .addColumn('last_error', 'text')
    .addColumn('next_at', 'timestamptz', (column) => column.notNull())
    .addColumn('lease_until', 'timestamptz')
    .addColumn('created_at', 'timestamptz', (column) => column.notNull())
    .execute();
  await schema.createIndex('webhook_delivery_due').on('webhook_delivery').column('next_at').where(sql.ref('state'), '=', sql`'pending'`).execute();
  await schema.createIndex('webhook_delivery_by_tenant').on('webhook_delivery').columns(['tenant_id', 'created_at']).execute();
}
