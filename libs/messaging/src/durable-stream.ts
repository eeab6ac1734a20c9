import { jetstream, jetstreamManager, JetStreamApiCodes, JetStreamApiError, type JetStreamClient, RetentionPolicy, StorageType } from '@nats-io/jetstream';
import type { EventContract, JobContract } from '@tecnocursos/contracts';
import type { z } from 'zod';
import { contextHeaders } from './call-context.js';
import { busErrorOf } from './bus-errors.js';
import { connectBus, nameOf, type BusAddress, type BusConnection } from './connection.js';
import { STREAMS, type StreamDefinition } from './streams.js';

export { STREAMS, type StreamDefinition };

const nanos = (ms: number): number => ms * 1_000_000;

const configOf = ({ name, subjects, maxAgeMs, maxBytes }: StreamDefinition) => ({
  name,
  subjects,
  retention: RetentionPolicy.Limits,
  storage: StorageType.File,
  max_age: nanos(maxAgeMs),
  max_bytes: maxBytes,
  duplicate_window: nanos(120_000),
});

/**
 * Makes the stream, or changes the one that stands when it differs; harmless to repeat.
 * @throws BusPermissionError for a change by a user other than `admin`: what can change a stream can read it.
 */
export async function ensureStream(connection: BusConnection, definition: StreamDefinition): Promise<void> {
  const { streams } = await jetstreamManager(connection);
  const wanted = configOf(definition);
  try {
    const { config } = await streams.info(definition.name);
    if (differ(config, wanted)) await streams.update(definition.name, wanted);
  } catch (error) {
    if (!(error instanceof JetStreamApiError && error.code === JetStreamApiCodes.StreamNotFound)) throw busErrorOf(error, nameOf(connection));
    await streams.add(wanted);
  }
}

const differ = (stands: object, wanted: object): boolean =>
  Object.entries(wanted).some(([key, value]) => JSON.stringify((stands as Record<string, unknown>)[key]) !== JSON.stringify(value));

/** Makes the streams of the platform, or changes those of an older version, as the user `admin`. */
export async function prepareStreams(address: BusAddress): Promise<void> {
  const connection = await connectBus({ ...address, name: 'admin' });
  try {
    for (const definition of Object.values(STREAMS)) await ensureStream(connection, definition);
  } finally {
    await connection.close();
  }
}

export interface DurableMessage {
  /** Deduplicates repeated publishes within two minutes. */
  id: string;
  subject: string;
  /** An object, or the JSON of one. */
  payload: unknown;
  tenantId: string;
  requestId: string;
}

/** Publishes to JetStream, and returns when the broker has stored the message. */
export class DurablePublisher {
  private readonly client: JetStreamClient;

  constructor(private readonly connection: BusConnection) {
    this.client = jetstream(connection, { timeout: 5_000 });
  }

  async publish(message: DurableMessage): Promise<void> {
    const headers = contextHeaders(message);
    const { subject, payload, id } = message;
    const body = typeof payload === 'string' ? payload : JSON.stringify(payload);
    await this.client.publish(subject, body, { msgID: id, ...(headers && { headers }) }).catch((error: unknown) => {
      throw busErrorOf(error, nameOf(this.connection));
    });
  }
}

export type PayloadOf<C extends EventContract | JobContract> = z.output<C['payload']>;
