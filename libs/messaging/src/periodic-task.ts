export interface PeriodicTaskOptions {
  /** Milliseconds from the end of one run to the next that nobody asked for. */
  readonly everyMs: number;
  /** Milliseconds from the start to the first run; `everyMs` when absent. */
  readonly firstMs?: number;
  run(): Promise<void>;
  /** The next turn tries again. */
  onError(error: unknown): void;
}

/** Runs one task again and again, never twice at a time. */
export class PeriodicTask {
  private timer: NodeJS.Timeout | undefined;
  private running: Promise<void> | undefined;
  private stopped = true;
  private again = false;

  constructor(private readonly options: PeriodicTaskOptions) {}

  start(): void {
    this.stopped = false;
    this.schedule(this.options.firstMs ?? this.options.everyMs);
  }

  /** Runs as soon as it can, and returns at once: what is asked for while a run is under way gets a run of its own. */
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

  private schedule(afterMs: number): void {
    clearTimeout(this.timer);
    if (!this.stopped) this.timer = setTimeout(() => this.begin(), afterMs).unref();
  }

  private begin(): void {
    clearTimeout(this.timer);
    this.again = false;
    this.running ??= this.options.run()
      .catch((error: unknown) => this.options.onError(error))
      .finally(() => {
        this.running = undefined;
        if (this.again && !this.stopped) this.begin();
        else this.schedule(this.options.everyMs);
      });
  }
}
