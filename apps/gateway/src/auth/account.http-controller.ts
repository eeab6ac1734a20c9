import { Controller } from '@nestjs/common';
import { changePassword, getAccount, listSessions, revokeOtherSessions, revokeSession, switchOrganization, updateAccount } from '@tecnocursos/contracts';
import { AuthenticatorService } from '../access/authenticator.service.js';
import { callerOf, sessionOf } from '../access/permit.js';
import { BusService } from '../bus/bus.service.js';
import { clientOf } from '../http/client-of.js';
import type { InputOf, SuccessOf } from '../http/operation.js';
import { Operation, type Exchange } from '../http/operation.decorator.js';
import {
  changePasswordOperation, getMeOperation, listSessionsOperation, logoutOperation, revokeOtherSessionsOperation, revokeSessionOperation, switchOrganizationOperation, updateMeOperation,
} from './account.operations.js';

/** The signed-in account and its sessions. */
@Controller()
export class AccountHttpController {
  constructor(
    private readonly bus: BusService,
    private readonly authenticator: AuthenticatorService,
  ) {}

  @Operation(getMeOperation)
  async me(_input: InputOf<typeof getMeOperation>, { request: { scope } }: Exchange): Promise<SuccessOf<typeof getMeOperation>> {
    const { accountId, sessionId } = sessionOf(scope);
    const { role, permissions, tenantId } = callerOf(scope);
    const { account } = await this.bus.call(getAccount, { account_id: accountId });
    return { account, session_id: sessionId, tenant_id: tenantId, role, permissions: [...permissions] };
  }

  @Operation(updateMeOperation)
  async update({ body }: InputOf<typeof updateMeOperation>, { request: { scope } }: Exchange): Promise<SuccessOf<typeof updateMeOperation>> {
    return (await this.bus.call(updateAccount, { ...body, account_id: sessionOf(scope).accountId })).account;
  }

  @Operation(changePasswordOperation)
  async changePassword({ body }: InputOf<typeof changePasswordOperation>, { request }: Exchange): Promise<SuccessOf<typeof changePasswordOperation>> {
    const { accountId, sessionId } = sessionOf(request.scope);
    return (await this.bus.call(changePassword, { ...body, account_id: accountId, session_id: sessionId, client: clientOf(request) })).account;
  }

  @Operation(logoutOperation)
  async logout(_input: InputOf<typeof logoutOperation>, { request }: Exchange): Promise<SuccessOf<typeof logoutOperation>> {
    const { accountId, sessionId } = sessionOf(request.scope);
    const reply = await this.bus.call(revokeSession, { account_id: accountId, session_id: sessionId, client: clientOf(request) });
    this.authenticator.forget(request.headers.authorization);
    return reply;
  }

  @Operation(listSessionsOperation)
  sessions(_input: InputOf<typeof listSessionsOperation>, { request: { scope } }: Exchange): Promise<SuccessOf<typeof listSessionsOperation>> {
    return this.bus.call(listSessions, { account_id: sessionOf(scope).accountId });
  }

  @Operation(revokeSessionOperation)
  async revoke({ params }: InputOf<typeof revokeSessionOperation>, { request }: Exchange): Promise<SuccessOf<typeof revokeSessionOperation>> {
    const { accountId, sessionId } = sessionOf(request.scope);
    const reply = await this.bus.call(revokeSession, { account_id: accountId, session_id: params.session_id, client: clientOf(request) });
    if (params.session_id === sessionId) this.authenticator.forget(request.headers.authorization);
    return reply;
  }

  @Operation(revokeOtherSessionsOperation)
  revokeOthers(_input: InputOf<typeof revokeOtherSessionsOperation>, { request }: Exchange): Promise<SuccessOf<typeof revokeOtherSessionsOperation>> {
    const { accountId, sessionId } = sessionOf(request.scope);
    return this.bus.call(revokeOtherSessions, { account_id: accountId, session_id: sessionId, client: clientOf(request) });
  }

  @Operation(switchOrganizationOperation)
  switch({ body }: InputOf<typeof switchOrganizationOperation>, { request: { scope } }: Exchange): Promise<SuccessOf<typeof switchOrganizationOperation>> {
    const { accountId, sessionId } = sessionOf(scope);
    return this.bus.call(switchOrganization, { account_id: accountId, session_id: sessionId, tenant_id: body.tenant_id });
  }
}
