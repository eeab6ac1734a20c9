import { Controller } from '@nestjs/common';
import { createOrganization, getOrganization, listMembers, listOrganizations, removeMember, updateMember, updateOrganization } from '@tecnocursos/contracts';
import { AuthenticatorService } from '../access/authenticator.service.js';
import { callerOf, sessionOf } from '../access/permit.js';
import { BusService } from '../bus/bus.service.js';
import { clientOf } from '../http/client-of.js';
import type { InputOf, SuccessOf } from '../http/operation.js';
import { Operation, type Exchange } from '../http/operation.decorator.js';
import {
  createOrganizationOperation, getOrganizationOperation, listMembersOperation, listOrganizationsOperation, removeMemberOperation, updateMemberOperation, updateOrganizationOperation,
} from './organizations.operations.js';
import { requireOwn } from './own-organization.js';

@Controller()
export class OrganizationsHttpController {
  constructor(
    private readonly bus: BusService,
    private readonly authenticator: AuthenticatorService,
  ) {}

  @Operation(listOrganizationsOperation)
  list(_input: InputOf<typeof listOrganizationsOperation>, { request: { scope } }: Exchange): Promise<SuccessOf<typeof listOrganizationsOperation>> {
    return this.bus.call(listOrganizations, { account_id: sessionOf(scope).accountId });
  }

  @Operation(createOrganizationOperation)
  async create({ body }: InputOf<typeof createOrganizationOperation>, { request }: Exchange): Promise<SuccessOf<typeof createOrganizationOperation>> {
    return (await this.bus.call(createOrganization, { ...body, account_id: sessionOf(request.scope).accountId, client: clientOf(request) })).organization;
  }

  @Operation(getOrganizationOperation)
  async get({ params }: InputOf<typeof getOrganizationOperation>, { request: { scope } }: Exchange): Promise<SuccessOf<typeof getOrganizationOperation>> {
    requireOwn(params.organization_id, scope);
    return (await this.bus.call(getOrganization, {})).organization;
  }

  @Operation(updateOrganizationOperation)
  async update({ params, body }: InputOf<typeof updateOrganizationOperation>, { request }: Exchange): Promise<SuccessOf<typeof updateOrganizationOperation>> {
    requireOwn(params.organization_id, request.scope);
    return (await this.bus.call(updateOrganization, { ...body, actor: callerOf(request.scope).actor, client: clientOf(request) })).organization;
  }

  @Operation(listMembersOperation)
  members({ params, query }: InputOf<typeof listMembersOperation>, { request: { scope } }: Exchange): Promise<SuccessOf<typeof listMembersOperation>> {
    requireOwn(params.organization_id, scope);
    return this.bus.call(listMembers, query);
  }

  @Operation(updateMemberOperation)
  async updateMember({ params, body }: InputOf<typeof updateMemberOperation>, { request }: Exchange): Promise<SuccessOf<typeof updateMemberOperation>> {
    requireOwn(params.organization_id, request.scope);
    const { member } = await this.bus.call(updateMember, { ...body, account_id: params.account_id, actor: callerOf(request.scope).actor, client: clientOf(request) });
    this.authenticator.forgetActor(params.account_id);
    return member;
  }

  @Operation(removeMemberOperation)
  async removeMember({ params }: InputOf<typeof removeMemberOperation>, { request }: Exchange): Promise<SuccessOf<typeof removeMemberOperation>> {
    requireOwn(params.organization_id, request.scope);
    const reply = await this.bus.call(removeMember, { account_id: params.account_id, actor: callerOf(request.scope).actor, client: clientOf(request) });
    this.authenticator.forgetActor(params.account_id);
    return reply;
  }
}
