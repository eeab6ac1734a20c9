import { Inject, Injectable, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import { backgroundContext, runInContext, type PeriodicTask } from '@tecnocursos/messaging';
import { loggedTask, LOGGER, type Logger } from '@tecnocursos/nest-kit';
import { JobOutcomes } from './job-outcomes.service.js';
import { PrivacyJobRepository } from './privacy-job.repository.js';
import type { PrivacyJobRow } from './privacy.tables.js';
import { SubjectErasure } from './subject-erasure.service.js';
import { SubjectExport } from './subject-export.service.js';
import { SubjectSeal } from './subject-seal.service.js';

const EVERY_MS = 2_000;

/** Does the jobs that are due, one at a time in a process. A replica that dies loses its lease, and another goes on. */
@Injectable()
export class PrivacyWorker implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly task: PeriodicTask;
  private readonly stopping = new AbortController();

  constructor(
    private readonly jobs: PrivacyJobRepository,
    private readonly exports: SubjectExport,
    private readonly erasure: SubjectErasure,
    private readonly seal: SubjectSeal,
    private readonly outcomes: JobOutcomes,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {
    this.task = loggedTask('privacy', logger, { everyMs: EVERY_MS, run: () => this.work() });
  }

  onApplicationBootstrap(): void {
    this.task.start();
  }

  /** Calls under way are given up: the next replica makes them again. */
  async onModuleDestroy(): Promise<void> {
    this.stopping.abort();
    await this.task.stop();
  }

  kick(): void {
    this.task.kick();
  }

  private async work(): Promise<void> {
    while (!this.stopping.signal.aborted) {
      const job = await this.jobs.claim();
      if (!job) return;
      try {
        await runInContext(backgroundContext('', `privacy-${job.id}`, this.stopping.signal), () => this.attempt(job));
      } catch (error) {
        this.logger.warn({ err: error, job: job.id }, 'an export or erasure failed; it will be tried again');
        await this.outcomes.later(job);
      }
    }
  }

  private async attempt(job: PrivacyJobRow): Promise<void> {
    if (job.subject_sealed === null) return this.outcomes.later(job);
    const subject = await this.seal.open(job.id, job.subject_sealed);
    const parts = await this.jobs.parts(job.id);
    if (job.kind === 'export') return this.outcomes.exported(job, await this.exports.run(job, parts, subject));
    const isDone = await this.erasure.run(parts, subject);
    return isDone ? this.outcomes.erased(job, { organization: parts.some(({ scope }) => scope === 'tenant') }) : this.outcomes.later(job);
  }
}
