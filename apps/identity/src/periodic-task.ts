import type { Logger } from '@tecnocursos/nest-kit';

export interface PeriodicTaskOptions {
  name: string;
  everyMs: number;
  logger: Logger;
  run: () => Promise<void>;
}

/** Runs one task again and again, never twice at a time; a failure is logged and tried again at the next turn. */
export class PeriodicTask {
  private timer: NodeJS.Timeout | undefined;
  private running: Promise<void> | undefined;
  private stopped = true;
  private again = false;

  constructor(private readonly options: PeriodicTaskOptions) {}

  start(): void {
    this.stopped = false;
    this.schedule();
  }

  /** Runs as soon as it can, and returns at once. */
  kick(): void {
    this.again = this.running !== undefined;
    if (!this.again && !this.stopped) this.begin();
  }

  /** Waits for a run under way; none begins after. */
  async stop(): Promise<void> {
    this.stopped = true;
    clearTimeout(this.timer);
    await this.running;
  }

  private schedule(): void {
    clearTimeout(this.timer);
    if (!this.stopped) this.timer = setTimeout(() => this.begin(), this.options.everyMs).unref();
  }

  private begin(): void {
    clearTimeout(this.timer);
    this.again = false;
    this.running ??= this.options.run()
      .catch((error: unknown) => this.options.logger.warn({ err: error, task: this.options.name }, 'a periodic task failed; it will be tried again'))
      .finally(() => {
        this.running = undefined;
        if (this.again && !this.stopped) this.begin();
        else this.schedule();
      });
  }
}
