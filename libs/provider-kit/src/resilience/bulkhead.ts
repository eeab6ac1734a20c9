import { ProviderFailure } from '../failure.js';

/** No more than so many tasks at once, and so many waiting for their turn; the others are turned away at once. */
export class Bulkhead {
  private running = 0;
  private readonly waiting: (() => void)[] = [];

  constructor(
    private readonly limit: number,
    private readonly queueLimit: number,
  ) {}

  get inUse(): number {
    return this.running;
  }

  /** Whether a task would have to wait or be turned away. */
  get isFull(): boolean {
    return this.running >= this.limit;
  }

  /**
   * Resolves when there is a place, which `release` gives back.
   * @throws ProviderFailure `rate_limited` when the queue is full, `canceled` when the signal aborts.
   */
  enter(signal: AbortSignal): Promise<void> | undefined {
    if (this.running < this.limit) {
      this.running += 1;
      return undefined;
    }
    if (this.waiting.length >= this.queueLimit) throw new ProviderFailure('rate_limited', 'Too many calls are waiting for this provider.', { retryAfterMs: 1_000 });
    return this.turn(signal);
  }

  release(): void {
    const next = this.waiting.shift();
    if (next) next();
    else this.running -= 1;
  }

  private turn(signal: AbortSignal): Promise<void> {
    return new Promise((resolve, reject) => {
      const go = (): void => {
        signal.removeEventListener('abort', leave);
        resolve();
      };
      const leave = (): void => {
        const position = this.waiting.indexOf(go);
        if (position >= 0) this.waiting.splice(position, 1);
        reject(new ProviderFailure('canceled', 'The caller gave up.'));
      };
      if (signal.aborted) {
        leave();
        return;
      }
      signal.addEventListener('abort', leave, { once: true });
      this.waiting.push(go);
    });
  }
}
