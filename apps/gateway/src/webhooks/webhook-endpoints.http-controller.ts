import { Controller } from '@nestjs/common';
import { createWebhookEndpoint, deleteWebhookEndpoint, listWebhookDeliveries, listWebhookEndpoints, rotateWebhookSecret, updateWebhookEndpoint } from '@tecnocursos/contracts';
import { BusService } from '../bus/bus.service.js';
import type { InputOf, SuccessOf } from '../http/operation.js';
import { Operation } from '../http/operation.decorator.js';
import {
  createWebhookEndpointOperation, deleteWebhookEndpointOperation, listWebhookDeliveriesOperation, listWebhookEndpointsOperation, rotateWebhookSecretOperation,
  updateWebhookEndpointOperation,
} from './webhook-endpoints.operations.js';

@Controller()
export class WebhookEndpointsHttpController {
  constructor(private readonly bus: BusService) {}

  @Operation(createWebhookEndpointOperation)
  create({ body }: InputOf<typeof createWebhookEndpointOperation>): Promise<SuccessOf<typeof createWebhookEndpointOperation>> {
    return this.bus.call(createWebhookEndpoint, body);
  }

  @Operation(listWebhookEndpointsOperation)
  list(): Promise<SuccessOf<typeof listWebhookEndpointsOperation>> {
    return this.bus.call(listWebhookEndpoints, {});
  }

  @Operation(updateWebhookEndpointOperation)
  update({ params, body }: InputOf<typeof updateWebhookEndpointOperation>): Promise<SuccessOf<typeof updateWebhookEndpointOperation>> {
    return this.bus.call(updateWebhookEndpoint, { ...params, ...body });
  }

  @Operation(deleteWebhookEndpointOperation)
  async remove({ params }: InputOf<typeof deleteWebhookEndpointOperation>): Promise<void> {
    await this.bus.call(deleteWebhookEndpoint, params);
  }

  @Operation(rotateWebhookSecretOperation)
  rotate({ params }: InputOf<typeof rotateWebhookSecretOperation>): Promise<SuccessOf<typeof rotateWebhookSecretOperation>> {
    return this.bus.call(rotateWebhookSecret, params);
  }

  @Operation(listWebhookDeliveriesOperation)
  deliveries({ query }: InputOf<typeof listWebhookDeliveriesOperation>): Promise<SuccessOf<typeof listWebhookDeliveriesOperation>> {
    return this.bus.call(listWebhookDeliveries, query);
  }
}
