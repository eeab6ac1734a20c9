import type { Usage } from '@tecnocursos/contracts';
import { ProviderFailure } from '../failure.js';
import type { TimeLimit } from '../resilience/time-limit.js';
import type { AttemptLog } from './attempt-log.js';
import type { StreamEnd } from './chain-call.js';

export interface GuardedStreamParts<Port, Part> {
  readonly first: Part;
  readonly next: () => Promise<IteratorResult<Part>>;
  readonly limit: TimeLimit;
  readonly log: AttemptLog<Port>;
  readonly release: () => void;
  /** What a failure becomes for the reader. */
  readonly toError: (error: unknown) => unknown;
  /** Of the caller. */
  readonly signal: AbortSignal;
  /** Milliseconds between two parts. */
  readonly idleMs: number;
  readonly endOf: (part: Part) => StreamEnd | undefined;
  readonly estimate: () => { readonly model: string; readonly usage: Usage };
}

/**
 * The parts of a vendor's stream after the first has come: none may be waited for too long, and however it ends, by its last part, an error, a reader that
 * leaves or a caller that gives up before reading, it is told to the ledger once and its place is given back.
 */
export class GuardedStream<Port, Part> implements AsyncIterableIterator<Part> {
  private pendingFirst = true;
  private over = false;
  private parts = 0;
  private end: StreamEnd | undefined;
  private readonly onAbort = (): void => this.finish(() => this.stream.log.leave(this.soFar()));

  constructor(private readonly stream: GuardedStreamParts<Port, Part>) {
    if (stream.signal.aborted) this.onAbort();
    else stream.signal.addEventListener('abort', this.onAbort, { once: true });
  }

  [Symbol.asyncIterator](): this {
    return this;
  }

  async next(): Promise<IteratorResult<Part>> {
    if (this.over) return { done: true, value: undefined };
    try {
      const result = await this.pull();
      if (!result.done) return this.take(result.value);
      if (!this.end) throw new ProviderFailure('malformed', 'The stream ended without saying so.', { usage: this.soFar().usage });
      const { end } = this;
      this.finish(() => this.stream.log.succeed(end), 'exhausted');
      return result;
    } catch (error) {
      this.finish(() => this.stream.log.fail(error, this.soFar()));
      throw this.stream.toError(error);
    }
  }

  async return(): Promise<IteratorResult<Part>> {
    const { end } = this;
    this.finish(() => (end ? this.stream.log.succeed(end) : this.stream.log.leave(this.soFar())));
    return { done: true, value: undefined };
  }

  private pull(): Promise<IteratorResult<Part>> {
    if (!this.pendingFirst) return this.stream.limit.run(this.stream.idleMs, this.stream.next);
    this.pendingFirst = false;
    return Promise.resolve({ done: false, value: this.stream.first });
  }

  private take(value: Part): IteratorResult<Part> {
    this.parts += 1;
    this.end = this.stream.endOf(value) ?? this.end;
    return { done: false, value };
  }

  /** What was written until now costs about a token a part; vendors do not tell before the end. */
  private soFar(): StreamEnd {
    if (this.end) return this.end;
    const { model, usage } = this.stream.estimate();
    return { model, usage: { ...usage, output_tokens: this.parts } };
  }

  private finish(tell: () => void, source: 'exhausted' | 'left' = 'left'): void {
    if (this.over) return;
    this.over = true;
    this.stream.signal.removeEventListener('abort', this.onAbort);
    tell();
    if (source === 'left') this.stream.limit.abort();
    this.stream.limit.close();
    this.stream.release();
  }
}
