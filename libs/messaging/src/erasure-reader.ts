import { AckPolicy, DeliverPolicy, JetStreamApiError, type ConsumerAPI, type ConsumerConfig, type ConsumerInfo } from '@nats-io/jetstream';
import { randomInt } from 'node:crypto';
import { AppError, BUS_USERS } from '@tecnocursos/contracts';
import { erasersOf } from './bus-permissions.js';

/** The broker removes a reader that nobody uses. */
const IDLE_MS = 30_000;
/** Begins of reading, all before the first message. */
const EARLY_MS = 1_000_000_000_000;

/**
 * A consumer of its own for one erasure. A user of the bus may only make those of `erasersOf`; each erasure begins to read at another moment of long ago, and the broker
 * refuses to move that of a consumer that stands: so two erasures never share one, in whatever replicas they run.
 * @throws AppError `overloaded` when all are at work.
 */
export async function addErasureReader(consumers: ConsumerAPI, user: string, stream: string, subject: string): Promise<ConsumerInfo> {
  const config: Partial<ConsumerConfig> = {
    filter_subject: subject, ack_policy: AckPolicy.None, mem_storage: true, inactive_threshold: IDLE_MS * 1_000_000,
    deliver_policy: DeliverPolicy.StartTime, opt_start_time: new Date(randomInt(EARLY_MS)).toISOString(),
  };
  const known = BUS_USERS.find((name) => name === user);
  if (known === undefined) return consumers.add(stream, config);
  for (const name of erasersOf(known)) {
    const made = await consumers.add(stream, { ...config, name }).catch(takenByAnother);
    if (made) return made;
  }
  throw new AppError('overloaded', 'Too many erasures run at once.', { retryAfterS: IDLE_MS / 1_000 });
}

/** Consumer exists with another configuration, as brokers of several versions say it. */
const TAKEN: readonly number[] = [10_012, 10_013, 10_105, 10_148];

function takenByAnother(error: unknown): undefined {
  if (error instanceof JetStreamApiError && TAKEN.includes(error.code)) return undefined;
  throw error;
}
