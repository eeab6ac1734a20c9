import { Controller } from '@nestjs/common';
import { AppError, getTenant, type ReplyInput, type RequestOf } from '@tecnocursos/contracts';
import { RpcHandler, type CallContext } from '@tecnocursos/messaging';
import { TenantRepository } from './tenant.repository.js';

@Controller()
export class IdentityRpcController {
  constructor(private readonly tenants: TenantRepository) {}

  @RpcHandler(getTenant)
  async get(_request: RequestOf<typeof getTenant>, context: CallContext): Promise<ReplyInput<typeof getTenant>> {
    const tenant = await this.tenants.findTenant(context.tenantId);
    if (!tenant) throw new AppError('not_found', 'There is no such tenant.');
    return { tenant };
  }
}
