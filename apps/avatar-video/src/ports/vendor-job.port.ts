import type { Usage } from '@tecnocursos/contracts';
import type { FailureKind } from '@tecnocursos/provider-kit';

/** A vendor's word that it has taken an order. From here on it costs. */
export interface AcceptedJob {
  /** The vendor's id of the job. */
  readonly id: string;
  /** What the vendor calls what it uses: `clips`, `gen4_turbo`. */
  readonly model: string;
  /** What it will bill, as far as it is known now. */
  readonly usage: Usage;
  /** What of the order it does not honour. */
  readonly warnings: readonly string[];
}

/** Where a finished video is. Addresses expire: it is fetched at once. */
export interface FinishedJob {
  readonly video: { readonly url: string } | { readonly path: string };
  /** WebVTT, where the vendor makes one. */
  readonly captionsUrl?: string;
}

/** How a job is coming along, in words that are the same for all vendors. A status that nobody knows is `rendering`. */
export type JobProgress =
  | { readonly state: 'queued' }
  | { readonly state: 'rendering'; readonly percent?: number }
  | ({ readonly state: 'done' } & FinishedJob)
  | { readonly state: 'failed'; readonly kind: FailureKind; readonly detail: string };

/**
 * Work that a vendor does in its own time. Methods throw `ProviderFailure`, or what the vendor's client throws, which the definition's `toFailure` understands.
 */
export interface VendorJobs<Order extends { readonly reference: string }> {
  /** What an order would use, at the most. */
  estimate(order: Order): { readonly model: string; readonly usage: Usage };
  /** Places an order. A failure after the request went out leaves open whether it was taken: `find` tells. */
  start(order: Order, signal: AbortSignal): Promise<AcceptedJob>;
  /** The job that carries our reference; null when the vendor has none. Absent: the vendor cannot be asked. */
  find?(reference: string, signal: AbortSignal): Promise<string | null>;
  /** @throws ProviderFailure `unsupported` when the vendor does not know the job. */
  read(id: string, signal: AbortSignal): Promise<JobProgress>;
  /** Stops a job as far as the vendor lets us; a job that is over is no error. */
  cancel(id: string, signal: AbortSignal): Promise<void>;
  /** Milliseconds between two questions; a vendor may forbid more. */
  readonly pollMs?: number;
}
