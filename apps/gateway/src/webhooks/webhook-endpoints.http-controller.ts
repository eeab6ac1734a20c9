import { Controller } from '@nestjs/common';
import { createWebhookEndpoint, deleteWebhookEndpoint, listWebhookDeliveries, listWebhookEndpoints, rotateWebhookSecret, updateWebhookEndpoint } from '@tecnocursos/contracts';
import { AuditTrail } from '../audit/audit-trail.service.js';
import { BusService } from '../bus/bus.service.js';
import type { InputOf, SuccessOf } from '../http/operation.js';
import { Operation, type Exchange } from '../http/operation.decorator.js';
import {
  createWebhookEndpointOperation, deleteWebhookEndpointOperation, listWebhookDeliveriesOperation, listWebhookEndpointsOperation, rotateWebhookSecretOperation,
  updateWebhookEndpointOperation,
} from './webhook-endpoints.operations.js';

@Controller()
export class WebhookEndpointsHttpController {
  constructor(
    private readonly bus: BusService,
    private readonly audit: AuditTrail,
  ) {}

  @Operation(createWebhookEndpointOperation)
  async create({ body }: InputOf<typeof createWebhookEndpointOperation>, { request }: Exchange): Promise<SuccessOf<typeof createWebhookEndpointOperation>> {
    const created = await this.bus.call(createWebhookEndpoint, body);
    await this.audit.note(request, 'webhook-endpoint.created', targetOf(created.endpoint.id));
    return created;
  }

  @Operation(listWebhookEndpointsOperation)
  list(): Promise<SuccessOf<typeof listWebhookEndpointsOperation>> {
    return this.bus.call(listWebhookEndpoints, {});
  }

  @Operation(updateWebhookEndpointOperation)
  async update({ params, body }: InputOf<typeof updateWebhookEndpointOperation>, { request }: Exchange): Promise<SuccessOf<typeof updateWebhookEndpointOperation>> {
    const updated = await this.bus.call(updateWebhookEndpoint, { ...params, ...body });
    await this.audit.note(request, 'webhook-endpoint.updated', targetOf(params.endpoint_id));
    return updated;
  }

  @Operation(deleteWebhookEndpointOperation)
  async remove({ params }: InputOf<typeof deleteWebhookEndpointOperation>, { request }: Exchange): Promise<void> {
    await this.bus.call(deleteWebhookEndpoint, params);
    await this.audit.note(request, 'webhook-endpoint.deleted', targetOf(params.endpoint_id));
  }

  @Operation(rotateWebhookSecretOperation)
  async rotate({ params }: InputOf<typeof rotateWebhookSecretOperation>, { request }: Exchange): Promise<SuccessOf<typeof rotateWebhookSecretOperation>> {
    const rotated = await this.bus.call(rotateWebhookSecret, params);
    await this.audit.note(request, 'webhook-endpoint.secret.rotated', targetOf(params.endpoint_id));
    return rotated;
  }

  @Operation(listWebhookDeliveriesOperation)
  deliveries({ query }: InputOf<typeof listWebhookDeliveriesOperation>): Promise<SuccessOf<typeof listWebhookDeliveriesOperation>> {
    return this.bus.call(listWebhookDeliveries, query);
  }
}

const targetOf = (id: string): string => `webhook-endpoint:${id}`;
