import { AppError, type IntegrationDomain } from '@tecnocursos/contracts';
import type { BudgetKeeper, BudgetReservation } from '../budget.port.js';
import { ProviderFailure } from '../failure.js';
import type { UsageLedger } from '../ledger.port.js';
import { TimeLimit } from '../resilience/time-limit.js';
import { AttemptLog, type Tally } from './attempt-log.js';
import type { AttemptResult, ChainCall, StreamCall } from './chain-call.js';
import { endedError } from './chain-errors.js';
import { GuardedStream } from './guarded-stream.js';
import type { ProviderHandle } from './provider-handle.js';

/** A budget has too little left for the attempt: the provider was not asked. */
export class BudgetExhausted extends Error {}

export interface RunnerParts {
  readonly domain: IntegrationDomain;
  readonly budgets: BudgetKeeper;
  readonly ledger: UsageLedger;
}

type AnyCall<Port> = Pick<ChainCall<Port, unknown>, 'operation' | 'caller' | 'estimate'>;

const NO_RESERVATION: BudgetReservation = { settle: () => undefined };

/** One attempt at one provider: `rate limit → budget → breaker → timeout → adapter → usage → price → ledger`. */
export class AttemptRunner {
  constructor(private readonly parts: RunnerParts) {}

  /** @throws ProviderFailure, CircuitOpen, BudgetExhausted, or AppError `timeout` when the deadline passed. */
  async run<Port, Value>(handle: ProviderHandle<Port>, call: ChainCall<Port, Value>, tally: Tally): Promise<AttemptResult<Value>> {
    const log = await this.open(handle, call, tally);
    const limit = new TimeLimit(call.caller.signal, call.caller.deadline);
    const context = { provider: handle.info, signal: limit.signal };
    try {
      const result = await handle.breaker.execute(() => limit.run(handle.knobs.timeoutMs, () => translated(handle, () => call.attempt(handle.port, context))));
      log.succeed(result);
      return result;
    } catch (error) {
      log.fail(error);
      throw error;
    } finally {
      limit.close();
    }
  }

  /** Begins a stream and waits for its first part; errors as in `run`. `release` is called when the stream is over, or failed to begin. */
  async stream<Port, Part>(handle: ProviderHandle<Port>, call: StreamCall<Port, Part>, tally: Tally, release: () => void): Promise<AsyncIterable<Part>> {
    const log = await this.open(handle, call, tally);
    const limit = new TimeLimit(call.caller.signal, call.caller.deadline);
    try {
      const parts = call.attempt(handle.port, { provider: handle.info, signal: limit.signal })[Symbol.asyncIterator]();
      const next = (): Promise<IteratorResult<Part>> => translated(handle, () => parts.next());
      const started = performance.now();
      const first = await handle.breaker.execute(() => limit.run(handle.knobs.timeoutMs, async () => notEmpty(await next())));
      tally.firstPartMs = performance.now() - started;
      return new GuardedStream({
        first, next, limit, log, release, toError: (error) => endedError(handle.id, call.operation, error), signal: call.caller.signal, idleMs: handle.knobs.streamIdleTimeoutMs, endOf: (part) => call.endOf(part),
        estimate: () => call.estimate(handle.port, handle.info),
      });
    } catch (error) {
      limit.abort();
      limit.close();
      log.fail(error);
      throw error;
    }
  }

  private async open<Port>(handle: ProviderHandle<Port>, call: AnyCall<Port>, tally: Tally): Promise<AttemptLog<Port>> {
    const { operation, caller } = call;
    const { model, usage } = call.estimate(handle.port, handle.info);
    if (!handle.rateLimit.isUnlimited) await takeRate(handle, (usage.input_tokens ?? 0) + (usage.output_tokens ?? 0) + (usage.characters ?? 0));
    handle.began(Date.now());
    const claims = handle.claimsOf(caller.tenantId);
    let reservation: BudgetReservation | undefined = NO_RESERVATION;
    if (claims.length > 0) {
      const reserved = this.parts.budgets.reserve(claims, handle.definition.prices.cost(model, usage));
      reservation = reserved instanceof Promise ? await reserved : reserved;
    }
    if (!reservation) throw new BudgetExhausted();
    return new AttemptLog(this.parts.domain, this.parts.ledger, { handle, operation, caller, model, reservation, tally });
  }
}

async function takeRate<Port>(handle: ProviderHandle<Port>, tokens: number): Promise<void> {
  const waitMs = await handle.rateLimit.take('all', tokens);
  if (waitMs > 0) throw new ProviderFailure('rate_limited', `The rate limit that is set for ${handle.definition.title} is reached.`, { retryAfterMs: waitMs });
}

async function translated<Port, T>(handle: ProviderHandle<Port>, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw error instanceof AppError ? error : handle.failureOf(error, Date.now());
  }
}

function notEmpty<Part>({ done, value }: IteratorResult<Part>): Part {
  if (done) throw new ProviderFailure('malformed', 'The stream is empty.');
  return value;
}
