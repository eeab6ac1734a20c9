import type { RoutingPolicy, Usage } from '@tecnocursos/contracts';
import type { ProviderMode } from '../provider.js';

/** Who may do the work of one call. */
export interface RouteRequest {
  /** Asked first. */
  readonly provider?: string;
  /** Asked in this order, and no others. */
  readonly providers?: readonly string[];
  /** Whether another provider may answer when the first fails; true when absent. */
  readonly allowFallback?: boolean;
  /** Whether the sandbox may answer without being named; true when absent. Callers in test mode are always answered by it. */
  readonly allowSimulated?: boolean;
  readonly policy?: RoutingPolicy;
  /** Micro-dollars that the estimate for one attempt may come to. */
  readonly maxCostMicros?: number;
  /** The same key meets the same provider under the policy `weighted`. */
  readonly routingKey?: string;
}

/** Who asks, until when, and how far the work may go. */
export interface ChainCaller {
  readonly tenantId: string;
  readonly requestId: string;
  /** Epoch milliseconds. */
  readonly deadline: number;
  readonly signal: AbortSignal;
  /** `test`: nothing but the sandbox and local engines. */
  readonly mode?: 'live' | 'test';
}

/** A provider as an attempt sees it. */
export interface CandidateInfo {
  readonly id: string;
  readonly mode: Exclude<ProviderMode, 'off'>;
}

export interface AttemptContext {
  readonly provider: CandidateInfo;
  /** Aborted when the caller gives up, the attempt takes too long or the deadline passes. */
  readonly signal: AbortSignal;
}

export interface AttemptResult<Value> {
  readonly value: Value;
  readonly usage: Usage;
  readonly model: string | null;
  readonly warnings?: readonly string[];
}

interface CallBase<Port> {
  /** One of the domain's capabilities: providers without it are no candidates, and the ledger keeps it. */
  readonly operation: string;
  readonly caller: ChainCaller;
  readonly route?: RouteRequest;
  /** Further condition on a candidate, such as a feature that the request needs. */
  readonly accepts?: (port: Port, provider: CandidateInfo) => boolean;
  /** The most that one attempt at this provider may use: what budgets reserve and token limits count. Cheap: it is called for every attempt. */
  readonly estimate: (port: Port, provider: CandidateInfo) => { readonly model: string; readonly usage: Usage };
}

export interface ChainCall<Port, Value> extends CallBase<Port> {
  /**
   * Everything that the answer depends on, for the cache: JSON values. Absent: never cached. The tenant is part of every key. A value that is cached must
   * survive JSON.
   */
  readonly cache?: unknown;
  /**
   * A key of the caller under which the work is done once: repeated, it gets the first answer; with another request it is refused. `request` is what the two are
   * compared by.
   */
  readonly idempotency?: { readonly key: string; readonly request: unknown };
  /** One call to the vendor. Throws `ProviderFailure`, or what the vendor's client throws. */
  readonly attempt: (port: Port, context: AttemptContext) => Promise<AttemptResult<Value>>;
}

/** The last part of a stream tells what it used. */
export interface StreamEnd {
  readonly usage: Usage;
  readonly model: string | null;
  readonly warnings?: readonly string[];
}

export interface StreamCall<Port, Part> extends CallBase<Port> {
  readonly attempt: (port: Port, context: AttemptContext) => AsyncIterable<Part>;
  /** What the part tells of the end; undefined for all other parts. */
  readonly endOf: (part: Part) => StreamEnd | undefined;
}

/** An answer and how it came about. */
export interface Served<Value> {
  readonly value: Value;
  readonly provider: string;
  readonly model: string | null;
  readonly simulated: boolean;
  /** Calls to vendors and engines, failed ones included; 0 for a cached answer. */
  readonly attempts: number;
  /** Micro-dollars of all attempts, failed but billed ones included. */
  readonly costMicros: number;
  readonly cache: 'hit' | 'miss' | 'off';
  readonly fallbackFrom: string | null;
  /** Milliseconds spent waiting for vendors. */
  readonly vendorMs: number;
  readonly warnings: readonly string[];
}

/** A stream whose first part has come: from here on no other provider takes over. */
export interface ServedStream<Part> {
  readonly provider: string;
  readonly simulated: boolean;
  readonly fallbackFrom: string | null;
  readonly attempts: number;
  /** Milliseconds that failed attempts and the first part took at vendors. */
  readonly vendorMs: number;
  readonly parts: AsyncIterable<Part>;
  /** Micro-dollars so far; complete when the stream has ended. */
  costMicros(): number;
}
