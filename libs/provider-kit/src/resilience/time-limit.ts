import { AppError } from '@tecnocursos/contracts';
import { ProviderFailure } from '../failure.js';

/**
 * Ends work when its time is over or its caller has given up: the signal is aborted, and the promise rejects even when the work does not listen. Which of three
 * reasons it was decides what the failure means.
 */
export class TimeLimit {
  private readonly controller = new AbortController();
  private timer: NodeJS.Timeout | undefined;
  private rejectAll: ((reason: Error) => void) | undefined;
  private ended: Error | undefined;
  private readonly onAbort = (): void => this.end(new ProviderFailure('canceled', 'The caller gave up.'));

  constructor(
    private readonly caller: AbortSignal,
    private readonly deadline: number,
  ) {
    if (caller.aborted) this.onAbort();
    else caller.addEventListener('abort', this.onAbort, { once: true });
  }

  get signal(): AbortSignal {
    return this.controller.signal;
  }

  /** Runs `task` for `limitMs` at the most, and never past the deadline. */
  async run<T>(limitMs: number, task: () => Promise<T>): Promise<T> {
    if (this.ended) throw this.ended;
    const remaining = this.deadline - Date.now();
    const reason = (): Error => (remaining < limitMs ? new AppError('timeout', 'The deadline passed.') : new ProviderFailure('timeout', `No answer within ${limitMs} ms.`));
    if (remaining <= 0) throw reason();
    this.timer = setTimeout(() => this.end(reason()), Math.min(limitMs, remaining));
    try {
      return await new Promise<T>((resolve, reject) => {
        this.rejectAll = reject;
        task().then(resolve, reject);
      });
    } catch (error) {
      throw this.ended ?? error; // an aborted client's error says less than why it was aborted
    } finally {
      clearTimeout(this.timer);
      this.rejectAll = undefined;
    }
  }

  /** Forgets the caller; call it when the work is over. */
  close(): void {
    clearTimeout(this.timer);
    this.caller.removeEventListener('abort', this.onAbort);
  }

  /** Ends the vendor's request of a stream that nobody reads any more. */
  abort(): void {
    this.end(new ProviderFailure('canceled', 'The caller gave up.'));
  }

  private end(reason: Error): void {
    if (this.ended) return;
    this.ended = reason;
    this.rejectAll?.(reason);
    this.controller.abort(reason);
  }
}
