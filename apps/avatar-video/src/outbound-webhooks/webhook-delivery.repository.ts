import { derivedId, type WebhookEventType } from '@tecnocursos/contracts';
import { sql, type Kysely, type Selectable, type Transaction } from 'kysely';
import type { OutboundWebhookTables, WebhookDeliveryTable } from './outbound-webhook.tables.js';
import type { EndpointRow } from './webhook-endpoint.repository.js';

export type DeliveryRow = Selectable<WebhookDeliveryTable>;

export interface OutboundEvent {
  readonly tenantId: string;
  /** The same for one event, however often it is announced. */
  readonly id: string;
  readonly type: WebhookEventType;
  readonly at: Date;
  readonly data: object;
  /** Only this registered address; all that want to know when null. */
  readonly url: string | null;
}

/** Notes deliveries in the transaction that makes the event true. */
export async function enqueueDeliveries<T extends OutboundWebhookTables>(transaction: Transaction<T>, event: OutboundEvent): Promise<void> {
  const db = transaction as unknown as Transaction<OutboundWebhookTables>;
  const endpoints = await db.selectFrom('webhook_endpoint').select(['id', 'url', 'events']).where('tenant_id', '=', event.tenantId).where('state', '=', 'enabled').execute();
  const told = endpoints.filter(({ url, events }) => (event.url === null || event.url === url) && (JSON.parse(events) as string[]).includes(event.type));
  if (told.length === 0) return;
  const body = JSON.stringify({ type: event.type, timestamp: event.at.toISOString(), data: event.data });
  const rows = told.map((endpoint): DeliveryRow => ({
    id: `msg_${derivedId(event.id, endpoint.id)}`, endpoint_id: endpoint.id, tenant_id: event.tenantId, type: event.type, body, state: 'pending', attempts: 0, last_status: null, last_error: null,
    next_at: event.at, lease_until: null, created_at: event.at,
  }));
  await db.insertInto('webhook_delivery').values(rows).onConflict((conflict) => conflict.column('id').doNothing()).execute();
}

export interface DueDelivery {
  readonly delivery: DeliveryRow;
  readonly endpoint: EndpointRow;
}

const LEASE_MS = 60_000;
/** Calls to one endpoint at once: the others' turn does not depend on it. */
const PER_ENDPOINT = 4;

export class WebhookDeliveryRepository {
  constructor(private readonly db: Kysely<OutboundWebhookTables>) {}

  /** Takes deliveries whose time has come: endpoints that answer before those that fail, and of each endpoint only a few. */
  async claim(now: Date, limit: number): Promise<DueDelivery[]> {
    const isDue = sql<boolean>`d.state = 'pending' and d.next_at <= ${now} and (d.lease_until is null or d.lease_until < ${now})`;
    const ranked = this.db
      .selectFrom('webhook_delivery as d')
      .innerJoin('webhook_endpoint as e', 'e.id', 'd.endpoint_id')
      .select(['d.id', 'd.next_at', sql<boolean>`e.failing_since is not null`.as('failing'), sql<number>`row_number() over (partition by d.endpoint_id order by d.next_at, d.id)`.as('place')])
      .where(isDue)
      .where('e.state', '=', 'enabled');
    const due = await this.db.selectFrom(ranked.as('r')).select('id').where('place', '<=', PER_ENDPOINT).orderBy('failing').orderBy('next_at').limit(limit).execute();
    if (due.length === 0) return [];
    const deliveries = await this.db
      .updateTable('webhook_delivery')
      .set({ lease_until: new Date(now.getTime() + LEASE_MS) })
      .where('id', 'in', due.map(({ id }) => id))
      .where('state', '=', 'pending')
      .where((where) => where.or([where('lease_until', 'is', null), where('lease_until', '<', now)]))
      .returningAll()
      .execute();
    if (deliveries.length === 0) return [];
    const endpoints = await this.db.selectFrom('webhook_endpoint').selectAll().where('id', 'in', [...new Set(deliveries.map(({ endpoint_id: id }) => id))]).execute();
    return deliveries.flatMap((delivery) => endpoints.filter(({ id }) => id === delivery.endpoint_id).map((endpoint) => ({ delivery, endpoint })));
  }

  async delivered({ delivery, endpoint }: DueDelivery, status: number): Promise<void> {
    await this.settle(delivery, { state: 'delivered', last_status: status, last_error: null });
    if (endpoint.failing_since !== null) await this.changeEndpoint(endpoint, { failing_since: null });
  }

  /** @param nextAt null: it was the last attempt. */
  async failed({ delivery, endpoint }: DueDelivery, outcome: { status: number | null; error: string }, nextAt: Date | null, now: Date): Promise<void> {
    await this.settle(delivery, { state: nextAt === null ? 'failed' : 'pending', last_status: outcome.status, last_error: outcome.error, ...(nextAt && { next_at: nextAt }) });
    if (endpoint.failing_since === null) await this.changeEndpoint(endpoint, { failing_since: now });
  }

  async disable(endpoint: EndpointRow, reason: string): Promise<void> {
    await this.changeEndpoint(endpoint, { state: 'disabled', disabled_reason: reason });
    await this.db.updateTable('webhook_delivery').set({ state: 'failed', last_error: reason }).where('endpoint_id', '=', endpoint.id).where('state', '=', 'pending').execute();
  }

  async list(tenantId: string, limit: number, endpointId?: string): Promise<DeliveryRow[]> {
    return this.db
      .selectFrom('webhook_delivery').selectAll().where('tenant_id', '=', tenantId)
      .$if(endpointId !== undefined, (query) => query.where('endpoint_id', '=', endpointId ?? ''))
      .orderBy('created_at', 'desc').orderBy('id', 'desc').limit(limit).execute();
  }

  private async settle(delivery: DeliveryRow, values: Partial<DeliveryRow>): Promise<void> {
    await this.db
      .updateTable('webhook_delivery')
      .set({ ...values, attempts: delivery.attempts + 1, lease_until: null })
      .where('tenant_id', '=', delivery.tenant_id).where('id', '=', delivery.id).where('state', '=', 'pending')
      .execute();
  }

  private async changeEndpoint({ tenant_id: tenantId, id }: EndpointRow, values: Partial<EndpointRow>): Promise<void> {
    await this.db.updateTable('webhook_endpoint').set(values).where('tenant_id', '=', tenantId).where('id', '=', id).execute();
  }
}
