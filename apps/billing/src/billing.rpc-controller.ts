import { Controller } from '@nestjs/common';
import { getSubscription, listPlans, releaseUpload, reserveUpload, type ReplyInput, type RequestOf } from '@tecnocursos/contracts';
import { RpcHandler, type CallContext } from '@tecnocursos/messaging';
import { BillingService } from './billing.service.js';

@Controller()
export class BillingRpcController {
  constructor(private readonly billing: BillingService) {}

  @RpcHandler(listPlans)
  async plans(request: RequestOf<typeof listPlans>): Promise<ReplyInput<typeof listPlans>> {
    return { plans: this.billing.plans(request.feature) };
  }

  @RpcHandler(getSubscription)
  async subscription(_request: RequestOf<typeof getSubscription>, context: CallContext): Promise<ReplyInput<typeof getSubscription>> {
    return { subscription: await this.billing.subscription(context.tenantId) };
  }

  @RpcHandler(reserveUpload)
  reserve(request: RequestOf<typeof reserveUpload>, context: CallContext): Promise<ReplyInput<typeof reserveUpload>> {
    return this.billing.reserveUpload(context.tenantId, request.course_id, request.features);
  }

  @RpcHandler(releaseUpload)
  async release(request: RequestOf<typeof releaseUpload>, context: CallContext): Promise<ReplyInput<typeof releaseUpload>> {
    return { released: await this.billing.release(context.tenantId, request.course_id) };
  }
}
