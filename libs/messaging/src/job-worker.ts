import { AckPolicy, jetstream, jetstreamManager, type ConsumerMessages, type JsMsg } from '@nats-io/jetstream';
import { newId, type EventContract, type JobContract } from '@tecnocursos/contracts';
import { backgroundContext, type CallContext, HEADER, runInContext } from './call-context.js';
import type { BusConnection } from './connection.js';
import { ensureStream, type PayloadOf, type StreamDefinition } from './durable-stream.js';

/** What becomes of a message when its handler returns; a thrown error counts as `retry` after a second. */
export type JobOutcome = { type: 'done' } | { type: 'retry'; delayMs: number } | { type: 'drop'; reason: string };

/** Jobs are worked on; events are followed by whoever needs each of them once. */
export interface JobWorkerOptions<C extends EventContract | JobContract> {
  contract: C;
  stream: StreamDefinition;
  /** Name of the consumer, shared by the replicas of a service. */
  durable: string;
  /** Messages worked on at once by this process. */
  concurrency: number;
  handle(payload: PayloadOf<C>, context: CallContext): Promise<JobOutcome>;
  onError?: (error: unknown, subject: string) => void;
  /** A message that will not come again, and why: by field, never by value. */
  onDropped?: (reason: string, subject: string) => void;
}

const ACK_WAIT_MS = 15_000;
const REOPEN_MS = 500;
const RETRY_MS = 1_000;

/**
 * A durable pull consumer: acknowledges after the handler, signals that it works while the handler runs, and makes stream
 * and consumer again when the broker lost them. Delivery is at least once; effects are deduplicated by the handler.
 */
export class JobWorker<C extends EventContract | JobContract> {
  private readonly stopping = new AbortController();
  private readonly running = new Set<Promise<void>>();
  private messages: ConsumerMessages | undefined;
  private loop: Promise<void> | undefined;

  constructor(
    private readonly connection: BusConnection,
    private readonly options: JobWorkerOptions<C>,
  ) {}

  start(): void {
    this.loop ??= this.consumeForever();
  }

  /** Takes no more messages, aborts the handlers' signal after `graceMs`, and waits for them. */
  async stop(graceMs: number): Promise<void> {
    this.messages?.stop();
    const timer = setTimeout(() => this.stopping.abort(), graceMs);
    this.stopped = true;
    await Promise.allSettled(this.running);
    clearTimeout(timer);
    this.stopping.abort();
    await this.loop;
  }

  private stopped = false;

  private async consumeForever(): Promise<void> {
    while (!this.stopped && !this.connection.isClosed()) {
      try {
        await this.consume();
      } catch (error) {
        if (!this.stopped) this.options.onError?.(error, this.options.contract.subject);
      }
      if (!this.stopped) await new Promise((resolve) => setTimeout(resolve, REOPEN_MS));
    }
  }

  private async consume(): Promise<void> {
    const { stream, durable, contract, concurrency } = this.options;
    await ensureStream(this.connection, stream);
    const manager = await jetstreamManager(this.connection);
    await manager.consumers.add(stream.name, {
      durable_name: durable,
      filter_subject: contract.subject,
      ack_policy: AckPolicy.Explicit,
      ack_wait: ACK_WAIT_MS * 1_000_000,
      max_deliver: -1,
      max_ack_pending: 1_000,
    });
    const consumer = await jetstream(this.connection).consumers.get(stream.name, durable);
    this.messages = await consumer.consume({ max_messages: concurrency, expires: 5_000, idle_heartbeat: 1_000 });
    if (this.stopped) this.messages.stop();
    this.endWhenLost(this.messages).catch((error: unknown) => this.options.onError?.(error, contract.subject));
    for await (const message of this.messages) {
      const work = this.work(message).finally(() => this.running.delete(work));
      this.running.add(work);
      while (this.running.size >= concurrency) await Promise.race(this.running);
    }
  }

  /** A broker that came back without its store knows no consumer: leave the loop, which makes them again. */
  private async endWhenLost(messages: ConsumerMessages): Promise<void> {
    for await (const status of messages.status()) {
      if (status.type === 'consumer_not_found' || status.type === 'stream_not_found' || status.type === 'consumer_deleted') messages.stop();
    }
  }

  private async work(message: JsMsg): Promise<void> {
    const heartbeat = setInterval(() => message.working(), ACK_WAIT_MS / 3);
    try {
      const outcome = await this.handle(message);
      if (outcome.type === 'done') message.ack();
      else if (outcome.type === 'retry') message.nak(outcome.delayMs);
      else this.drop(message, outcome.reason);
    } catch (error) {
      this.options.onError?.(error, message.subject);
      if (!this.connection.isClosed()) message.nak(RETRY_MS);
    } finally {
      clearInterval(heartbeat);
    }
  }

  /** Without the reason: brokers before 2.10.4 don't understand a termination that gives one, and deliver the message for ever. */
  private drop(message: JsMsg, reason: string): void {
    this.options.onDropped?.(reason, message.subject);
    message.term();
  }

  private async handle(message: JsMsg): Promise<JobOutcome> {
    const payload = this.options.contract.payload.safeParse(parseBody(message));
    if (!payload.success) return { type: 'drop', reason: `not a valid payload: ${payload.error.issues[0]?.path.join('.') || '(body)'}` };
    const context = backgroundContext(message.headers?.get(HEADER.tenant) ?? '', message.headers?.get(HEADER.requestId) || newId(), this.stopping.signal);
    return runInContext(context, () => this.options.handle(payload.data as PayloadOf<C>, context));
  }
}

function parseBody(message: JsMsg): unknown {
  try {
    return message.json();
  } catch {
    return undefined;
  }
}
