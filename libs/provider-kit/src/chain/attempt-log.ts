import { AppError, newId, type AttemptOutcome, type IntegrationDomain } from '@tecnocursos/contracts';
import type { BudgetReservation } from '../budget.port.js';
import { ProviderFailure } from '../failure.js';
import type { UsageLedger } from '../ledger.port.js';
import { CircuitOpen } from '../resilience/breaker.js';
import type { ChainCaller, StreamEnd } from './chain-call.js';
import type { ProviderHandle } from './provider-handle.js';

/** What a request's attempts came to so far. */
export interface Tally {
  /** Shared by all attempts at this one call. */
  readonly callId: string;
  attempts: number;
  costMicros: number;
  vendorMs: number;
  /** Milliseconds until the first part of a stream, which is not over yet. */
  firstPartMs: number;
  /** The first provider that failed. */
  fallbackFrom: string | null;
}

export const newTally = (): Tally => ({ callId: newId(), attempts: 0, costMicros: 0, vendorMs: 0, firstPartMs: 0, fallbackFrom: null });

export interface AttemptSubject<Port> {
  readonly handle: ProviderHandle<Port>;
  readonly operation: string;
  readonly caller: ChainCaller;
  /** The model that was to answer, for attempts that do not say which one did. */
  readonly model: string;
  readonly reservation: BudgetReservation;
  readonly tally: Tally;
}

const NOTHING: StreamEnd = { usage: {}, model: null };

/** The end of one attempt: told once to the budget, the statistics of its provider, the request's tally and the ledger. */
export class AttemptLog<Port> {
  private readonly startedAt = Date.now();
  private readonly started = performance.now();
  private ended = false;

  constructor(
    private readonly domain: IntegrationDomain,
    private readonly ledger: UsageLedger,
    private readonly subject: AttemptSubject<Port>,
  ) {}

  succeed(end: StreamEnd): void {
    if (this.ended) return;
    const { handle, operation } = this.subject;
    handle.succeeded(operation, this.elapsed(), Date.now());
    this.end('ok', end);
  }

  /** The caller left; what was made until then is paid for. */
  leave(end: StreamEnd): void {
    this.end('canceled', end);
  }

  /** @param usage what the vendor bills, when the failure does not say. */
  fail(error: unknown, usage: StreamEnd = NOTHING): void {
    if (this.ended) return;
    if (error instanceof CircuitOpen) {
      this.ended = true;
      this.subject.reservation.settle(0);
      return;
    }
    if (error instanceof ProviderFailure) {
      this.subject.handle.failed(error, Date.now());
      this.end(error.kind, { usage: error.usage ?? usage.usage, model: error.model ?? usage.model });
    } else this.end(error instanceof AppError && error.code === 'timeout' ? 'timeout' : 'canceled', usage);
  }

  private elapsed(): number {
    return performance.now() - this.started;
  }

  private end(outcome: AttemptOutcome, end: StreamEnd): void {
    if (this.ended) return;
    this.ended = true;
    const { handle, operation, caller, tally, reservation } = this.subject;
    const { prices } = handle.definition;
    const model = end.model ?? this.subject.model;
    const costMicros = prices.cost(prices.has(model) ? model : this.subject.model, end.usage);
    const elapsed = this.elapsed();
    reservation.settle(costMicros);
    tally.attempts += 1;
    tally.costMicros += costMicros;
    tally.vendorMs += elapsed;
    this.ledger.record({
      id: newId(), tenant_id: caller.tenantId, request_id: caller.requestId, call_id: tally.callId, domain: this.domain, operation, provider: handle.id, model, outcome,
      started_at: new Date(this.startedAt).toISOString(), latency_ms: Math.round(elapsed * 100) / 100, usage: end.usage, cost_micros: costMicros,
      simulated: handle.isSimulated, fallback_from: tally.fallbackFrom === handle.id ? null : tally.fallbackFrom, attempt: tally.attempts,
    });
  }
}
