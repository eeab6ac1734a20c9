const POLL_MS = 10;

/** Counts requests under way, and tells everybody when no more are wanted. */
export class Drain {
  private draining = false;
  private readonly listeners: Array<() => void> = [];
  private underWay = 0;

  get isDraining(): boolean {
    return this.draining;
  }

  begin(): void {
    this.underWay++;
  }

  end(): void {
    this.underWay--;
  }

  /** Called when the drain starts, for work that would not end by itself. */
  onStart(listener: () => void): void {
    this.listeners.push(listener);
  }

  start(): void {
    this.draining = true;
    for (const listener of this.listeners) listener();
  }

  /** Resolves when no request is under way, or after `limitMs`. */
  async idle(limitMs: number): Promise<void> {
    const end = Date.now() + limitMs;
    while (this.underWay > 0 && Date.now() < end) await new Promise((resolve) => setTimeout(resolve, POLL_MS));
  }
}
