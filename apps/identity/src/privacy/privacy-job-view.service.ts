import { Injectable } from '@nestjs/common';
import { createDownloads, type PrivacyJob } from '@tecnocursos/contracts';
import { RpcClient } from '@tecnocursos/messaging';
import { noJob } from './privacy-job.service.js';
import { PrivacyJobRepository, type PartOutcome } from './privacy-job.repository.js';
import type { PrivacyJobRow, PrivacyPartRow } from './privacy.tables.js';

const LINK_S = 3_600;

@Injectable()
export class PrivacyJobView {
  constructor(
    private readonly jobs: PrivacyJobRepository,
    private readonly rpc: RpcClient,
  ) {}

  /** @param accountId finds jobs about this account alone. @throws AppError `not_found`. */
  async get(tenantId: string, id: string, accountId?: string): Promise<PrivacyJob> {
    const job = await this.jobs.find(tenantId, id);
    if (!job || (accountId !== undefined && job.account_id !== accountId)) throw noJob();
    const { urls } = job.result_key === null ? { urls: [] } : await this.rpc.call(createDownloads, { keys: [job.result_key], audience: 'public', expires_s: LINK_S }, { tenantId });
    return this.toWire(job, urls[0] ?? null);
  }

  /** Without links, which are made one by one. */
  async list(tenantId: string, page: { accountId: string | undefined; limit: number }): Promise<PrivacyJob[]> {
    const jobs = await this.jobs.list(tenantId, page);
    return Promise.all(jobs.map((job) => this.toWire(job, null)));
  }

  private async toWire(job: PrivacyJobRow, url: string | null): Promise<PrivacyJob> {
    return {
      id: job.id, kind: job.kind, state: job.state, account_id: job.account_id, created_at: job.created_at.toISOString(), finished_at: job.finished_at?.toISOString() ?? null,
      services: servicesOf(await this.jobs.parts(job.id)), download_url: url, download_until: job.result_key === null ? null : (job.result_until?.toISOString() ?? null),
    };
  }
}

/** An erasure may reach several organizations; their parts of one service are told together. */
function servicesOf(parts: readonly PrivacyPartRow[]): PrivacyJob['services'] {
  return [...new Set(parts.map(({ service }) => service))].map((service) => {
    const own = parts.filter((part) => part.service === service);
    const state = own.find(({ state }) => state !== 'done')?.state ?? 'done';
    return { service, state, counts: own.flatMap(({ counts }) => JSON.parse(counts) as PartOutcome['counts']) };
  });
}
