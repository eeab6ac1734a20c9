import { Inject, Injectable, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import { runSpeechBatchItem } from '@tecnocursos/contracts';
import { JobWorker, STREAMS, type BusConnection } from '@tecnocursos/messaging';
import { BUS, ENVIRONMENT, LOGGER, readConfig, type Environment, type Logger } from '@tecnocursos/nest-kit';
import { TtsConfigSchema } from '../tts.config.js';
import { BatchItemRepository } from './batch-item.repository.js';
import { BatchItemRunner } from './batch-item.runner.js';
import { OutboxPublisher } from './outbox-publisher.service.js';

const SWEEP_MS = 1_000;
const STOP_GRACE_MS = 1_000;

/** Takes items from the stream, and puts items back that got lost on the way. */
@Injectable()
export class BatchWorker implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly worker: JobWorker<typeof runSpeechBatchItem>;
  private sweeper: NodeJS.Timeout | undefined;
  private sweeping: Promise<void> | undefined;

  constructor(
    @Inject(BUS) connection: BusConnection,
    @Inject(LOGGER) private readonly logger: Logger,
    @Inject(ENVIRONMENT) environment: Environment,
    runner: BatchItemRunner,
    private readonly items: BatchItemRepository,
    private readonly outbox: OutboxPublisher,
  ) {
    this.worker = new JobWorker(connection, {
      contract: runSpeechBatchItem,
      stream: STREAMS.jobs,
      durable: 'tts-batch-items',
      concurrency: readConfig(TtsConfigSchema, environment).TTS_WORKERS,
      handle: async ({ tenant_id: tenantId, item_id: itemId }, context) => {
        const outcome = await runner.run(tenantId, itemId, context);
        this.outbox.kick();
        return outcome;
      },
      onError: (error, subject) => logger.warn({ err: error, subject }, 'an item of a batch could not be taken; it will come again'),
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
      if (await this.items.sweep()) this.outbox.kick();
    } catch (error) {
      this.logger.warn({ err: error }, 'the sweep for lost items failed; it will be tried again');
    }
  }
}
