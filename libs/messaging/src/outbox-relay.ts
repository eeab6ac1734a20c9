import type { DurableMessage, DurablePublisher } from './durable-stream.js';
import { PeriodicTask } from './periodic-task.js';

/** Messages that were committed together with the rows they tell of. */
export interface OutboxStore {
  /** Oldest first. */
  unpublished(limit: number): Promise<DurableMessage[]>;
  remove(ids: string[]): Promise<void>;
}

const BATCH = 200;

/**
 * Publishes what the outbox holds and removes it after the broker stored it. A crash in between publishes again, with the
 * same message id.
 */
export class OutboxRelay {
  private readonly task: PeriodicTask;

  constructor(
    private readonly store: OutboxStore,
    private readonly publisher: DurablePublisher,
    { pollMs, onError }: { pollMs: number; onError(error: unknown): void },
  ) {
    this.task = new PeriodicTask({ everyMs: pollMs, firstMs: 0, run: () => this.publishSome(), onError });
  }

  start(): void {
    this.task.start();
  }

  /** Publishes now, instead of at the next poll. */
  kick(): void {
    this.task.kick();
  }

  async stop(): Promise<void> {
    await this.task.stop();
  }

  private async publishSome(): Promise<void> {
    const messages = await this.store.unpublished(BATCH);
    if (messages.length === 0) return;
    await Promise.all(messages.map((message) => this.publisher.publish(message)));
    await this.store.remove(messages.map((message) => message.id));
    this.kick(); // for what did not fit in
  }
}
