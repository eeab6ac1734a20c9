import type { ProviderConfiguration } from '../config/provider-variables.js';
import type { ProviderDefinition, ProviderMode } from '../provider.js';
import { Breaker } from '../resilience/breaker.js';
import { Bulkhead } from '../resilience/bulkhead.js';
import { RateLimit } from '../resilience/rate-limit.js';
import { RetryBudget } from '../resilience/retry-budget.js';
import { DecayingLatency } from '../routing/latency.js';
import { RecentOutcomes } from '../routing/recent-outcomes.js';
import { ProviderFailure, type FailureKind, type FailureOptions } from '../failure.js';
import type { RedisClient } from '../redis/redis-client.js';
import { scrub, type Secret } from '../secret.js';
import type { BudgetClaim } from '../budget.port.js';
import type { CandidateInfo } from './chain-call.js';

export interface LastError {
  readonly kind: FailureKind;
  readonly detail: string;
  /** Epoch milliseconds. */
  readonly at: number;
}

export interface HandleOptions {
  readonly redis?: RedisClient | undefined;
  /** Tenant whose account at the vendor it is; ours when absent. Its rate limit is its own, and what it spends is not of our budget for the vendor. */
  readonly owner?: string;
}

const MICROS = 1_000_000;
const ALERT_EVERY_MS = 60_000;

/** One provider at work: its port, what guards it, and what became of its calls lately. */
export class ProviderHandle<Port> {
  readonly info: CandidateInfo;
  readonly breaker: Breaker;
  readonly bulkhead: Bulkhead;
  readonly retries = new RetryBudget();
  readonly rateLimit: RateLimit;
  readonly outcomes = new RecentOutcomes();
  lastError: LastError | undefined;
  /** Told, once a minute at most, of failures that somebody has to mend. */
  onAlert: ((failure: ProviderFailure) => void) | undefined;
  private alertedAt = 0;
  private readonly latencies = new Map<string, DecayingLatency>();
  private coolUntil = 0;
  /** Milliseconds of the rest that it was given last; 0 when an attempt has succeeded since. */
  private coolMs = 0;
  private coolFrom = 0;
  private readonly secrets: readonly Secret[];
  private readonly budgets: readonly BudgetClaim[];

  constructor(
    readonly definition: ProviderDefinition<Port>,
    readonly configuration: ProviderConfiguration,
    readonly port: Port,
    private readonly options: HandleOptions = {},
  ) {
    const { redis, owner } = options;
    const { knobs, mode } = configuration.settings;
    this.info = { id: definition.id, mode: mode as Exclude<ProviderMode, 'off'> };
    this.secrets = configuration.secrets;
    this.breaker = new Breaker({
      threshold: knobs.breakerThreshold, windowS: knobs.breakerWindowS, minCalls: knobs.breakerMinCalls, openS: knobs.breakerOpenS, maxOpenS: knobs.breakerMaxOpenS,
    });
    this.bulkhead = new Bulkhead(knobs.concurrency, knobs.queue);
    this.rateLimit = new RateLimit({
      name: `provider:${definition.id}:${mode}${owner === undefined ? '' : `:${owner}`}`, requestsPerMinute: knobs.rateLimitRpm, tokensPerMinute: knobs.rateLimitTpm, redis,
    });
    this.budgets = owner === undefined ? budgetsOf(definition.id, knobs.dailyBudgetUsd, knobs.monthlyBudgetUsd) : [];
  }

  get id(): string {
    return this.info.id;
  }

  /** On the account of a tenant, not ours. */
  get isTenants(): boolean {
    return this.options.owner !== undefined;
  }

  get isSimulated(): boolean {
    return this.info.mode === 'sandbox';
  }

  get knobs() {
    return this.configuration.settings.knobs;
  }

  /** Asked last: its breaker is open, or its vendor asked us to wait. */
  isResting(now: number): boolean {
    return now < this.coolUntil || this.breaker.refuses;
  }

  /** Milliseconds until it is worth asking again. */
  restMs(now: number): number {
    return Math.max(this.coolUntil - now, this.breaker.refuses ? this.breaker.retryAfterMs : 0, 0);
  }

  /** Money is reserved for vendors alone: a simulated call costs nothing, whatever it says. */
  claimsOf(tenantId: string): readonly BudgetClaim[] {
    if (this.info.mode !== 'live') return [];
    return [
      { key: { scope: 'tenant', subject: tenantId, period: 'day' } }, { key: { scope: 'tenant', subject: tenantId, period: 'month' } }, ...this.budgets,
    ];
  }

  latencyOf(operation: string): DecayingLatency {
    let latency = this.latencies.get(operation);
    if (!latency) this.latencies.set(operation, (latency = new DecayingLatency()));
    return latency;
  }

  /** An attempt begins. The first after a rest is a probe: until it has succeeded the others go elsewhere for as long again. */
  began(now: number): void {
    if (this.coolMs > 0 && now >= this.coolUntil) this.coolUntil = now + this.coolMs;
  }

  succeeded(operation: string, milliseconds: number, now: number): void {
    this.outcomes.count('ok', now);
    if (this.coolMs > 0 && now - milliseconds >= this.coolFrom) this.coolUntil = this.coolMs = 0;
    this.latencyOf(operation).observe(milliseconds, now);
  }

  failed(failure: ProviderFailure, now: number): void {
    if (failure.kind === 'canceled') return;
    if (failure.kind !== 'invalid_request' && failure.kind !== 'content_policy') {
      this.outcomes.count('failed', now);
      this.lastError = { kind: failure.kind, detail: failure.detail, at: now };
    }
    if (failure.rule.alert && now - this.alertedAt >= ALERT_EVERY_MS) {
      this.alertedAt = now;
      this.onAlert?.(failure);
    }
    const rest = failure.rule.coolDownMs === 0 ? failure.retryAfterMs ?? 0 : failure.retryAfterMs ?? failure.rule.coolDownMs;
    if (rest <= 0 || !failure.rule.moveOn) return;
    this.coolUntil = Math.max(this.coolUntil, now + rest);
    this.coolMs = rest;
    this.coolFrom = now;
  }

  /** What a thrown thing means, without our secrets in it. */
  failureOf(error: unknown, now: number): ProviderFailure {
    const failure = error instanceof ProviderFailure ? error : this.translate(error, now);
    const clean = (text: string): string => scrub(text, this.secrets);
    const said = [failure.detail, failure.field, failure.vendorCode, failure.vendorRequestId, failure.model];
    return said.every((text) => text === undefined || clean(text) === text) ? failure : new ProviderFailure(failure.kind, clean(failure.detail), optionsOf(failure, clean));
  }

  private translate(error: unknown, now: number): ProviderFailure {
    try {
      return this.definition.toFailure(error, now);
    } catch {
      return new ProviderFailure('malformed', `${this.definition.title} failed in a way that was not understood.`, { cause: error });
    }
  }
}

/** Without the cause, which says what the vendor said. */
function optionsOf({ retryAfterMs, status, vendorCode, vendorRequestId, field, usage, model, ofContent }: ProviderFailure, clean: (text: string) => string): FailureOptions {
  const known = { retryAfterMs, status, vendorCode, vendorRequestId, field, usage, model, ofContent: ofContent || undefined };
  return Object.fromEntries(Object.entries(known).flatMap(([name, value]) => (value === undefined ? [] : [[name, typeof value === 'string' ? clean(value) : value]])));
}

function budgetsOf(provider: string, day: number | undefined, month: number | undefined): BudgetClaim[] {
  const claim = (period: 'day' | 'month', usd: number | undefined): BudgetClaim[] =>
    usd === undefined ? [] : [{ key: { scope: 'provider', subject: provider, period }, limitMicros: Math.round(usd * MICROS) }];
  return [...claim('day', day), ...claim('month', month)];
}
