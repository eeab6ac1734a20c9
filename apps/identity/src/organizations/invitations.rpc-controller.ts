import { Controller } from '@nestjs/common';
import { acceptInvitation, createInvitation, listInvitations, previewInvitation, revokeInvitation, type ReplyInput, type RequestOf } from '@tecnocursos/contracts';
import { RpcHandler, type CallContext } from '@tecnocursos/messaging';
import { InvitationAcceptance } from './invitation-acceptance.service.js';
import { InvitationService } from './invitation.service.js';

@Controller()
export class InvitationsRpcController {
  constructor(
    private readonly invitations: InvitationService,
    private readonly acceptance: InvitationAcceptance,
  ) {}

  @RpcHandler(createInvitation)
  async create(request: RequestOf<typeof createInvitation>, { tenantId }: CallContext): Promise<ReplyInput<typeof createInvitation>> {
    return { invitation: await this.invitations.create(tenantId, request) };
  }

  @RpcHandler(listInvitations)
  async list(_request: RequestOf<typeof listInvitations>, { tenantId }: CallContext): Promise<ReplyInput<typeof listInvitations>> {
    return { invitations: await this.invitations.list(tenantId) };
  }

  @RpcHandler(revokeInvitation)
  async revoke(request: RequestOf<typeof revokeInvitation>, { tenantId }: CallContext): Promise<ReplyInput<typeof revokeInvitation>> {
    return { revoked: await this.invitations.revoke(tenantId, request) };
  }

  @RpcHandler(previewInvitation)
  preview({ token }: RequestOf<typeof previewInvitation>): Promise<ReplyInput<typeof previewInvitation>> {
    return this.acceptance.preview(token);
  }

  @RpcHandler(acceptInvitation)
  accept(request: RequestOf<typeof acceptInvitation>): Promise<ReplyInput<typeof acceptInvitation>> {
    return this.acceptance.accept(request);
  }
}
