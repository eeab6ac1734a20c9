import { Inject, Injectable } from '@nestjs/common';
import { SCHEMA } from '@tecnocursos/nest-kit';
import { AuditRepository } from '../audit/audit.repository.js';
import type { IdentityDatabase } from '../identity.tables.js';
import { PrivacyJobRepository } from './privacy-job.repository.js';
import { PrivacyTimes } from './privacy-times.js';
import type { PrivacyJobRow } from './privacy.tables.js';
import { RetentionService } from './retention.service.js';

const actor = { type: 'service', id: 'identity' } as const;

/** How attempts at a job end. */
@Injectable()
export class JobOutcomes {
  constructor(
    @Inject(SCHEMA) private readonly db: IdentityDatabase,
    private readonly jobs: PrivacyJobRepository,
    private readonly times: PrivacyTimes,
    private readonly retention: RetentionService,
    private readonly audit: AuditRepository,
  ) {}

  async exported(job: PrivacyJobRow, key: string): Promise<void> {
    const until = this.times.inDays(await this.retention.days(job.tenant_id, 'exports'));
    await this.finish(job, { state: 'done', result_key: key, result_until: until, subject_sealed: null });
  }

  /**
   * Where an organization ended, everybody is asked once more when nobody can act for it any longer: sessions and keys are gone, what the edge remembers of them is
   * forgotten, and what was under way is over.
   */
  async erased(job: PrivacyJobRow, hasEnded: { readonly organization: boolean }): Promise<void> {
    if (hasEnded.organization && job.second_pass_at === null) return this.jobs.askAgain(job.id, this.times.secondPassMs);
    await this.finish(job, { state: 'done', subject_sealed: null });
  }

  /** Tries again after a while; incomplete when the time is over, and then somebody must see to it. */
  async later(job: PrivacyJobRow): Promise<void> {
    if (this.times.isOver(job.gives_up_at)) await this.finish(job, { state: 'incomplete' });
    else await this.jobs.postpone(job.id, this.times.pauseMs(job.attempts));
  }

  private async finish(job: PrivacyJobRow, outcome: Parameters<PrivacyJobRepository['finishIn']>[2]): Promise<void> {
    await this.db.transaction().execute(async (transaction) => {
      await this.jobs.finishIn(transaction, job.id, outcome);
      const action = `privacy.${job.kind}-${outcome.state === 'done' ? 'finished' : 'incomplete'}`;
      await this.audit.appendIn(transaction, job.tenant_id, { actor, action, target: `privacy-job:${job.id}` });
    });
  }
}
