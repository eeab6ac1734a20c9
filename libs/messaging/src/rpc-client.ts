import { Empty, type Msg, type MsgHdrs } from '@nats-io/transport-node';
import {
  AppError, fromWireError, type PartOf, type ReplyOf, type RequestInput, type RpcContract, type StreamContract, type WireError,
} from '@tecnocursos/contracts';
import { contextHeaders, currentContext, HEADER } from './call-context.js';
import type { BusPermissionError } from './bus-errors.js';
import { newInbox, onRefusal, type BusConnection } from './connection.js';
import { PublishBatch } from './publish-batch.js';
import { StreamReader } from './stream-reader.js';

export interface CallOptions {
  /** Milliseconds; the contract's default when absent. Never later than the deadline of the request being served. */
  timeoutMs?: number;
  signal?: AbortSignal;
  /** Overrides the tenant of the current context. */
  tenantId?: string;
}

interface PendingCall {
  readonly subject: string;
  readonly deadline: number;
  heardAt: number;
  /** Ends the call, unless it is a stream that goes on. */
  settle(outcome: Msg | AppError): void;
}

interface Outgoing {
  readonly subject: string;
  readonly body: string;
  readonly headers: MsgHdrs | undefined;
  readonly deadline: number;
  readonly signal: AbortSignal | undefined;
}

/** A server that works on a request says so every second; one that is silent this long is gone. */
const SILENCE_MS = 6_000;
const SWEEP_MS = 100;
const NO_RESPONDERS = 503;
const HEADERS_BYTES = 4_096;
export const STILL_WORKING = 102;

/**
 * Typed requests over one wildcard inbox for the connection and a map of pending ids (an inbox per request costs the
 * broker three times the work in a cluster). Safe to use for requests of minutes: long handlers send signs of life.
 */
export class RpcClient {
  private readonly inbox: string;
  private readonly pending = new Map<string, PendingCall>();
  private readonly sweeper: NodeJS.Timeout;
  private readonly batch: PublishBatch;
  private sequence = 0;

  constructor(
    private readonly connection: BusConnection,
    private readonly silenceMs = SILENCE_MS,
  ) {
    this.inbox = newInbox(connection);
    this.batch = new PublishBatch(connection);
    onRefusal(connection, (error) => this.refuse(error));
    connection.subscribe(`${this.inbox}.>`, { callback: (_error, message) => this.receive(message) });
    this.sweeper = setInterval(() => this.sweep(Date.now()), SWEEP_MS).unref();
  }

  /**
   * @throws AppError with the server's code; `unavailable` when nobody answers the subject or the server went silent (the
   * request may have been carried out), `timeout` at the deadline, `canceled` when the signal aborts; BusPermissionError when the broker
   * does not let this user call it.
   */
  async call<C extends RpcContract>(contract: C, request: RequestInput<C>, options: CallOptions = {}): Promise<ReplyOf<C>> {
    const reply = await this.exchange(this.outgoing(contract, request, options));
    const body: unknown = JSON.parse(reply.string());
    if (reply.headers?.has(HEADER.error)) throw fromWireError(body as WireError);
    return body as ReplyOf<C>;
  }

  /**
   * Parts of a streamed reply as they come. Leaving the loop early, or aborting the signal, stops the server's work.
   * Rejects as `call` does, before or after the first part; a part that was lost on its way is `unavailable`, never left out.
   */
  stream<C extends StreamContract>(contract: C, request: RequestInput<C>, options: CallOptions = {}): AsyncIterableIterator<PartOf<C>> {
    const { subject, body, headers, deadline, signal } = this.outgoing(contract, request, options);
    const token = this.newToken();
    let stopAt: string | undefined;
    const onAbort = (): void => reader.fail(new AppError('canceled', 'The caller gave up.'));
    const reader = new StreamReader<PartOf<C>>(() => {
      signal?.removeEventListener('abort', onAbort);
      if (this.pending.delete(token) && stopAt) this.publishQuietly(stopAt);
    });
    const settle = (outcome: Msg | AppError): void => {
      if (outcome instanceof AppError) return reader.fail(outcome);
      stopAt = outcome.reply; // empty with an error: the server has stopped already
      const content: unknown = JSON.parse(outcome.string());
      if (outcome.headers?.has(HEADER.error)) reader.fail(fromWireError(content as WireError));
      else reader.receive(numberOf(outcome.subject), content as (PartOf<C> | null)[]);
    };
    this.pending.set(token, { subject, deadline, heardAt: Date.now(), settle });
    signal?.addEventListener('abort', onAbort, { once: true });
    if (signal?.aborted) onAbort();
    else this.send(subject, body, headers, token, settle);
    return reader;
  }

  close(): void {
    clearInterval(this.sweeper);
    for (const call of this.pending.values()) call.settle(new AppError('unavailable', 'This process is shutting down.'));
    this.pending.clear();
  }

  /** @throws AppError `payload_too_large`: bytes belong into the storage, and their key on the bus. */
  private encode(subject: string, request: unknown): string {
    const body = JSON.stringify(request);
    const limit = this.connection.info?.max_payload ?? Infinity;
    if (body.length <= limit / 4 || Buffer.byteLength(body) + HEADERS_BYTES <= limit) return body;
    throw new AppError('payload_too_large', `The request to ${subject} is larger than a message of the bus.`);
  }

  /** @throws AppError `timeout` when no time is left, `payload_too_large`. */
  private outgoing(contract: RpcContract | StreamContract, request: unknown, options: CallOptions): Outgoing {
    const context = currentContext();
    const now = Date.now();
    const deadline = Math.min(context?.deadline ?? Infinity, now + (options.timeoutMs ?? contract.timeoutMs));
    const timeoutMs = deadline - now;
    if (timeoutMs < 1) throw new AppError('timeout', `The deadline passed before ${contract.subject} was called.`);
    const tenantId = options.tenantId ?? context?.tenantId;
    const headers = contextHeaders({ ...context, ...(tenantId !== undefined && { tenantId }) }, timeoutMs === contract.timeoutMs ? undefined : timeoutMs);
    return { subject: contract.subject, body: this.encode(contract.subject, request), headers, deadline, signal: options.signal ?? context?.signal };
  }

  private exchange({ subject, body, headers, deadline, signal }: Outgoing): Promise<Msg> {
    if (signal?.aborted) return Promise.reject(new AppError('canceled', 'The caller gave up.'));
    const token = this.newToken();
    return new Promise((resolve, reject) => {
      const onAbort = (): void => settle(new AppError('canceled', 'The caller gave up.'));
      const settle = (outcome: Msg | AppError): void => {
        if (!this.pending.delete(token)) return;
        signal?.removeEventListener('abort', onAbort);
        if (outcome instanceof AppError) reject(outcome);
        else resolve(outcome);
      };
      this.pending.set(token, { subject, deadline, heardAt: Date.now(), settle });
      signal?.addEventListener('abort', onAbort, { once: true });
      this.send(subject, body, headers, token, settle);
    });
  }

  private newToken(): string {
    return (++this.sequence).toString(36);
  }

  private send(subject: string, body: string, headers: MsgHdrs | undefined, token: string, settle: (outcome: AppError) => void): void {
    this.batch.add(subject, body, { reply: `${this.inbox}.${token}`, ...(headers && { headers }) }, (cause) =>
      settle(new AppError('unavailable', 'The message bus is not connected.', { retryAfterS: 1, cause })),
    );
  }

  /** Tells a server that nobody waits; a broker that is away will let it find out by itself. */
  private publishQuietly(subject: string): void {
    if (!this.connection.isClosed()) this.connection.publish(subject, Empty);
  }

  private receive(message: Msg): void {
    const call = this.pending.get(tokenOf(message.subject, this.inbox.length + 1));
    const status = message.headers?.code ?? 0;
    if (!call) {
      if (message.reply) this.publishQuietly(message.reply); // we gave up: tell the server to stop
      return;
    }
    call.heardAt = Date.now();
    if (status === STILL_WORKING) return;
    if (status === NO_RESPONDERS) {
      call.settle(new AppError('unavailable', `Nobody serves ${call.subject} at the moment.`, { retryAfterS: 2 }));
      return;
    }
    call.settle(message);
  }

  private refuse(error: BusPermissionError): void {
    for (const call of this.pending.values()) if (call.subject === error.subject) call.settle(error);
  }

  private sweep(now: number): void {
    for (const call of this.pending.values()) {
      if (now >= call.deadline) call.settle(new AppError('timeout', `${call.subject} did not answer in time.`));
      else if (now - call.heardAt > this.silenceMs) {
        call.settle(new AppError('unavailable', `${call.subject} stopped answering.`, { retryAfterS: 2 }));
      }
    }
  }
}

/** `<inbox>.<token>` of a reply, `<inbox>.<token>.<number>` of a part of a stream. */
function tokenOf(subject: string, start: number): string {
  const end = subject.indexOf('.', start);
  return end === -1 ? subject.slice(start) : subject.slice(start, end);
}

const numberOf = (subject: string): number => Number(subject.slice(subject.lastIndexOf('.') + 1));
