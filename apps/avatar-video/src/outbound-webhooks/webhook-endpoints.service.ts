import {
  AppError, newId, type createWebhookEndpoint, type listWebhookDeliveries, type ReplyInput, type RequestOf, type rotateWebhookSecret, type updateWebhookEndpoint, type WebhookEndpoint,
  type WebhookEventType,
} from '@tecnocursos/contracts';
import { newWebhookSecret, type OutboundHttp } from '@tecnocursos/nest-kit';
import type { Clock } from '../clock.js';
import type { SecretSeal } from './secret-seal.js';
import type { DeliveryRow, WebhookDeliveryRepository } from './webhook-delivery.repository.js';
import type { EndpointRow, WebhookEndpointRepository } from './webhook-endpoint.repository.js';

/** How long a secret still signs after it was replaced. */
const ROTATION_MS = 24 * 3_600_000;
const HINT_LENGTH = 4;
const MAX_ENDPOINTS = 20;

/** Addresses that tenants register, and their secrets. */
export class WebhookEndpoints {
  constructor(
    private readonly endpoints: WebhookEndpointRepository,
    private readonly deliveries: WebhookDeliveryRepository,
    private readonly http: OutboundHttp,
    private readonly seal: SecretSeal,
    private readonly clock: Clock,
  ) {}

  /** @throws AppError `invalid_request` for an address that may not be called, `conflict` for one that is registered. */
  async create(tenantId: string, { url, description, events }: RequestOf<typeof createWebhookEndpoint>): Promise<ReplyInput<typeof createWebhookEndpoint>> {
    await this.http.checkField(url, 'url');
    if ((await this.endpoints.list(tenantId)).length >= MAX_ENDPOINTS) throw new AppError('conflict', `There are ${MAX_ENDPOINTS} endpoints already. Delete one first.`);
    const [id, secret] = [newId(), newWebhookSecret()];
    const row: EndpointRow = {
      id, tenant_id: tenantId, url, description: description ?? null, events: JSON.stringify(events), state: 'enabled', disabled_reason: null, secret: this.seal.seal(secret, [tenantId, id]),
      secret_hint: secret.slice(-HINT_LENGTH), former_secret: null, former_until: null, failing_since: null, created_at: new Date(this.clock.now()),
    };
    await this.endpoints.insert(row);
    return { endpoint: shown(row), secret };
  }

  async list(tenantId: string): Promise<WebhookEndpoint[]> {
    return (await this.endpoints.list(tenantId)).map(shown);
  }

  async update(tenantId: string, { endpoint_id: id, events, state }: RequestOf<typeof updateWebhookEndpoint>): Promise<WebhookEndpoint> {
    const row = await this.existing(tenantId, id);
    if (state === 'enabled') await this.http.checkField(row.url, 'url');
    const values = { ...(events && { events: JSON.stringify(events) }), ...(state && { state, disabled_reason: state === 'disabled' ? 'Disabled by you.' : null, failing_since: null }) };
    if (Object.keys(values).length === 0) return shown(row);
    return shown((await this.endpoints.update(tenantId, id, values)) ?? row);
  }

  async rotate(tenantId: string, id: string): Promise<ReplyInput<typeof rotateWebhookSecret>> {
    const row = await this.existing(tenantId, id);
    const secret = newWebhookSecret();
    const formerUntil = new Date(this.clock.now() + ROTATION_MS);
    const updated = await this.endpoints.update(tenantId, id, {
      secret: this.seal.seal(secret, [tenantId, id]), secret_hint: secret.slice(-HINT_LENGTH), former_secret: row.secret, former_until: formerUntil,
    });
    return { endpoint: shown(updated ?? row), secret, former_until: formerUntil.toISOString() };
  }

  async remove(tenantId: string, id: string): Promise<void> {
    if (!(await this.endpoints.remove(tenantId, id))) throw notFound();
  }

  async listDeliveries(tenantId: string, { endpoint_id: endpointId, limit }: RequestOf<typeof listWebhookDeliveries>): Promise<ReplyInput<typeof listWebhookDeliveries>> {
    return { deliveries: (await this.deliveries.list(tenantId, limit, endpointId)).map(shownDelivery) };
  }

  /** @throws AppError `invalid_request` that names the field, for an address that is not registered. */
  async requireRegistered(tenantId: string, url: string, field: string): Promise<void> {
    if (await this.endpoints.isRegistered(tenantId, url)) return;
    const message = 'Register this address first, so that there is a secret to sign with: POST /api/webhooks/endpoints.';
    throw new AppError('invalid_request', `${field}: ${message}`, { issues: [{ field, message }] });
  }

  private async existing(tenantId: string, id: string): Promise<EndpointRow> {
    const row = await this.endpoints.find(tenantId, id);
    if (!row) throw notFound();
    return row;
  }
}

const notFound = (): AppError => new AppError('not_found', 'There is no such webhook endpoint.');

function shown(row: EndpointRow): WebhookEndpoint {
  const { id, url, description, events, state, disabled_reason, created_at: createdAt, secret_hint } = row;
  return { id, url, description, events: JSON.parse(events) as WebhookEventType[], state, disabled_reason, created_at: createdAt.toISOString(), secret_hint };
}

function shownDelivery(row: DeliveryRow): ReplyInput<typeof listWebhookDeliveries>['deliveries'][number] {
  const { id, endpoint_id, type, state, attempts, last_status, last_error, next_at: nextAt, created_at: createdAt } = row;
  return { id, endpoint_id, type, state, attempts, last_status, last_error, next_attempt_at: state === 'pending' ? nextAt.toISOString() : null, created_at: createdAt.toISOString() };
}
