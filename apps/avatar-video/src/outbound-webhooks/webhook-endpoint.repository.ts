import type { Kysely, Selectable } from 'kysely';
import { isUniqueViolation } from '@tecnocursos/persistence';
import { AppError } from '@tecnocursos/contracts';
import type { OutboundWebhookTables, WebhookEndpointTable } from './outbound-webhook.tables.js';

export type EndpointRow = Selectable<WebhookEndpointTable>;

/** The registered addresses of tenants. */
export class WebhookEndpointRepository {
  constructor(private readonly db: Kysely<OutboundWebhookTables>) {}

  /** @throws AppError `conflict` when the tenant has registered the address already. */
  async insert(row: EndpointRow): Promise<void> {
    try {
      await this.db.insertInto('webhook_endpoint').values(row).execute();
    } catch (error) {
      if (isUniqueViolation(error)) throw new AppError('conflict', 'This address is registered already. Change that endpoint, or delete it first.');
      throw error;
    }
  }

  async list(tenantId: string): Promise<EndpointRow[]> {
    return this.db.selectFrom('webhook_endpoint').selectAll().where('tenant_id', '=', tenantId).orderBy('created_at').execute();
  }

  async find(tenantId: string, id: string): Promise<EndpointRow | undefined> {
    return this.db.selectFrom('webhook_endpoint').selectAll().where('tenant_id', '=', tenantId).where('id', '=', id).executeTakeFirst();
  }

  async isRegistered(tenantId: string, url: string): Promise<boolean> {
    const row = await this.db.selectFrom('webhook_endpoint').select('id').where('tenant_id', '=', tenantId).where('url', '=', url).where('state', '=', 'enabled').executeTakeFirst();
    return row !== undefined;
  }

  async update(tenantId: string, id: string, values: Partial<EndpointRow>): Promise<EndpointRow | undefined> {
    return this.db.updateTable('webhook_endpoint').set(values).where('tenant_id', '=', tenantId).where('id', '=', id).returningAll().executeTakeFirst();
  }

  async remove(tenantId: string, id: string): Promise<boolean> {
    const { numDeletedRows } = await this.db.deleteFrom('webhook_endpoint').where('tenant_id', '=', tenantId).where('id', '=', id).executeTakeFirst();
    return numDeletedRows > 0n;
  }
}
