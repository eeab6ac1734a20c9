import { CircuitState, type IBreaker } from 'cockatiel';

const BUCKETS = 10;

interface Bucket {
  readonly from: number;
  calls: number;
  failed: number;
}

/**
 * Opens a circuit when more than a share of the calls within a window failed. The library's own sampling keeps what is older than the window for as long as no calls
 * come: a vendor that is seldom asked would be judged by yesterday.
 */
export class FailureShare implements IBreaker {
  /** The library's hook for storing breakers; these live as long as their process. */
  state: unknown;
  private readonly bucketMs: number;
  private buckets: Bucket[] = [];

  constructor(private readonly options: { readonly threshold: number; readonly windowS: number; readonly minCalls: number }) {
    this.bucketMs = (options.windowS * 1_000) / BUCKETS;
  }

  success(state: CircuitState): void {
    if (state === CircuitState.HalfOpen) this.buckets = [];
    this.current().calls += 1;
  }

  failure(state: CircuitState): boolean {
    const bucket = this.current();
    bucket.calls += 1;
    bucket.failed += 1;
    if (state !== CircuitState.Closed) return true;
    const { threshold, minCalls } = this.options;
    let calls = 0;
    let failed = 0;
    for (const one of this.buckets) {
      calls += one.calls;
      failed += one.failed;
    }
    return calls >= minCalls && failed > threshold * calls;
  }

  /** The bucket of this moment; those that are older than the window are gone. */
  private current(): Bucket {
    const now = Date.now();
    while (this.buckets[0] && this.buckets[0].from <= now - BUCKETS * this.bucketMs) this.buckets.shift();
    const last = this.buckets.at(-1);
    if (last && now < last.from + this.bucketMs) return last;
    const fresh = { from: now, calls: 0, failed: 0 };
    this.buckets.push(fresh);
    return fresh;
  }
}
