import { Controller } from '@nestjs/common';
import { deleteCredential, listCredentials, putCredential } from '@tecnocursos/contracts';
import { callerOf } from '../access/permit.js';
import { BusService } from '../bus/bus.service.js';
import { clientOf } from '../http/client-of.js';
import type { InputOf, SuccessOf } from '../http/operation.js';
import { Operation, type Exchange } from '../http/operation.decorator.js';
import { deleteCredentialOperation, listCredentialsOperation, putCredentialOperation } from './credentials.operations.js';

/** Vendors' secrets of a tenant: written, deleted, and never read. */
@Controller()
export class CredentialsHttpController {
  constructor(private readonly bus: BusService) {}

  @Operation(listCredentialsOperation)
  list({ query }: InputOf<typeof listCredentialsOperation>): Promise<SuccessOf<typeof listCredentialsOperation>> {
    return this.bus.call(listCredentials, query);
  }

  @Operation(putCredentialOperation)
  async put({ params, body }: InputOf<typeof putCredentialOperation>, { request }: Exchange): Promise<SuccessOf<typeof putCredentialOperation>> {
    return (await this.bus.call(putCredential, { ...params, ...body, actor: callerOf(request.scope).actor, client: clientOf(request) })).credential;
  }

  @Operation(deleteCredentialOperation)
  remove({ params }: InputOf<typeof deleteCredentialOperation>, { request }: Exchange): Promise<SuccessOf<typeof deleteCredentialOperation>> {
    return this.bus.call(deleteCredential, { ...params, actor: callerOf(request.scope).actor, client: clientOf(request) });
  }
}
