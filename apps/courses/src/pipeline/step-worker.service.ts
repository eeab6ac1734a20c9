import { Inject, Injectable, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import { runCourseStep } from '@tecnocursos/contracts';
import type { BusConnection } from '@tecnocursos/messaging';
import { BUS, ENVIRONMENT, JobQueue, LOGGER, OutboxPublisher, readConfig, type Environment, type Logger } from '@tecnocursos/nest-kit';
import { CoursesConfigSchema } from '../courses.config.js';
import { StepRepository } from './step.repository.js';
import { StepRunner } from './step-runner.service.js';

const SWEEP_MS = 500;

/** Takes steps from the stream, and puts steps back that got lost on the way. */
@Injectable()
export class StepWorker implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly queue: JobQueue<typeof runCourseStep>;

  constructor(
    @Inject(BUS) connection: BusConnection,
    @Inject(LOGGER) logger: Logger,
    @Inject(ENVIRONMENT) environment: Environment,
    runner: StepRunner,
    steps: StepRepository,
    outbox: OutboxPublisher,
  ) {
    this.queue = new JobQueue({
      connection, logger, outbox,
      contract: runCourseStep,
      durable: 'courses-steps',
      concurrency: readConfig(CoursesConfigSchema, environment).COURSES_WORKER_CONCURRENCY,
      sweepEveryMs: SWEEP_MS,
      sweep: () => steps.sweep(),
      handle: ({ tenant_id: tenantId, step_id: stepId }, context) => runner.run(tenantId, stepId, context),
    });
  }

  onApplicationBootstrap(): void {
    this.queue.start();
  }

  async onModuleDestroy(): Promise<void> {
    await this.queue.stop();
  }
}
