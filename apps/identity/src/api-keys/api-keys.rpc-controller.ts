import { Controller } from '@nestjs/common';
import { createApiKey, listApiKeys, revokeApiKey, rotateApiKey, verifyApiKey, type ReplyInput, type RequestOf } from '@tecnocursos/contracts';
import { RpcHandler, type CallContext } from '@tecnocursos/messaging';
import { ApiKeyVerification } from './api-key-verification.service.js';
import { ApiKeyService } from './api-key.service.js';

@Controller()
export class ApiKeysRpcController {
  constructor(
    private readonly keys: ApiKeyService,
    private readonly verification: ApiKeyVerification,
  ) {}

  @RpcHandler(verifyApiKey)
  verify(request: RequestOf<typeof verifyApiKey>): Promise<ReplyInput<typeof verifyApiKey>> {
    return this.verification.verify(request);
  }

  @RpcHandler(createApiKey)
  create(request: RequestOf<typeof createApiKey>, { tenantId }: CallContext): Promise<ReplyInput<typeof createApiKey>> {
    return this.keys.create(tenantId, request);
  }

  @RpcHandler(listApiKeys)
  async list(request: RequestOf<typeof listApiKeys>, { tenantId }: CallContext): Promise<ReplyInput<typeof listApiKeys>> {
    return { api_keys: await this.keys.list(tenantId, request.include_revoked ? 'all' : 'valid') };
  }

  @RpcHandler(rotateApiKey)
  rotate(request: RequestOf<typeof rotateApiKey>, { tenantId }: CallContext): Promise<ReplyInput<typeof rotateApiKey>> {
    return this.keys.rotate(tenantId, request);
  }

  @RpcHandler(revokeApiKey)
  async revoke(request: RequestOf<typeof revokeApiKey>, { tenantId }: CallContext): Promise<ReplyInput<typeof revokeApiKey>> {
    return { api_key: await this.keys.revoke(tenantId, request) };
  }
}
