import type { JobContract } from '@tecnocursos/contracts';
import { JobWorker, STREAMS, type BusConnection, type JobWorkerOptions, type PeriodicTask } from '@tecnocursos/messaging';
import type { Logger } from '../logger.js';
import type { OutboxPublisher } from '../outbox-publisher.service.js';
import { loggedTask } from './logged-task.js';

export interface JobQueueOptions<C extends JobContract> extends Pick<JobWorkerOptions<C>, 'contract' | 'durable' | 'concurrency' | 'handle'> {
  readonly connection: BusConnection;
  readonly logger: Logger;
  readonly outbox: Pick<OutboxPublisher, 'kick'>;
  readonly sweepEveryMs: number;
  /** Gives lost jobs back and queues what is due; false when there was nothing to do. */
  sweep(): Promise<boolean>;
}

const STOP_GRACE_MS = 1_000;

/** Takes a table's jobs from the stream, puts those back that got lost on the way, and has published what either of it announced. */
export class JobQueue<C extends JobContract> {
  private readonly worker: JobWorker<C>;
  private readonly sweeper: PeriodicTask;

  constructor({ connection, logger, outbox, sweepEveryMs, sweep, handle, ...consumer }: JobQueueOptions<C>) {
    const queue = consumer.durable;
    this.worker = new JobWorker<C>(connection, {
      ...consumer,
      stream: STREAMS.jobs,
      handle: async (payload, context) => {
        const outcome = await handle(payload, context);
        outbox.kick();
        return outcome;
      },
      onError: (error, subject) => logger.warn({ err: error, subject, queue }, 'a job could not be taken; it will come again'),
    });
    this.sweeper = loggedTask(`sweep of ${queue}`, logger, {
      everyMs: sweepEveryMs,
      run: async () => {
        if (await sweep()) outbox.kick();
      },
    });
  }

  start(): void {
    this.worker.start();
    this.sweeper.start();
  }

  /** Jobs under way get a moment to end; what is cut off is found by its lease. */
  async stop(): Promise<void> {
    const swept = this.sweeper.stop();
    await this.worker.stop(STOP_GRACE_MS);
    await swept;
  }
}
