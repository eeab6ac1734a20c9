import { Controller } from '@nestjs/common';
import { createApiKey, listApiKeys, revokeApiKey, rotateApiKey } from '@tecnocursos/contracts';
import { AuthenticatorService } from '../access/authenticator.service.js';
import { callerOf } from '../access/permit.js';
import { BusService } from '../bus/bus.service.js';
import { clientOf } from '../http/client-of.js';
import type { InputOf, SuccessOf } from '../http/operation.js';
import { Operation, type Exchange } from '../http/operation.decorator.js';
import { createApiKeyOperation, listApiKeysOperation, revokeApiKeyOperation, rotateApiKeyOperation } from './api-keys.operations.js';

@Controller()
export class ApiKeysHttpController {
  constructor(
    private readonly bus: BusService,
    private readonly authenticator: AuthenticatorService,
  ) {}

  @Operation(listApiKeysOperation)
  list({ query }: InputOf<typeof listApiKeysOperation>): Promise<SuccessOf<typeof listApiKeysOperation>> {
    return this.bus.call(listApiKeys, query);
  }

  @Operation(createApiKeyOperation)
  create({ body }: InputOf<typeof createApiKeyOperation>, { request }: Exchange): Promise<SuccessOf<typeof createApiKeyOperation>> {
    return this.bus.call(createApiKey, { ...body, actor: callerOf(request.scope).actor, client: clientOf(request) });
  }

  @Operation(rotateApiKeyOperation)
  rotate({ params, body }: InputOf<typeof rotateApiKeyOperation>, { request }: Exchange): Promise<SuccessOf<typeof rotateApiKeyOperation>> {
    return this.bus.call(rotateApiKey, { ...body, ...params, actor: callerOf(request.scope).actor, client: clientOf(request) });
  }

  @Operation(revokeApiKeyOperation)
  async revoke({ params }: InputOf<typeof revokeApiKeyOperation>, { request }: Exchange): Promise<SuccessOf<typeof revokeApiKeyOperation>> {
    const { actor } = callerOf(request.scope);
    const { api_key: key } = await this.bus.call(revokeApiKey, { ...params, actor, client: clientOf(request) });
    this.authenticator.forgetActor(params.key_id);
    return key;
  }
}
