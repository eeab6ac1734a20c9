import { Controller } from '@nestjs/common';
import { AppError, getTenant, verifyApiKey, type ReplyInput, type RequestOf } from '@tecnocursos/contracts';
import { RpcHandler, type CallContext } from '@tecnocursos/messaging';
import { TenantRepository } from './tenant.repository.js';

@Controller()
export class IdentityRpcController {
  constructor(private readonly tenants: TenantRepository) {}

  @RpcHandler(verifyApiKey)
  async verify(request: RequestOf<typeof verifyApiKey>): Promise<ReplyInput<typeof verifyApiKey>> {
    const key = await this.tenants.findKey(request.key_sha256);
    if (!key) throw new AppError('api_key_invalid', 'This API key is unknown or was revoked. Use a key of your tenant.');
    return { tenant_id: key.tenant_id, key_id: key.id };
  }

  @RpcHandler(getTenant)
  async get(_request: RequestOf<typeof getTenant>, context: CallContext): Promise<ReplyInput<typeof getTenant>> {
    const tenant = await this.tenants.findTenant(context.tenantId);
    if (!tenant) throw new AppError('not_found', 'There is no such tenant.');
    return { tenant };
  }
}
