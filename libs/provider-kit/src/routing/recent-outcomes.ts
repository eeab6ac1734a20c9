const BUCKETS = 10;
const BUCKET_MS = 30_000;

interface Bucket {
  from: number;
  ok: number;
  failed: number;
}

/** Successes and failures of the last five minutes. */
export class RecentOutcomes {
  private readonly buckets: Bucket[] = Array.from({ length: BUCKETS }, () => ({ from: 0, ok: 0, failed: 0 }));

  count(succeeded: 'ok' | 'failed', now: number): void {
    const from = Math.floor(now / BUCKET_MS) * BUCKET_MS;
    const bucket = this.buckets[(from / BUCKET_MS) % BUCKETS] as Bucket;
    if (bucket.from !== from) Object.assign(bucket, { from, ok: 0, failed: 0 });
    bucket[succeeded] += 1;
  }

  /** Undefined when there were no calls. */
  successRate(now: number): { rate: number; calls: number } | undefined {
    const fresh = this.buckets.filter(({ from }) => now - from < BUCKETS * BUCKET_MS);
    const ok = fresh.reduce((sum, bucket) => sum + bucket.ok, 0);
    const calls = fresh.reduce((sum, bucket) => sum + bucket.failed, ok);
    return calls === 0 ? undefined : { rate: ok / calls, calls };
  }
}
