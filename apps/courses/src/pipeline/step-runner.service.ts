import { Inject, Injectable } from '@nestjs/common';
import type { CallContext, JobOutcome, RetryPolicy } from '@tecnocursos/messaging';
import { JobRunner, LOGGER, Metrics, type Logger } from '@tecnocursos/nest-kit';
import { CourseRepository } from '../course.repository.js';
import { STEP_HANDLERS, type StepHandler, type StepResult } from './step-handler.port.js';
import { STEP_JOBS } from './step-scheduler.js';
import { StepRepository, type StepRow } from './step.repository.js';

const POLICY: RetryPolicy = { transientAttempts: 15, longestDelayMs: 8_000 };

/** Runs steps: finds who can do one, and has it done. */
@Injectable()
export class StepRunner {
  private readonly runner: JobRunner<StepRow, StepResult>;

  constructor(
    steps: StepRepository,
    private readonly courses: CourseRepository,
    @Inject(STEP_HANDLERS) private readonly handlers: readonly StepHandler[],
    @Inject(LOGGER) logger: Logger,
    metrics: Metrics,
  ) {
    this.runner = new JobRunner({
      service: 'courses', rows: steps, leaseMs: STEP_JOBS.times.leaseMs, policy: POLICY, logger, metrics,
      describe: (step) => ({
        kind: step.kind,
        attempt: step.attempts - step.forgiven_attempts, // counted from the last time that a user asked for the step to be tried again
        group: step.course_id,
        about: { course_id: step.course_id, lesson: step.lesson, slide: step.slide },
      }),
      work: (step, signal) => this.work(step, signal),
    });
  }

  run(tenantId: string, stepId: string, context: CallContext): Promise<JobOutcome> {
    return this.runner.run(tenantId, stepId, context);
  }

  /** Stops what this process does for a course. */
  abortCourse(courseId: string): void {
    this.runner.abort(courseId);
  }

  private async work(step: StepRow, signal: AbortSignal): Promise<StepResult> {
    const course = await this.courses.forStep(step.tenant_id, step.course_id);
    const handler = this.handlers.find(({ kind }) => kind === step.kind);
    if (!handler) throw new Error(`No handler for steps of kind ${step.kind}`);
    return handler.run(course, step, signal);
  }
}
