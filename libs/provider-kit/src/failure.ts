import type { Usage } from '@tecnocursos/contracts';

/**
 * Everything that can become of a call to a vendor, besides success. The set is closed: adapters choose a kind, and what follows from it is decided in
 * `FAILURE_RULES` and nowhere else.
 *
 * `invalid_request`: the caller's fault, no other vendor would take it. `unsupported`: this vendor cannot do this request (unknown model, context too long, a
 * feature that it lacks), another may. `auth`: our credentials are refused. `quota`: money or plan used up. `rate_limited`: too fast. `timeout`, `unavailable`: no
 * answer, or one that says "later". `content_policy`: refused for its content. `malformed`: an answer that is empty or not what was asked for.
 * `canceled`: the caller gave up.
 */
export const FAILURE_KINDS = [
  'invalid_request', 'unsupported', 'auth', 'quota', 'rate_limited', 'timeout', 'unavailable', 'content_policy', 'malformed', 'canceled',
] as const;
export type FailureKind = (typeof FAILURE_KINDS)[number];

export interface FailureRule {
  /** The same provider may be asked again. */
  readonly retry: boolean;
  /** Another provider may be asked. */
  readonly moveOn: boolean;
  /** Counts against the provider's circuit breaker. */
  readonly tripsBreaker: boolean;
  /** Somebody has to mend something: an alert is raised. */
  readonly alert: boolean;
  /** Milliseconds for which the provider is asked last; what the vendor says in Retry-After goes before it. */
  readonly coolDownMs: number;
}

const MINUTE_MS = 60_000;

export const FAILURE_RULES: Readonly<Record<FailureKind, FailureRule>> = {
  invalid_request: { retry: false, moveOn: false, tripsBreaker: false, alert: false, coolDownMs: 0 },
  unsupported: { retry: false, moveOn: true, tripsBreaker: false, alert: false, coolDownMs: 0 },
  auth: { retry: false, moveOn: true, tripsBreaker: false, alert: true, coolDownMs: MINUTE_MS },
  quota: { retry: false, moveOn: true, tripsBreaker: false, alert: true, coolDownMs: 10 * MINUTE_MS },
  rate_limited: { retry: true, moveOn: true, tripsBreaker: false, alert: false, coolDownMs: 1_000 },
  timeout: { retry: true, moveOn: true, tripsBreaker: true, alert: false, coolDownMs: 0 },
  unavailable: { retry: true, moveOn: true, tripsBreaker: true, alert: false, coolDownMs: 0 },
  content_policy: { retry: false, moveOn: false, tripsBreaker: false, alert: false, coolDownMs: 0 },
  malformed: { retry: false, moveOn: true, tripsBreaker: true, alert: false, coolDownMs: 0 },
  canceled: { retry: false, moveOn: false, tripsBreaker: false, alert: false, coolDownMs: 0 },
};

export interface FailureOptions {
  /** Milliseconds that the vendor asks us to wait. */
  readonly retryAfterMs?: number;
  /** HTTP status, where there was one. */
  readonly status?: number;
  /** The vendor's own code: `insufficient_quota`. */
  readonly vendorCode?: string;
  /** The vendor's id of the request, for its support. */
  readonly vendorRequestId?: string;
  /** Field of our request that is at fault, with `invalid_request`. */
  readonly field?: string;
  /** What the vendor bills although it failed. */
  readonly usage?: Usage;
  readonly model?: string;
  readonly cause?: unknown;
  /** The answer was bad for what was asked, which says nothing of the vendor's health: one tenant's documents must not open a breaker for everybody. */
  readonly ofContent?: true;
}

/** A vendor's failure in our words. `detail` may reach the caller: no secrets, no internals. */
export class ProviderFailure extends Error {
  readonly retryAfterMs: number | undefined;
  readonly status: number | undefined;
  readonly vendorCode: string | undefined;
  readonly vendorRequestId: string | undefined;
  readonly field: string | undefined;
  readonly usage: Usage | undefined;
  readonly model: string | undefined;
  readonly ofContent: boolean;

  constructor(
    readonly kind: FailureKind,
    readonly detail: string,
    options: FailureOptions = {},
  ) {
    super(`${kind}: ${detail}`, options.cause === undefined ? undefined : { cause: options.cause });
    this.name = 'ProviderFailure';
    this.retryAfterMs = options.retryAfterMs;
    this.status = options.status;
    this.vendorCode = options.vendorCode;
    this.vendorRequestId = options.vendorRequestId;
    this.field = options.field;
    this.usage = options.usage;
    this.model = options.model;
    this.ofContent = options.ofContent ?? false;
  }

  get rule(): FailureRule {
    return FAILURE_RULES[this.kind];
  }

  get tripsBreaker(): boolean {
    return this.rule.tripsBreaker && !this.ofContent;
  }
}

/** Kind of a failure by its HTTP status alone: the last resort of an adapter, after the vendor's own codes. */
export function kindOfStatus(status: number): FailureKind {
  if (status === 401 || status === 403) return 'auth';
  if (status === 402) return 'quota';
  if (status === 404) return 'unsupported';
  if (status === 408) return 'timeout';
  if (status === 429) return 'rate_limited';
  if (status === 451) return 'content_policy';
  if (status >= 500 || status === 409 || status === 425) return 'unavailable';
  if (status >= 400) return 'invalid_request';
  return 'malformed';
}
