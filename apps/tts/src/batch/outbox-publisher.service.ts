import { Inject, Injectable, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { DurablePublisher, ensureStream, OutboxRelay, STREAMS, type BusConnection } from '@tecnocursos/messaging';
import { BUS, LOGGER, SCHEMA, type Logger } from '@tecnocursos/nest-kit';
import { Outbox } from '@tecnocursos/persistence';
import type { Kysely } from 'kysely';

const RELAY_POLL_MS = 1_000;

/** Moves committed messages to the broker: at once when kicked, within a second otherwise. */
@Injectable()
export class OutboxPublisher implements OnApplicationBootstrap, OnApplicationShutdown {
  private readonly relay: OutboxRelay;

  constructor(
    @Inject(SCHEMA) db: Kysely<never>,
    @Inject(BUS) private readonly connection: BusConnection,
    @Inject(LOGGER) logger: Logger,
    publisher: DurablePublisher,
  ) {
    this.relay = new OutboxRelay(new Outbox(db), publisher, {
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

  private async ensureStreams(): Promise<void> {
    await ensureStream(this.connection, STREAMS.jobs);
    await ensureStream(this.connection, STREAMS.events);
  }

  kick(): void {
    this.relay.kick();
  }

  async onApplicationShutdown(): Promise<void> {
    await this.relay.stop();
  }
}
