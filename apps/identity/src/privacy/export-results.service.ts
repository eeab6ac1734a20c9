import { Injectable } from '@nestjs/common';
import { deleteObjects } from '@tecnocursos/contracts';
import { RpcClient } from '@tecnocursos/messaging';
import { PrivacyJobRepository } from './privacy-job.repository.js';
import type { PrivacyJobRow } from './privacy.tables.js';

/** The zips that exports left in the storage. */
@Injectable()
export class ExportResults {
  constructor(
    private readonly jobs: PrivacyJobRepository,
    private readonly rpc: RpcClient,
  ) {}

  /** Those whose time is over. */
  async removeOverdue(): Promise<void> {
    await this.remove(await this.jobs.overdueResults());
  }

  /** Those about one account: an erasure reaches them, too. @returns how many there were. */
  async removeOf(tenantId: string, accountId: string): Promise<number> {
    const jobs = await this.jobs.results(tenantId, accountId);
    await this.remove(jobs);
    return jobs.length;
  }

  private async remove(jobs: readonly PrivacyJobRow[]): Promise<void> {
    for (const { id, tenant_id: tenantId, result_key: key } of jobs) {
      if (key === null) continue;
      await this.rpc.call(deleteObjects, { keys: [key] }, { tenantId });
      await this.jobs.forgetResult(id);
    }
  }
}
