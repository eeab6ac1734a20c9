import { BrokenCircuitError, circuitBreaker, CircuitState, ExponentialBackoff, handleWhen, noJitterGenerator } from 'cockatiel';
import { ProviderFailure } from '../failure.js';
import { FailureShare } from './failure-share.js';

export interface BreakerOptions {
  /** Share of failures that opens it, 0 < x < 1. */
  readonly threshold: number;
  readonly windowS: number;
  readonly minCalls: number;
  /** Seconds until the first probe; doubled after each that fails, up to `maxOpenS`. */
  readonly openS: number;
  readonly maxOpenS: number;
}

export type BreakerState = 'closed' | 'open' | 'half_open';

/** The breaker is open, or its one probe is under way: the provider was not asked. */
export class CircuitOpen extends Error {
  constructor(readonly retryAfterMs: number) {
    super('The circuit breaker is open.');
    this.name = 'CircuitOpen';
  }
}

const STATES: Readonly<Record<CircuitState, BreakerState>> = {
  [CircuitState.Closed]: 'closed', [CircuitState.Open]: 'open', [CircuitState.HalfOpen]: 'half_open', [CircuitState.Isolated]: 'open',
};

/**
 * A sampling circuit breaker that reopens for longer each time. While its probe is under way everybody else is turned away at once: cockatiel's own lets them
 * wait for the probe, which would hand the sick vendor's latency to every caller.
 */
export class Breaker {
  private readonly policy;
  private readonly backoff: readonly number[];
  private opensInARow = 0;
  private probeAt = 0;

  constructor(options: BreakerOptions) {
    this.backoff = durations(options);
    this.policy = circuitBreaker(handleWhen((error) => this.isFailure(error)), {
      breaker: new FailureShare(options),
      halfOpenAfter: new ExponentialBackoff({
        initialDelay: options.openS * 1_000, maxDelay: options.maxOpenS * 1_000, exponent: 2, generator: noJitterGenerator,
      }),
    });
    this.policy.onBreak(() => {
      this.probeAt = Date.now() + (this.backoff[Math.min(this.opensInARow, this.backoff.length - 1)] ?? 0);
      this.opensInARow += 1;
    });
    this.policy.onReset(() => {
      this.opensInARow = 0;
    });
  }

  get state(): BreakerState {
    return STATES[this.policy.state];
  }

  /** Whether a call would be turned away now. */
  get refuses(): boolean {
    const { state } = this.policy;
    return state === CircuitState.HalfOpen || (state === CircuitState.Open && Date.now() < this.probeAt);
  }

  /** Milliseconds until a call may pass. */
  get retryAfterMs(): number {
    return Math.max(0, this.probeAt - Date.now());
  }

  /** @throws CircuitOpen without calling `task`. */
  async execute<T>(task: () => Promise<T>): Promise<T> {
    if (this.policy.state === CircuitState.HalfOpen) throw new CircuitOpen(this.retryAfterMs);
    try {
      return await this.policy.execute(task);
    } catch (error) {
      if (error instanceof BrokenCircuitError) throw new CircuitOpen(this.retryAfterMs);
      throw error;
    }
  }

  /** A probe whose caller gave up proves nothing: the breaker stays open. */
  private isFailure(error: unknown): boolean {
    if (error instanceof ProviderFailure && error.tripsBreaker) return true;
    return this.policy.state === CircuitState.HalfOpen && !(error instanceof ProviderFailure && error.kind !== 'canceled');
  }
}

function durations({ openS, maxOpenS }: BreakerOptions): readonly number[] {
  const list = [openS * 1_000];
  while ((list.at(-1) ?? 0) < maxOpenS * 1_000) list.push(Math.min((list.at(-1) ?? 0) * 2, maxOpenS * 1_000));
  return list;
}
