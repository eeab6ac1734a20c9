import { Controller } from '@nestjs/common';
import {
  createWebhookEndpoint, deleteWebhookEndpoint, listWebhookDeliveries, listWebhookEndpoints, rotateWebhookSecret, updateWebhookEndpoint, type ReplyInput, type RequestOf,
} from '@tecnocursos/contracts';
import { RpcHandler, type CallContext } from '@tecnocursos/messaging';
import { WebhookEndpoints } from './webhook-endpoints.service.js';

@Controller()
export class WebhooksRpcController {
  constructor(private readonly endpoints: WebhookEndpoints) {}

  @RpcHandler(createWebhookEndpoint)
  create(request: RequestOf<typeof createWebhookEndpoint>, { tenantId }: CallContext): Promise<ReplyInput<typeof createWebhookEndpoint>> {
    return this.endpoints.create(tenantId, request);
  }

  @RpcHandler(listWebhookEndpoints)
  async list(_request: RequestOf<typeof listWebhookEndpoints>, { tenantId }: CallContext): Promise<ReplyInput<typeof listWebhookEndpoints>> {
    return { endpoints: await this.endpoints.list(tenantId) };
  }

  @RpcHandler(updateWebhookEndpoint)
  async update(request: RequestOf<typeof updateWebhookEndpoint>, { tenantId }: CallContext): Promise<ReplyInput<typeof updateWebhookEndpoint>> {
    return { endpoint: await this.endpoints.update(tenantId, request) };
  }

  @RpcHandler(rotateWebhookSecret)
  rotate({ endpoint_id: id }: RequestOf<typeof rotateWebhookSecret>, { tenantId }: CallContext): Promise<ReplyInput<typeof rotateWebhookSecret>> {
    return this.endpoints.rotate(tenantId, id);
  }

  @RpcHandler(deleteWebhookEndpoint)
  async remove({ endpoint_id: id }: RequestOf<typeof deleteWebhookEndpoint>, { tenantId }: CallContext): Promise<ReplyInput<typeof deleteWebhookEndpoint>> {
    await this.endpoints.remove(tenantId, id);
    return { deleted: true };
  }

  @RpcHandler(listWebhookDeliveries)
  deliveries(request: RequestOf<typeof listWebhookDeliveries>, { tenantId }: CallContext): Promise<ReplyInput<typeof listWebhookDeliveries>> {
    return this.endpoints.listDeliveries(tenantId, request);
  }
}
