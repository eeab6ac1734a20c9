import { Controller } from '@nestjs/common';
import {
  createOrganization, getOrganization, listMembers, listOrganizations, removeMember, updateMember, updateOrganization, type ReplyInput, type RequestOf,
} from '@tecnocursos/contracts';
import { RpcHandler, type CallContext } from '@tecnocursos/messaging';
import { MemberService } from './member.service.js';
import { OrganizationService } from './organization.service.js';

@Controller()
export class OrganizationsRpcController {
  constructor(
    private readonly organizations: OrganizationService,
    private readonly members: MemberService,
  ) {}

  @RpcHandler(getOrganization)
  async get(_request: RequestOf<typeof getOrganization>, { tenantId }: CallContext): Promise<ReplyInput<typeof getOrganization>> {
    return { organization: await this.organizations.get(tenantId) };
  }

  @RpcHandler(updateOrganization)
  async update(request: RequestOf<typeof updateOrganization>, { tenantId }: CallContext): Promise<ReplyInput<typeof updateOrganization>> {
    return { organization: await this.organizations.update(tenantId, request) };
  }

  @RpcHandler(createOrganization)
  async create(request: RequestOf<typeof createOrganization>): Promise<ReplyInput<typeof createOrganization>> {
    return { organization: await this.organizations.create(request) };
  }

  @RpcHandler(listOrganizations)
  async list({ account_id: id }: RequestOf<typeof listOrganizations>): Promise<ReplyInput<typeof listOrganizations>> {
    return { organizations: await this.organizations.listOf(id) };
  }

  @RpcHandler(listMembers)
  listMembers(request: RequestOf<typeof listMembers>, { tenantId }: CallContext): Promise<ReplyInput<typeof listMembers>> {
    return this.members.list(tenantId, request);
  }

  @RpcHandler(updateMember)
  async updateMember(request: RequestOf<typeof updateMember>, { tenantId }: CallContext): Promise<ReplyInput<typeof updateMember>> {
    return { member: await this.members.update(tenantId, request) };
  }

  @RpcHandler(removeMember)
  async removeMember(request: RequestOf<typeof removeMember>, { tenantId }: CallContext): Promise<ReplyInput<typeof removeMember>> {
    return { removed: await this.members.remove(tenantId, request) };
  }
}
