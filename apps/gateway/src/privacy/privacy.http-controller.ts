import { Controller } from '@nestjs/common';
import { createPrivacyJob, getPrivacyJob, getProcessingRecord, getRetention, listPrivacyJobs, putRetention, retryPrivacyJob } from '@tecnocursos/contracts';
import { callerOf } from '../access/permit.js';
import { BusService } from '../bus/bus.service.js';
import { clientOf } from '../http/client-of.js';
import type { InputOf, SuccessOf } from '../http/operation.js';
import { Operation, type Exchange } from '../http/operation.decorator.js';
import { createJobOperation, getJobOperation, getRetentionOperation, listJobsOperation, processingRecordOperation, putRetentionOperation, retryJobOperation } from './privacy.operations.js';

/** What an organization does about the data of persons. */
@Controller()
export class PrivacyHttpController {
  constructor(private readonly bus: BusService) {}

  @Operation(createJobOperation)
  async create({ body }: InputOf<typeof createJobOperation>, { request }: Exchange): Promise<SuccessOf<typeof createJobOperation>> {
    return (await this.bus.call(createPrivacyJob, { ...body, actor: callerOf(request.scope).actor, client: clientOf(request) })).job;
  }

  /** Without links to what was exported: those are for who may export. */
  @Operation(listJobsOperation)
  async list({ query }: InputOf<typeof listJobsOperation>): Promise<SuccessOf<typeof listJobsOperation>> {
    const { jobs } = await this.bus.call(listPrivacyJobs, query);
    return { jobs: jobs.map((job) => ({ ...job, download_url: null })) };
  }

  @Operation(getJobOperation)
  async get({ params }: InputOf<typeof getJobOperation>): Promise<SuccessOf<typeof getJobOperation>> {
    return (await this.bus.call(getPrivacyJob, params)).job;
  }

  @Operation(retryJobOperation)
  async retry({ params }: InputOf<typeof retryJobOperation>, { request }: Exchange): Promise<SuccessOf<typeof retryJobOperation>> {
    return (await this.bus.call(retryPrivacyJob, { ...params, actor: callerOf(request.scope).actor, client: clientOf(request) })).job;
  }

  @Operation(getRetentionOperation)
  retention(): Promise<SuccessOf<typeof getRetentionOperation>> {
    return this.bus.call(getRetention, {});
  }

  @Operation(putRetentionOperation)
  putRetention({ params, body }: InputOf<typeof putRetentionOperation>, { request }: Exchange): Promise<SuccessOf<typeof putRetentionOperation>> {
    return this.bus.call(putRetention, { ...params, ...body, actor: callerOf(request.scope).actor, client: clientOf(request) });
  }

  @Operation(processingRecordOperation)
  processingRecord(): Promise<SuccessOf<typeof processingRecordOperation>> {
    return this.bus.call(getProcessingRecord, {});
  }
}
