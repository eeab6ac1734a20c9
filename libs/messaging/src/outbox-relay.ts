import type { DurableMessage, DurablePublisher } from './durable-stream.js';

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
  private timer: NodeJS.Timeout | undefined;
  private running: Promise<void> | undefined;
  private again = false;
  private stopped = false;

  constructor(
    private readonly store: OutboxStore,
    private readonly publisher: DurablePublisher,
    private readonly options: { pollMs: number; onError(error: unknown): void },
  ) {}

  start(): void {
    this.timer = setInterval(() => this.kick(), this.options.pollMs);
    this.kick();
  }

  /** Publishes now, instead of at the next poll. */
  kick(): void {
    if (this.stopped) return;
    this.again = true;
    this.running ??= this.drain().finally(() => {
      this.running = undefined;
      if (this.again) this.kick(); // asked for while the last round was ending
    });
  }

  async stop(): Promise<void> {
    this.stopped = true;
    clearInterval(this.timer);
    await this.running;
  }

  private async drain(): Promise<void> {
    try {
      while (this.again && !this.stopped) {
        this.again = false;
        const messages = await this.store.unpublished(BATCH);
        if (messages.length === 0) continue;
        await Promise.all(messages.map((message) => this.publisher.publish(message)));
        await this.store.remove(messages.map((message) => message.id));
        this.again = true;
      }
    } catch (error) {
      this.again = false; // the next poll tries again
      this.options.onError(error);
    }
  }
}
