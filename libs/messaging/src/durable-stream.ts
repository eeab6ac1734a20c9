import { jetstream, jetstreamManager, type JetStreamClient, RetentionPolicy, StorageType } from '@nats-io/jetstream';
import type { EventContract, JobContract } from '@tecnocursos/contracts';
import type { z } from 'zod';
import { contextHeaders } from './call-context.js';
import type { BusConnection } from './connection.js';

export interface StreamDefinition {
  name: string;
  subjects: string[];
  /** Milliseconds that a message is kept; the database is the record, the stream a transport. */
  maxAgeMs: number;
  maxBytes: number;
}

const HOUR_MS = 3_600_000;
const MIB = 1024 * 1024;

/** Limits retention on purpose: work-queue retention strands messages after a broker's crash. */
export const STREAMS = {
  jobs: { name: 'JOBS', subjects: ['jobs.>'], maxAgeMs: 24 * HOUR_MS, maxBytes: 64 * MIB },
  events: { name: 'EVENTS', subjects: ['events.>'], maxAgeMs: 24 * HOUR_MS, maxBytes: 64 * MIB },
} as const satisfies Record<string, StreamDefinition>;

const nanos = (ms: number): number => ms * 1_000_000;

/** Makes the stream, or changes the one that stands; harmless to repeat. */
export async function ensureStream(connection: BusConnection, definition: StreamDefinition): Promise<void> {
  const manager = await jetstreamManager(connection);
  const config = {
    name: definition.name,
    subjects: definition.subjects,
    retention: RetentionPolicy.Limits,
    storage: StorageType.File,
    max_age: nanos(definition.maxAgeMs),
    max_bytes: definition.maxBytes,
    duplicate_window: nanos(120_000),
  };
  try {
    await manager.streams.info(definition.name);
    await manager.streams.update(definition.name, config);
  } catch {
    await manager.streams.add(config);
  }
}

export interface DurableMessage {
  /** Deduplicates repeated publishes within two minutes. */
  id: string;
  subject: string;
  payload: unknown;
  tenantId: string;
  requestId: string;
}

/** Publishes to JetStream, and returns when the broker has stored the message. */
export class DurablePublisher {
  private readonly client: JetStreamClient;

  constructor(connection: BusConnection) {
    this.client = jetstream(connection, { timeout: 5_000 });
  }

  async publish(message: DurableMessage): Promise<void> {
    const headers = contextHeaders(message);
    await this.client.publish(message.subject, JSON.stringify(message.payload), { msgID: message.id, ...(headers && { headers }) });
  }
}

export type PayloadOf<C extends EventContract | JobContract> = z.output<C['payload']>;
