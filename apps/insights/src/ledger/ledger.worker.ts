import { Inject, Injectable, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import { usageRecorded } from '@tecnocursos/contracts';
import { JobWorker, STREAMS, type BusConnection } from '@tecnocursos/messaging';
import { BUS, ENVIRONMENT, LOGGER, readConfig, type Environment, type Logger } from '@tecnocursos/nest-kit';
import { z } from 'zod';
import { InsightsConfigSchema } from '../insights.config.js';
import { LedgerService } from './ledger.service.js';

/** The records are checked one by one, so that a bad one costs only itself. */
const recordedInBulk = { ...usageRecorded, payload: z.object({ records: z.array(z.unknown()).max(500) }) };
/** Name of the consumer, shared by the replicas. */
export const LEDGER_CONSUMER = 'insights-ledger';
const STOP_GRACE_MS = 2_000;

/** Follows the announcements of attempts: acknowledged when they are in the ledger. */
@Injectable()
export class LedgerWorker implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly worker: JobWorker<typeof recordedInBulk>;

  constructor(
    @Inject(BUS) connection: BusConnection,
    @Inject(LOGGER) logger: Logger,
    @Inject(ENVIRONMENT) environment: Environment,
    ledger: LedgerService,
  ) {
    this.worker = new JobWorker(connection, {
      contract: recordedInBulk,
      stream: STREAMS.events,
      durable: LEDGER_CONSUMER,
      concurrency: readConfig(InsightsConfigSchema, environment).INSIGHTS_LEDGER_CONCURRENCY,
      handle: async ({ records }) => {
        await ledger.record(records);
        return { type: 'done' };
      },
      onError: (error, subject) => logger.warn({ err: error, subject }, 'attempts could not be stored; they will come again'),
      onDropped: (reason, subject) => logger.warn({ reason, subject }, 'a message that tells of no attempts was dropped'),
    });
  }

  onApplicationBootstrap(): void {
    this.worker.start();
  }

  async onModuleDestroy(): Promise<void> {
    await this.worker.stop(STOP_GRACE_MS);
  }
}
