import { Controller } from '@nestjs/common';
import { completeSocialLogin, linkSocialLogin, listLinkedIdentities, startSocialLogin, unlinkIdentity } from '@tecnocursos/contracts';
import { sessionOf } from '../access/permit.js';
import { BusService } from '../bus/bus.service.js';
import { clientOf } from '../http/client-of.js';
import type { InputOf, SuccessOf } from '../http/operation.js';
import { Operation, type Exchange } from '../http/operation.decorator.js';
import { completeLinkingOperation, linkIdentityOperation, listIdentitiesOperation, startLinkingOperation, unlinkIdentityOperation } from './account.operations.js';

/** Identities at login providers of the signed-in account. */
@Controller()
export class IdentitiesHttpController {
  constructor(private readonly bus: BusService) {}

  @Operation(listIdentitiesOperation)
  list(_input: InputOf<typeof listIdentitiesOperation>, { request: { scope } }: Exchange): Promise<SuccessOf<typeof listIdentitiesOperation>> {
    return this.bus.call(listLinkedIdentities, { account_id: sessionOf(scope).accountId });
  }

  @Operation(startLinkingOperation)
  start({ params, body }: InputOf<typeof startLinkingOperation>, { request }: Exchange): Promise<SuccessOf<typeof startLinkingOperation>> {
    return this.bus.call(startSocialLogin, { ...params, ...body, account_id: sessionOf(request.scope).accountId, client: clientOf(request) });
  }

  @Operation(completeLinkingOperation)
  complete({ body }: InputOf<typeof completeLinkingOperation>, { request }: Exchange): Promise<SuccessOf<typeof completeLinkingOperation>> {
    return this.bus.call(completeSocialLogin, { ...body, account_id: sessionOf(request.scope).accountId, client: clientOf(request) });
  }

  @Operation(linkIdentityOperation)
  link({ body }: InputOf<typeof linkIdentityOperation>, { request }: Exchange): Promise<SuccessOf<typeof linkIdentityOperation>> {
    return this.bus.call(linkSocialLogin, { ...body, account_id: sessionOf(request.scope).accountId, client: clientOf(request) });
  }

  @Operation(unlinkIdentityOperation)
  unlink({ params }: InputOf<typeof unlinkIdentityOperation>, { request }: Exchange): Promise<SuccessOf<typeof unlinkIdentityOperation>> {
    return this.bus.call(unlinkIdentity, { ...params, account_id: sessionOf(request.scope).accountId, client: clientOf(request) });
  }
}
