import { AppError } from '@tecnocursos/contracts';
import { decideFailure, MAX_CLAIMS, withLease, type CallContext, type FailureDecision, type JobOutcome, type RetryPolicy } from '@tecnocursos/messaging';
import type { Logger } from '../logger.js';
import type { Metrics } from '../metrics.js';

/** What a runner needs of the table that its jobs are rows of. */
export interface JobRows<Job, Result> {
  /** Undefined when the job is not to be had. */
  claim(tenantId: string, id: string): Promise<Job | undefined>;
  /** False when the job is no longer this worker's. */
  extendLease(job: Job): Promise<boolean>;
  /** Keeps a result, once; false when the job is no longer this worker's. */
  finish(job: Job, result: Result, workMs: number): Promise<boolean>;
  /** Puts a failed job back for later, or fails it for good. */
  settleFailure(job: Job, decision: FailureDecision, workMs: number): Promise<void>;
}

export interface JobDescription {
  readonly kind: string;
  /** Attempts that count. */
  readonly attempt: number;
  /** Jobs that are stopped together. */
  readonly group: string;
  /** Fields that its logs carry. */
  readonly about: object;
}

export interface JobRunnerOptions<Job, Result> {
  readonly service: string;
  readonly rows: JobRows<Job, Result>;
  readonly leaseMs: number;
  readonly policy: RetryPolicy;
  readonly logger: Logger;
  readonly metrics: Metrics;
  describe(job: Job): JobDescription;
  work(job: Job, signal: AbortSignal): Promise<Result>;
}

/** Runs one job from its claim to its kept result, whatever happens in between. */
export class JobRunner<Job, Result> {
  private readonly running = new Map<string, Set<AbortController>>();

  constructor(private readonly options: JobRunnerOptions<Job, Result>) {}

  async run(tenantId: string, id: string, context: CallContext): Promise<JobOutcome> {
    const { rows, leaseMs, logger } = this.options;
    const job = await rows.claim(tenantId, id);
    if (job === undefined) return { type: 'done' }; // done, canceled or another worker's: the sweep queues what got lost
    const description = this.options.describe(job);
    const abort = this.register(description.group);
    const lease = { leaseMs, extend: () => rows.extendLease(job), onError: (error: unknown) => logger.warn({ ...description.about, err: error }, 'could not extend the lease of a job') };
    try {
      await withLease(lease, AbortSignal.any([context.signal, abort.signal]), (signal) => this.settle(job, description, signal));
    } finally {
      this.unregister(description.group, abort);
    }
    return { type: 'done' };
  }

  /** Stops what this process does for a group. */
  abort(group: string): void {
    for (const abort of this.running.get(group) ?? []) abort.abort();
  }

  private async settle(job: Job, description: JobDescription, signal: AbortSignal): Promise<void> {
    const { rows, work, service, policy, metrics } = this.options;
    const started = performance.now();
    const elapsed = (): number => Math.round(performance.now() - started);
    try {
      if (description.attempt > MAX_CLAIMS) throw new AppError('step_failed', 'The work ended its worker again and again.');
      const kept = await rows.finish(job, await work(job, signal), elapsed());
      metrics.jobFinished(service, description.kind, elapsed(), kept ? 'done' : 'superseded');
    } catch (error) {
      const decision = decideFailure(error, description.attempt, policy);
      this.log(description, error, decision);
      metrics.jobFinished(service, description.kind, elapsed(), decision.type);
      await rows.settleFailure(job, decision, elapsed());
    }
  }

  /** A job that was stopped, with its process or by its owner, is no trouble. */
  private log({ about, kind, attempt }: JobDescription, error: unknown, decision: FailureDecision): void {
    const { logger } = this.options;
    const fields = { ...about, kind, attempt };
    if (error instanceof AppError && error.code === 'canceled') logger.info(fields, 'job stopped');
    else logger[decision.type === 'fail' ? 'error' : 'warn']({ ...fields, err: error }, `job failed: ${decision.type}`);
  }

  private register(group: string): AbortController {
    const abort = new AbortController();
    const aborts = this.running.get(group) ?? new Set();
    this.running.set(group, aborts.add(abort));
    return abort;
  }

  private unregister(group: string, abort: AbortController): void {
    const aborts = this.running.get(group);
    aborts?.delete(abort);
    if (aborts?.size === 0) this.running.delete(group);
  }
}
