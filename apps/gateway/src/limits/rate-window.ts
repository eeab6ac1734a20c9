const WINDOW_MS = 60_000;
/** More callers than this in one minute share one count, so that made-up ones cost no memory. */
const MAX_KEYS = 100_000;
const OTHERS = '(others)';

export interface RatePolicy {
  /** What is counted, as the headers call it. */
  readonly name: 'key' | 'address' | 'sensitive';
  readonly perMinute: number;
}

/** How a caller stands after a request was counted. */
export interface RateVerdict {
  readonly policy: RatePolicy;
  readonly remaining: number;
  /** Seconds until the window ends. */
  readonly resetS: number;
  readonly isExceeded: boolean;
}

interface Count {
  /** Requests in this window, as far as is known here. */
  used: number;
  /** Those that other replicas were not told of yet. */
  untold: number;
}

/**
 * Requests of each caller in windows of a minute. Counting is a look-up in a map, with nothing to wait for: it is on the path of every request. @see SharedCounts for
 * what makes replicas count together.
 */
export class RateWindow {
  private readonly counts = new Map<string, Count>();
  private window = -1;

  constructor(
    readonly policy: RatePolicy,
    private readonly now: () => number = Date.now,
  ) {}

  take(key: string): RateVerdict {
    const now = this.now();
    this.turn(now);
    const count = this.countOf(key);
    count.used += 1;
    count.untold += 1;
    const { policy } = this;
    return {
      policy, remaining: Math.max(0, policy.perMinute - count.used), resetS: Math.ceil((WINDOW_MS - (now % WINDOW_MS)) / 1000), isExceeded: count.used > policy.perMinute,
    };
  }

  /** Number of the window, and what was counted here since the last call. */
  takeUntold(): { window: number; counts: [key: string, count: number][] } {
    this.turn(this.now());
    const counts: [string, number][] = [];
    for (const [key, count] of this.counts) {
      if (count.untold === 0) continue;
      counts.push([key, count.untold]);
      count.untold = 0;
    }
    return { window: this.window, counts };
  }

  /** What all replicas together counted up to the last `takeUntold`. */
  learn(window: number, key: string, total: number): void {
    const count = this.counts.get(key);
    if (count && window === this.window) count.used = Math.max(count.used, total + count.untold);
  }

  private turn(now: number): void {
    const window = Math.floor(now / WINDOW_MS);
    if (window === this.window) return;
    this.window = window;
    this.counts.clear();
  }

  private countOf(key: string): Count {
    const known = this.counts.get(key);
    if (known) return known;
    if (this.counts.size >= MAX_KEYS && key !== OTHERS) return this.countOf(OTHERS);
    const count: Count = { used: 0, untold: 0 };
    this.counts.set(key, count);
    return count;
  }
}
