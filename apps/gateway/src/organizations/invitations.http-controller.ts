import { Controller } from '@nestjs/common';
import { acceptInvitation, createInvitation, listInvitations, previewInvitation, revokeInvitation } from '@tecnocursos/contracts';
import { callerOf, sessionOf } from '../access/permit.js';
import { BusService } from '../bus/bus.service.js';
import { clientOf } from '../http/client-of.js';
import type { InputOf, SuccessOf } from '../http/operation.js';
import { Operation, type Exchange } from '../http/operation.decorator.js';
import {
  acceptInvitationOperation, createInvitationOperation, listInvitationsOperation, previewInvitationOperation, registerByInvitationOperation, revokeInvitationOperation,
} from './organizations.operations.js';
import { requireOwn } from './own-organization.js';

@Controller()
export class InvitationsHttpController {
  constructor(private readonly bus: BusService) {}

  @Operation(listInvitationsOperation)
  list({ params }: InputOf<typeof listInvitationsOperation>, { request: { scope } }: Exchange): Promise<SuccessOf<typeof listInvitationsOperation>> {
    requireOwn(params.organization_id, scope);
    return this.bus.call(listInvitations, {});
  }

  @Operation(createInvitationOperation)
  async create({ params, body }: InputOf<typeof createInvitationOperation>, { request }: Exchange): Promise<SuccessOf<typeof createInvitationOperation>> {
    requireOwn(params.organization_id, request.scope);
    return (await this.bus.call(createInvitation, { ...body, actor: callerOf(request.scope).actor, client: clientOf(request) })).invitation;
  }

  @Operation(revokeInvitationOperation)
  revoke({ params }: InputOf<typeof revokeInvitationOperation>, { request }: Exchange): Promise<SuccessOf<typeof revokeInvitationOperation>> {
    requireOwn(params.organization_id, request.scope);
    return this.bus.call(revokeInvitation, { invitation_id: params.invitation_id, actor: callerOf(request.scope).actor, client: clientOf(request) });
  }

  @Operation(previewInvitationOperation)
  preview({ body }: InputOf<typeof previewInvitationOperation>): Promise<SuccessOf<typeof previewInvitationOperation>> {
    return this.bus.call(previewInvitation, body);
  }

  @Operation(registerByInvitationOperation)
  register({ body }: InputOf<typeof registerByInvitationOperation>, { request }: Exchange): Promise<SuccessOf<typeof registerByInvitationOperation>> {
    return this.bus.call(acceptInvitation, { ...body, client: clientOf(request) });
  }

  @Operation(acceptInvitationOperation)
  accept({ body }: InputOf<typeof acceptInvitationOperation>, { request }: Exchange): Promise<SuccessOf<typeof acceptInvitationOperation>> {
    return this.bus.call(acceptInvitation, { ...body, account_id: sessionOf(request.scope).accountId, client: clientOf(request) });
  }
}
