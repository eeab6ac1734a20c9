import { Inject, Injectable, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import { runCourseStep } from '@tecnocursos/contracts';
import { JobWorker, STREAMS, type BusConnection } from '@tecnocursos/messaging';
import { BUS, ENVIRONMENT, LOGGER, readConfig, type Environment, type Logger } from '@tecnocursos/nest-kit';
import { CoursesConfigSchema } from '../courses.config.js';
import { OutboxPublisher } from './outbox-publisher.service.js';
import { StepRepository } from './step.repository.js';
import { StepRunner } from './step-runner.service.js';

const SWEEP_MS = 500;
const STOP_GRACE_MS = 1_000;

/** Takes steps from the stream, and puts steps back that got lost on the way. */
@Injectable()
export class StepWorker implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly worker: JobWorker<typeof runCourseStep>;
  private sweeper: NodeJS.Timeout | undefined;
  private sweeping: Promise<void> | undefined;

  constructor(
    @Inject(BUS) connection: BusConnection,
    @Inject(LOGGER) private readonly logger: Logger,
    @Inject(ENVIRONMENT) environment: Environment,
    runner: StepRunner,
    private readonly steps: StepRepository,
    private readonly outbox: OutboxPublisher,
  ) {
    this.worker = new JobWorker(connection, {
      contract: runCourseStep,
      stream: STREAMS.jobs,
      durable: 'courses-steps',
      concurrency: readConfig(CoursesConfigSchema, environment).COURSES_WORKER_CONCURRENCY,
      handle: async ({ tenant_id: tenantId, step_id: stepId }, context) => {
        const outcome = await runner.run(tenantId, stepId, context);
        this.outbox.kick();
        return outcome;
      },
      onError: (error, subject) => logger.warn({ err: error, subject }, 'a step could not be taken; it will come again'),
    });
  }

  onApplicationBootstrap(): void {
    this.worker.start();
    this.sweeper = setInterval(() => {
      this.sweeping ??= this.sweep().finally(() => {
        this.sweeping = undefined;
      });
    }, SWEEP_MS);
  }

  async onModuleDestroy(): Promise<void> {
    clearInterval(this.sweeper);
    await this.worker.stop(STOP_GRACE_MS);
    await this.sweeping;
  }

  private async sweep(): Promise<void> {
    try {
      if (await this.steps.sweep()) this.outbox.kick();
    } catch (error) {
      this.logger.warn({ err: error }, 'the sweep for lost steps failed; it will be tried again');
    }
  }
}
