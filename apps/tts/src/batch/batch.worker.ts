import { Inject, Injectable, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import { runSpeechBatchItem } from '@tecnocursos/contracts';
import type { BusConnection } from '@tecnocursos/messaging';
import { BUS, ENVIRONMENT, JobQueue, LOGGER, OutboxPublisher, readConfig, type Environment, type Logger } from '@tecnocursos/nest-kit';
import { TtsConfigSchema } from '../tts.config.js';
import { BatchItemRepository } from './batch-item.repository.js';
import { BatchItemRunner } from './batch-item.runner.js';

const SWEEP_MS = 1_000;

/** Takes items from the stream, and puts items back that got lost on the way. */
@Injectable()
export class BatchWorker implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly queue: JobQueue<typeof runSpeechBatchItem>;

  constructor(
    @Inject(BUS) connection: BusConnection,
    @Inject(LOGGER) logger: Logger,
    @Inject(ENVIRONMENT) environment: Environment,
    runner: BatchItemRunner,
    items: BatchItemRepository,
    outbox: OutboxPublisher,
  ) {
    this.queue = new JobQueue({
      connection, logger, outbox,
      contract: runSpeechBatchItem,
      durable: 'tts-batch-items',
      concurrency: readConfig(TtsConfigSchema, environment).TTS_WORKERS,
      sweepEveryMs: SWEEP_MS,
      sweep: () => items.sweep(),
      handle: ({ tenant_id: tenantId, item_id: itemId }, context) => runner.run(tenantId, itemId, context),
    });
  }

  onApplicationBootstrap(): void {
    this.queue.start();
  }

  async onModuleDestroy(): Promise<void> {
    await this.queue.stop();
  }
}
