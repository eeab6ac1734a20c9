const MEMORY_MS = 30_000;

/** Mean latency that forgets: what happened half a minute ago counts a third. */
export class DecayingLatency {
  private value: number | undefined;
  private seenAt = 0;

  /** Milliseconds; undefined before the first call. */
  get milliseconds(): number | undefined {
    return this.value;
  }

  observe(milliseconds: number, now: number): void {
    if (this.value === undefined) this.value = milliseconds;
    else {
      // A call right after another moves the mean a little, a call after a pause moves it a lot.
      const weight = Math.max(0.1, 1 - Math.exp(-(now - this.seenAt) / MEMORY_MS));
      this.value += (milliseconds - this.value) * weight;
    }
    this.seenAt = now;
  }
}
