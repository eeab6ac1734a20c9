import { setTimeout as sleep } from 'node:timers/promises';
import { ProviderFailure } from '../failure.js';
import { CircuitOpen } from '../resilience/breaker.js';
import { tierOf } from '../routing/candidate-order.js';
import type { Tally } from './attempt-log.js';
import { BudgetExhausted, type AttemptRunner } from './attempt-runner.js';
import type { Selection } from './candidates.js';
import type { AttemptResult, ChainCall, ChainCaller, StreamCall } from './chain-call.js';
import { exhaustedError, finalError, type Refusal } from './chain-errors.js';
import type { ProviderHandle } from './provider-handle.js';

interface Answer<Port, Value> {
  readonly handle: ProviderHandle<Port>;
  readonly value: Value;
}

type Attempt<Port, Value> = (handle: ProviderHandle<Port>) => Promise<Value>;

const BACKOFF_MS = 200;
const MAX_BACKOFF_MS = 5_000;

/**
 * Asks one candidate after the other. Moving on is the retry: the same provider is asked again only when nobody of its kind is left who could answer, so that a
 * failing vendor costs the caller no pause while another is well, and an engine of lesser quality takes over only after a second try.
 */
export class CandidateLoop<Port> {
  constructor(private readonly runner: AttemptRunner) {}

  run<Value>(selection: Selection<Port>, call: ChainCall<Port, Value>, tally: Tally): Promise<Answer<Port, AttemptResult<Value>>> {
    return this.each(selection, call, tally, async (handle) => {
      const turn = handle.bulkhead.enter(call.caller.signal, call.caller.deadline);
      if (turn) await turn;
      try {
        return await this.withRetries(handle, selection.ordered, call.caller, tally, () => this.runner.run(handle, call, tally));
      } finally {
        handle.bulkhead.release();
      }
    });
  }

  stream<Part>(selection: Selection<Port>, call: StreamCall<Port, Part>, tally: Tally): Promise<Answer<Port, AsyncIterable<Part>>> {
    return this.each(selection, call, tally, async (handle) => {
      const turn = handle.bulkhead.enter(call.caller.signal, call.caller.deadline);
      if (turn) await turn;
      try {
        return await this.withRetries(handle, selection.ordered, call.caller, tally, () => this.runner.stream(handle, call, tally, () => handle.bulkhead.release()));
      } catch (error) {
        handle.bulkhead.release();
        throw error;
      }
    });
  }

  private async each<Value>(
    { ordered, refusals: leftOut }: Selection<Port>, { operation }: { operation: string }, tally: Tally, ask: Attempt<Port, Value>,
  ): Promise<Answer<Port, Value>> {
    const refusals: Refusal[] = [...leftOut];
    const queue = [...ordered];
    for (let handle = takeNext(queue); handle; handle = takeNext(queue)) {
      try {
        return { handle, value: await ask(handle) };
      } catch (error) {
        refusals.push(refusalOf(handle.id, error));
        tally.fallbackFrom ??= handle.id;
      }
    }
    throw exhaustedError(operation, refusals);
  }

  private async withRetries<Value>(
    handle: ProviderHandle<Port>, ordered: readonly ProviderHandle<Port>[], caller: ChainCaller, tally: Tally, attempt: () => Promise<Value>,
  ): Promise<Value> {
    handle.retries.earn();
    for (let retry = 0; ; retry += 1) {
      try {
        return await attempt();
      } catch (error) {
        const pause = retry < handle.knobs.maxRetries ? pauseBefore(retry, error, handle, ordered, caller) : undefined;
        if (pause === undefined || !handle.retries.spend()) throw error;
        await sleep(pause, undefined, { signal: caller.signal }).catch(() => {
          throw new ProviderFailure('canceled', 'The caller gave up.');
        });
      }
    }
  }
}

/** Who began to rest since the order was made lets the next of its kind go first. */
function takeNext<Port>(queue: ProviderHandle<Port>[]): ProviderHandle<Port> | undefined {
  const [first] = queue;
  const now = Date.now();
  if (!first?.isResting(now)) return queue.shift();
  const better = queue.findIndex((other) => tierOf(other) === tierOf(first) && !other.isResting(now));
  return queue.splice(Math.max(0, better), 1)[0];
}

/** Milliseconds before the same provider is asked again; undefined when it is not. */
function pauseBefore<Port>(
  retry: number, error: unknown, handle: ProviderHandle<Port>, ordered: readonly ProviderHandle<Port>[], caller: ChainCaller,
): number | undefined {
  if (!(error instanceof ProviderFailure) || !error.rule.retry) return undefined;
  const now = Date.now();
  const rest = ordered.slice(ordered.indexOf(handle) + 1);
  if (rest.some((other) => tierOf(other) <= tierOf(handle) && !other.isResting(now))) return undefined;
  const jitter = Math.random() * Math.min(MAX_BACKOFF_MS, BACKOFF_MS * 2 ** retry);
  const pause = error.retryAfterMs ?? jitter;
  return now + pause < caller.deadline ? pause : undefined;
}

/** Rethrows what ends the request: our own errors, and failures that nobody else could do better. */
function refusalOf(provider: string, error: unknown): Refusal {
  if (error instanceof CircuitOpen) return { provider, reason: 'resting', retryAfterMs: error.retryAfterMs };
  if (error instanceof BudgetExhausted) return { provider, reason: 'budget' };
  if (!(error instanceof ProviderFailure)) throw error;
  if (!error.rule.moveOn) throw finalError(error);
  return { provider, reason: 'failed', failure: error };
}
