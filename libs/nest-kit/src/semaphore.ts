import { AppError } from '@tecnocursos/contracts';

/** Lets a fixed number of tasks run at a time; the others wait in order. */
export class Semaphore {
  private readonly waiting: (() => void)[] = [];
  private running = 0;

  constructor(private readonly limit: number) {}

  /** @throws AppError `canceled` when the signal is aborted before the task's turn. */
  async run<T>(task: () => Promise<T>, signal: AbortSignal): Promise<T> {
    if (signal.aborted) throw canceled();
    if (this.running >= this.limit) await this.turn(signal);
    else this.running += 1;
    try {
      return await task();
    } finally {
      const next = this.waiting.shift();
      if (next) next();
      else this.running -= 1;
    }
  }

  /** Resolves with the place of a task that has ended. */
  private turn(signal: AbortSignal): Promise<void> {
    return new Promise((resolve, reject) => {
      const go = (): void => {
        signal.removeEventListener('abort', leave);
        resolve();
      };
      const leave = (): void => {
        const position = this.waiting.indexOf(go);
        if (position >= 0) this.waiting.splice(position, 1);
        reject(canceled());
      };
      signal.addEventListener('abort', leave, { once: true });
      this.waiting.push(go);
    });
  }
}

const canceled = (): AppError => new AppError('canceled', 'The caller gave up.');
