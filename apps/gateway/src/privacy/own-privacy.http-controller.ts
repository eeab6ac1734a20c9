import { Controller } from '@nestjs/common';
import { createPrivacyJob, getPrivacyJob, listConsents, listPrivacyJobs, recordConsent } from '@tecnocursos/contracts';
import { callerOf, sessionOf } from '../access/permit.js';
import { BusService } from '../bus/bus.service.js';
import { clientOf } from '../http/client-of.js';
import type { InputOf, SuccessOf } from '../http/operation.js';
import { Operation, type Exchange } from '../http/operation.decorator.js';
import { createOwnJobOperation, getOwnJobOperation, listConsentsOperation, listOwnJobsOperation, recordConsentOperation } from './privacy.operations.js';

/** What a person decides about data of their own. */
@Controller()
export class OwnPrivacyHttpController {
  constructor(private readonly bus: BusService) {}

  @Operation(recordConsentOperation)
  async record({ body }: InputOf<typeof recordConsentOperation>, { request }: Exchange): Promise<SuccessOf<typeof recordConsentOperation>> {
    return (await this.bus.call(recordConsent, { ...body, account_id: sessionOf(request.scope).accountId, client: clientOf(request) })).consent;
  }

  @Operation(listConsentsOperation)
  consents(_input: InputOf<typeof listConsentsOperation>, { request: { scope } }: Exchange): Promise<SuccessOf<typeof listConsentsOperation>> {
    return this.bus.call(listConsents, { account_id: sessionOf(scope).accountId });
  }

  @Operation(createOwnJobOperation)
  async create({ body }: InputOf<typeof createOwnJobOperation>, { request }: Exchange): Promise<SuccessOf<typeof createOwnJobOperation>> {
    const { scope } = request;
    return (await this.bus.call(createPrivacyJob, { ...body, account_id: sessionOf(scope).accountId, actor: callerOf(scope).actor, client: clientOf(request) })).job;
  }

  @Operation(listOwnJobsOperation)
  list({ query }: InputOf<typeof listOwnJobsOperation>, { request: { scope } }: Exchange): Promise<SuccessOf<typeof listOwnJobsOperation>> {
    return this.bus.call(listPrivacyJobs, { ...query, account_id: sessionOf(scope).accountId });
  }

  @Operation(getOwnJobOperation)
  async get({ params }: InputOf<typeof getOwnJobOperation>, { request: { scope } }: Exchange): Promise<SuccessOf<typeof getOwnJobOperation>> {
    return (await this.bus.call(getPrivacyJob, { ...params, account_id: sessionOf(scope).accountId })).job;
  }
}
