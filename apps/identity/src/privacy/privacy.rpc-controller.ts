import { Controller } from '@nestjs/common';
import {
  createPrivacyJob, getPrivacyJob, getProcessingRecord, getRetention, listConsents, listPrivacyJobs, putRetention, recordConsent, retryPrivacyJob,
  type ReplyInput, type RequestOf,
} from '@tecnocursos/contracts';
import { RpcHandler, type CallContext } from '@tecnocursos/messaging';
import { OrganizationService } from '../organizations/organization.service.js';
import { ConsentService } from './consent.service.js';
import { PrivacyJobService } from './privacy-job.service.js';
import { PrivacyJobView } from './privacy-job-view.service.js';
import { PrivacyWorker } from './privacy-worker.service.js';
import { PROCESSING_ACTIVITIES } from './processing-record.js';
import { RetentionService } from './retention.service.js';

@Controller()
export class PrivacyRpcController {
  constructor(
    private readonly consents: ConsentService,
    private readonly jobs: PrivacyJobService,
    private readonly view: PrivacyJobView,
    private readonly worker: PrivacyWorker,
    private readonly retention: RetentionService,
    private readonly organizations: OrganizationService,
  ) {}

  @RpcHandler(recordConsent)
  async recordConsent(request: RequestOf<typeof recordConsent>, { tenantId }: CallContext): Promise<ReplyInput<typeof recordConsent>> {
    return { consent: await this.consents.record(tenantId, request) };
  }

  @RpcHandler(listConsents)
  listConsents({ account_id: id }: RequestOf<typeof listConsents>, { tenantId }: CallContext): Promise<ReplyInput<typeof listConsents>> {
    return this.consents.list(tenantId, id);
  }

  @RpcHandler(createPrivacyJob)
  async create(request: RequestOf<typeof createPrivacyJob>, { tenantId }: CallContext): Promise<ReplyInput<typeof createPrivacyJob>> {
    const id = await this.jobs.create(tenantId, request);
    this.worker.kick();
    return { job: await this.view.get(tenantId, id) };
  }

  @RpcHandler(getPrivacyJob)
  async get({ job_id: id, account_id: accountId }: RequestOf<typeof getPrivacyJob>, { tenantId }: CallContext): Promise<ReplyInput<typeof getPrivacyJob>> {
    return { job: await this.view.get(tenantId, id, accountId) };
  }

  @RpcHandler(listPrivacyJobs)
  async list({ account_id: accountId, limit }: RequestOf<typeof listPrivacyJobs>, { tenantId }: CallContext): Promise<ReplyInput<typeof listPrivacyJobs>> {
    return { jobs: await this.view.list(tenantId, { accountId, limit }) };
  }

  @RpcHandler(retryPrivacyJob)
  async retry(request: RequestOf<typeof retryPrivacyJob>, { tenantId }: CallContext): Promise<ReplyInput<typeof retryPrivacyJob>> {
    await this.jobs.retry(tenantId, request);
    this.worker.kick();
    return { job: await this.view.get(tenantId, request.job_id) };
  }

  @RpcHandler(getRetention)
  async getRetention(_request: RequestOf<typeof getRetention>, { tenantId }: CallContext): Promise<ReplyInput<typeof getRetention>> {
    return { retention: await this.retention.list(tenantId) };
  }

  @RpcHandler(putRetention)
  async putRetention(request: RequestOf<typeof putRetention>, { tenantId }: CallContext): Promise<ReplyInput<typeof putRetention>> {
    return { retention: await this.retention.put(tenantId, request) };
  }

  @RpcHandler(getProcessingRecord)
  async processingRecord(_request: RequestOf<typeof getProcessingRecord>, { tenantId }: CallContext): Promise<ReplyInput<typeof getProcessingRecord>> {
    const { name, owner_email: contact } = await this.organizations.get(tenantId);
    return { controller: { tenant_id: tenantId, name, contact }, activities: [...PROCESSING_ACTIVITIES] };
  }
}
