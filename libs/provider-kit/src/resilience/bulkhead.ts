import { AppError } from '@tecnocursos/contracts';
import { ProviderFailure } from '../failure.js';

const LONGEST_TIMER_MS = 2 ** 31 - 1;

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
   * @param deadline epoch milliseconds.
   * @throws ProviderFailure `rate_limited` when the queue is full, `canceled` when the signal aborts; AppError `timeout` when the deadline passes.
   */
  enter(signal: AbortSignal, deadline: number): Promise<void> | undefined {
    if (this.running < this.limit) {
      this.running += 1;
      return undefined;
    }
    if (this.waiting.length >= this.queueLimit) throw new ProviderFailure('rate_limited', 'Too many calls are waiting for this provider.', { retryAfterMs: 1_000 });
    return this.turn(signal, deadline);
  }

  release(): void {
    const next = this.waiting.shift();
    if (next) next();
    else this.running -= 1;
  }

  private turn(signal: AbortSignal, deadline: number): Promise<void> {
    return new Promise((resolve, reject) => {
      const leave = (reason: Error): void => {
        const position = this.waiting.indexOf(go);
        if (position >= 0) this.waiting.splice(position, 1);
        forget();
        reject(reason);
      };
      const onAbort = (): void => leave(new ProviderFailure('canceled', 'The caller gave up.'));
      const timer = setTimeout(() => leave(new AppError('timeout', 'The deadline passed.')), Math.min(Math.max(0, deadline - Date.now()), LONGEST_TIMER_MS));
      const forget = (): void => {
        clearTimeout(timer);
        signal.removeEventListener('abort', onAbort);
      };
      const go = (): void => {
        forget();
        resolve();
      };
      if (signal.aborted) return onAbort();
      signal.addEventListener('abort', onAbort, { once: true });
      this.waiting.push(go);
    });
  }
}
