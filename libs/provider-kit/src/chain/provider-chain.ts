import { AppError, type IntegrationDomain, type RoutingPolicy } from '@tecnocursos/contracts';
import type { BudgetKeeper } from '../budget.port.js';
import { hashOf } from '../caching/canonical-json.js';
import type { ResponseCache } from '../caching/response-cache.js';
import { SingleFlight } from '../caching/single-flight.js';
import type { IdempotencyStore } from '../idempotency.port.js';
import type { UsageLedger } from '../ledger.port.js';
import type { TenantProviders } from '../tenant-providers.port.js';
import type { RateLimit } from '../resilience/rate-limit.js';
import { AttemptRunner } from './attempt-runner.js';
import { newTally, type Tally } from './attempt-log.js';
import { AnswerStore } from './answer-store.js';
import { CandidateLoop } from './candidate-loop.js';
import { Candidates } from './candidates.js';
import type { ChainCall, ChainCaller, Served, ServedStream, StreamCall } from './chain-call.js';
import type { ProviderHandle } from './provider-handle.js';

export interface ChainParts<Port> {
  readonly domain: IntegrationDomain;
  readonly handles: readonly ProviderHandle<Port>[];
  /** Of live providers, for callers in test mode. */
  readonly testHandles?: readonly ProviderHandle<Port>[];
  /** Providers on tenants' own accounts. */
  readonly tenants?: TenantProviders<Port>;
  readonly policy: RoutingPolicy;
  readonly budgets: BudgetKeeper;
  readonly ledger: UsageLedger;
  readonly cache: ResponseCache;
  /** Of each tenant. */
  readonly tenantLimit?: RateLimit;
  readonly idempotency?: IdempotencyStore;
}

const MIN_REMAINING_MS = 50;

/**
 * The one way to a vendor:
 * `deadline → tenant's own providers → tenant's rate limit → idempotency → cache → single flight → route →
 *  for each candidate [bulkhead → retry → (rate limit → budget → breaker → timeout → adapter → usage → price → ledger)] → cache store`.
 */
export class ProviderChain<Port> {
  private readonly candidates: Candidates<Port>;
  private readonly loop: CandidateLoop<Port>;
  private readonly flights = new SingleFlight<Served<unknown>>();
  private readonly answers: AnswerStore;

  constructor(private readonly parts: ChainParts<Port>) {
    this.candidates = new Candidates(parts);
    this.loop = new CandidateLoop(new AttemptRunner(parts));
    this.answers = new AnswerStore(parts);
  }

  /** Every configured provider, for overviews. */
  get providers(): readonly ProviderHandle<Port>[] {
    return this.parts.handles;
  }

  /** Providers that could do an operation for a caller, the first to be asked first. */
  order(call: Pick<ChainCall<Port, unknown>, 'operation' | 'caller' | 'route' | 'accepts' | 'estimate'>): readonly ProviderHandle<Port>[] {
    return this.candidates.of(call).ordered;
  }

  /**
   * @throws AppError `invalid_request` (with the field), `content_policy`, `rate_limited`, `budget_exhausted`, `max_cost_exceeded`, `provider_failed`,
   * `provider_unavailable` (with `retryAfterS`), `timeout`, `canceled`, `idempotency_key_reused`, `conflict`.
   */
  async run<Value>(call: ChainCall<Port, Value>): Promise<Served<Value>> {
    await this.admit(call);
    return call.idempotency && this.parts.idempotency ? this.once(call, this.parts.idempotency) : this.cached(call);
  }

  /** As `run`; another provider takes over until the first part has come. A stream is neither cached nor repeated under an idempotency key. */
  async stream<Part>(call: StreamCall<Port, Part>): Promise<ServedStream<Part>> {
    await this.admit(call);
    const tally = newTally();
    const { handle, value: parts } = await this.loop.stream(this.candidates.of(call), call, tally);
    return {
      provider: handle.id, simulated: handle.isSimulated, fallbackFrom: fallbackOf(tally, handle), attempts: tally.attempts + 1, vendorMs: tally.vendorMs + tally.firstPartMs, parts,
      costMicros: () => tally.costMicros,
    };
  }

  private async admit({ caller, estimate }: Pick<ChainCall<Port, unknown>, 'caller' | 'estimate'>): Promise<void> {
    if (caller.deadline - Date.now() < MIN_REMAINING_MS) throw new AppError('timeout', 'Too little time is left to ask a vendor.');
    const { tenantLimit, tenants } = this.parts;
    if (tenants && caller.mode !== 'test' && !tenants.recall(caller.tenantId)) await tenants.load(caller.tenantId);
    const [any] = this.parts.handles;
    if (!tenantLimit || tenantLimit.isUnlimited || !any) return;
    const { usage } = estimate(any.port, any.info);
    const waitMs = await tenantLimit.take(caller.tenantId, (usage.input_tokens ?? 0) + (usage.output_tokens ?? 0) + (usage.characters ?? 0));
    if (waitMs > 0) throw new AppError('rate_limited', 'Your rate limit at vendors is reached. Wait a moment.', { retryAfterS: Math.ceil(waitMs / 1_000) });
  }

  private async once<Value>(call: ChainCall<Port, Value>, store: IdempotencyStore): Promise<Served<Value>> {
    const { key, request } = call.idempotency ?? { key: '', request: null };
    const outcome = await store.begin<Served<Value>>(call.caller.tenantId, call.operation, key, hashOf(request));
    if (outcome.state === 'done') return outcome.value;
    try {
      const served = await this.cached(call);
      await outcome.finish(served);
      return served;
    } catch (error) {
      await outcome.abandon();
      throw error;
    }
  }

  private async cached<Value>(call: ChainCall<Port, Value>): Promise<Served<Value>> {
    const selection = this.candidates.of(call);
    if (call.cache === undefined) return this.ask(call, selection, 'off');
    const key = this.answers.keyOf(call, selection.ordered);
    const known = await this.answers.find<Value>(key, call);
    if (known) return known;
    const flight = this.flights.current(key);
    if (flight) {
      const shared = await joined(flight, call.caller);
      if (shared) return this.answers.shared(call, shared as Served<Value>);
    }
    return this.flights.lead(key, async () => {
      const served = await this.ask(call, selection, 'miss');
      this.answers.keep(key, served, selection.ordered);
      return served;
    }) as Promise<Served<Value>>;
  }

  private async ask<Value>(call: ChainCall<Port, Value>, selection: ReturnType<Candidates<Port>['of']>, cache: 'miss' | 'off'): Promise<Served<Value>> {
    const tally = newTally();
    const { handle, value: result } = await this.loop.run(selection, call, tally);
    return {
      value: result.value, provider: handle.id, model: result.model, simulated: handle.isSimulated, attempts: tally.attempts, costMicros: tally.costMicros,
      cache, fallbackFrom: fallbackOf(tally, handle), vendorMs: tally.vendorMs, warnings: result.warnings ?? [],
    };
  }
}

const fallbackOf = <Port>({ fallbackFrom }: Tally, handle: ProviderHandle<Port>): string | null => (fallbackFrom === handle.id ? null : fallbackFrom);

/** Another's answer, as long as this caller waits; undefined when the other one failed, which says nothing about us. */
async function joined(flight: Promise<Served<unknown>>, { signal, deadline }: ChainCaller): Promise<Served<unknown> | undefined> {
  return new Promise((resolve, reject) => {
    const leave = (): void => settle(() => reject(new AppError('canceled', 'The caller gave up.')));
    const timer = setTimeout(() => settle(() => reject(new AppError('timeout', 'The deadline passed.'))), Math.min(deadline - Date.now(), 2 ** 31 - 1));
    const settle = (how: () => void): void => {
      clearTimeout(timer);
      signal.removeEventListener('abort', leave);
      how();
    };
    signal.addEventListener('abort', leave, { once: true });
    flight.then((served) => settle(() => resolve(served)), () => settle(() => resolve(undefined)));
  });
}
