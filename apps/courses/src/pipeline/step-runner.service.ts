import { Inject, Injectable } from '@nestjs/common';
import { AppError } from '@tecnocursos/contracts';
import { LOGGER, Metrics, type Logger } from '@tecnocursos/nest-kit';
import type { CallContext, JobOutcome } from '@tecnocursos/messaging';
import { CourseRepository } from '../course.repository.js';
import { decideFailure, MAX_CLAIMS, type FailureDecision } from './failure.js';
import { STEP_HANDLERS, type StepHandler, type StepResult } from './step-handler.port.js';
import { LEASE_MS, StepRepository, type StepRow } from './step.repository.js';

/** Runs one step from its claim to its kept result, whatever happens in between. */
@Injectable()
export class StepRunner {
  private readonly running = new Map<string, Set<AbortController>>();

  constructor(
    private readonly steps: StepRepository,
    private readonly courses: CourseRepository,
    @Inject(STEP_HANDLERS) private readonly handlers: readonly StepHandler[],
    @Inject(LOGGER) private readonly logger: Logger,
    private readonly metrics: Metrics,
  ) {}

  async run(tenantId: string, stepId: string, context: CallContext): Promise<JobOutcome> {
    const step = await this.steps.claim(tenantId, stepId);
    if (!step) return { type: 'done' }; // done, canceled or another worker's: the sweeper queues what got lost
    const started = performance.now();
    const elapsed = (): number => Math.round(performance.now() - started);
    const abort = this.register(step.course_id);
    const stopTogether = (): void => abort.abort();
    context.signal.addEventListener('abort', stopTogether, { once: true });
    const heartbeat = setInterval(() => void this.keepLease(step, abort), LEASE_MS / 3);
    try {
      if (attemptOf(step) > MAX_CLAIMS) throw new AppError('step_failed', 'The step ended its worker again and again.');
      const result = await this.work(step, abort.signal);
      const kept = await this.steps.finish(step, result, elapsed());
      this.metrics.jobFinished('courses', step.kind, elapsed(), kept ? 'done' : 'superseded');
    } catch (error) {
      await this.settleFailure(step, error, elapsed());
    } finally {
      clearInterval(heartbeat);
      context.signal.removeEventListener('abort', stopTogether);
      this.unregister(step.course_id, abort);
    }
    return { type: 'done' };
  }

  /** Stops what this process does for a course. */
  abortCourse(courseId: string): void {
    for (const abort of this.running.get(courseId) ?? []) abort.abort();
  }

  private async work(step: StepRow, signal: AbortSignal): Promise<StepResult> {
    const course = await this.courses.forStep(step.tenant_id, step.course_id);
    const handler = this.handlers.find(({ kind }) => kind === step.kind);
    if (!handler) throw new Error(`No handler for steps of kind ${step.kind}`);
    return handler.run(course, step, signal);
  }

  private async settleFailure(step: StepRow, error: unknown, workMs: number): Promise<void> {
    const decision = decideFailure(error, attemptOf(step));
    this.log(step, error, decision);
    this.metrics.jobFinished('courses', step.kind, workMs, decision.type);
    await this.steps.settleFailure(step, decision, workMs);
  }

  /** A step that was stopped, with its process or its course, is no trouble. */
  private log(step: StepRow, error: unknown, decision: FailureDecision): void {
    const about = { course_id: step.course_id, step: step.kind, lesson: step.lesson, slide: step.slide, attempt: step.attempts };
    if (error instanceof AppError && error.code === 'canceled') this.logger.info(about, 'step stopped');
    else this.logger[decision.type === 'fail' ? 'error' : 'warn']({ ...about, err: error }, `step failed: ${decision.type}`);
  }

  private async keepLease(step: StepRow, abort: AbortController): Promise<void> {
    try {
      if (!(await this.steps.extendLease(step))) abort.abort();
    } catch (error) {
      this.logger.warn({ err: error }, 'could not extend the lease of a step');
    }
  }

  private register(courseId: string): AbortController {
    const abort = new AbortController();
    const aborts = this.running.get(courseId) ?? new Set();
    this.running.set(courseId, aborts.add(abort));
    return abort;
  }

  private unregister(courseId: string, abort: AbortController): void {
    const aborts = this.running.get(courseId);
    aborts?.delete(abort);
    if (aborts?.size === 0) this.running.delete(courseId);
  }
}

/** Counted from the last time that a user asked for the step to be tried again. */
const attemptOf = (step: StepRow): number => step.attempts - step.forgiven_attempts;
