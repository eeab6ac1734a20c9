import type { FactoryProvider, OnApplicationBootstrap, OnApplicationShutdown } from '@nestjs/common';
import { DurablePublisher, ensureStream, OutboxRelay, type BusConnection, type StreamDefinition } from '@tecnocursos/messaging';
import { Outbox } from '@tecnocursos/persistence';
import type { Logger } from './logger.js';
import { BUS, LOGGER, SCHEMA } from './tokens.js';

const RELAY_POLL_MS = 1_000;

/** Moves a service's committed messages to the broker: at once when kicked, within a second otherwise. */
export class OutboxPublisher implements OnApplicationBootstrap, OnApplicationShutdown {
  private readonly relay: OutboxRelay;

  constructor(
    outbox: Outbox,
    publisher: DurablePublisher,
    private readonly connection: BusConnection,
    private readonly streams: readonly StreamDefinition[],
    logger: Logger,
  ) {
    this.relay = new OutboxRelay(outbox, publisher, {
      pollMs: RELAY_POLL_MS,
      onError: (error) => {
        logger.warn({ err: error }, 'the outbox could not be published; it will be tried again');
        this.ensureStreams().catch(() => undefined); // a broker that lost its store has no streams
      },
    });
  }

  async onApplicationBootstrap(): Promise<void> {
    await this.ensureStreams();
    this.relay.start();
  }

  kick(): void {
    this.relay.kick();
  }

  async onApplicationShutdown(): Promise<void> {
    await this.relay.stop();
  }

  private async ensureStreams(): Promise<void> {
    for (const stream of this.streams) await ensureStream(this.connection, stream);
  }
}

/** The publisher of a service whose schema has an outbox; `streams` are those that its messages go to. */
export const outboxPublisher = (...streams: readonly StreamDefinition[]): FactoryProvider<OutboxPublisher> => ({
  provide: OutboxPublisher,
  inject: [SCHEMA, DurablePublisher, BUS, LOGGER],
  useFactory: (db: ConstructorParameters<typeof Outbox>[0], publisher: DurablePublisher, connection: BusConnection, logger: Logger) =>
    new OutboxPublisher(new Outbox(db), publisher, connection, streams, logger),
});
