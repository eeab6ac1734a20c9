export interface Lease {
  /** Milliseconds that it lasts; it is extended three times as often. */
  readonly leaseMs: number;
  /** False when the job is no longer this worker's. */
  extend(): Promise<boolean>;
  /** An extension that failed: the next may succeed before the lease ends. */
  onError(error: unknown): void;
}

/** Works on what is leased. The signal is aborted when the lease is another's, and with `signal`. */
export async function withLease<T>(lease: Lease, signal: AbortSignal, work: (signal: AbortSignal) => Promise<T>): Promise<T> {
  const lost = new AbortController();
  const extend = (): void => {
    lease.extend().then((held) => !held && lost.abort(), (error: unknown) => lease.onError(error));
  };
  const heartbeat = setInterval(extend, lease.leaseMs / 3);
  try {
    return await work(AbortSignal.any([signal, lost.signal]));
  } finally {
    clearInterval(heartbeat);
  }
}
