import { jetstream, jetstreamManager, JetStreamApiCodes, JetStreamApiError, type JsMsg } from '@nats-io/jetstream';
import type { EventContract, JobContract } from '@tecnocursos/contracts';
import { HEADER } from './call-context.js';
import { nameOf, type BusConnection } from './connection.js';
import { addErasureReader } from './erasure-reader.js';
import { STREAMS } from './streams.js';

export interface KeptMessage {
  /** Empty for messages of no tenant. */
  readonly tenantId: string;
  /** The body as it was published. */
  text(): string;
}

export interface MessageErasure {
  /** Of the messages that are looked at. */
  readonly contract: EventContract | JobContract;
  readonly isMeant: (message: KeptMessage) => boolean;
  /** Durable consumer: what it has not acknowledged yet stays. */
  readonly consumedBy?: string;
}

const BATCH = 500;
const WAIT_MS = 2_000;

/**
 * Deletes messages out of a stream, and has the broker overwrite their bytes. What has been published until now is looked at.
 * @returns how many there were; none when the stream, or who is to have consumed it, does not exist.
 */
export async function eraseMessages(connection: BusConnection, erasure: MessageErasure): Promise<number> {
  const { name } = streamOf(erasure);
  try {
    const sequences = await sequencesOf(connection, erasure);
    const { streams } = await jetstreamManager(connection);
    let erased = 0;
    for (const sequence of sequences) erased += Number(await streams.deleteMessage(name, sequence, true).catch(goneAlready));
    return erased;
  } catch (error) {
    if (NOTHING_THERE.includes(codeOf(error))) return 0;
    throw error;
  }
}

const streamOf = ({ contract }: Pick<MessageErasure, 'contract'>) => (contract.kind === 'job' ? STREAMS.jobs : STREAMS.events);

async function sequencesOf(connection: BusConnection, { contract, isMeant, consumedBy }: MessageErasure): Promise<number[]> {
  const stream = streamOf({ contract });
  const { consumers } = await jetstreamManager(connection);
  const last = consumedBy === undefined ? Infinity : (await consumers.info(stream.name, consumedBy)).ack_floor.stream_seq;
  const reader = await addErasureReader(consumers, nameOf(connection), stream.name, contract.subject);
  const found: number[] = [];
  try {
    const consumer = await jetstream(connection).consumers.get(stream.name, reader.name);
    for (let left = reader.num_pending; left > 0;) {
      let seen = 0;
      for await (const message of await consumer.fetch({ max_messages: Math.min(left, BATCH), expires: WAIT_MS })) {
        seen += 1;
        if (message.seq <= last && isMeant(keptOf(message))) found.push(message.seq);
      }
      left = seen === 0 ? (await consumer.info()).num_pending : left - seen; // some may have gone by age
    }
  } finally {
    await consumers.delete(stream.name, reader.name).catch(() => false);
  }
  return found;
}

const keptOf = (message: JsMsg): KeptMessage => ({ tenantId: message.headers?.get(HEADER.tenant) ?? '', text: () => message.string() });

const codeOf = (error: unknown): number | undefined => (error instanceof JetStreamApiError ? error.code : undefined);
const NOTHING_THERE: readonly (number | undefined)[] = [JetStreamApiCodes.StreamNotFound, JetStreamApiCodes.ConsumerNotFound];
/** Of a sequence that has been deleted, or whose time was over. */
const SEQUENCE_NOT_FOUND = 10_043;

function goneAlready(error: unknown): false {
  const code = codeOf(error);
  if (code === JetStreamApiCodes.NoMessageFound || code === SEQUENCE_NOT_FOUND) return false;
  throw error;
}
