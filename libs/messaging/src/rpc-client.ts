import { Empty, nuid, type Msg, type MsgHdrs } from '@nats-io/transport-node';
import {
  AppError, fromWireError, type ReplyOf, type RequestInput, type RpcContract, type WireError,
} from '@tecnocursos/contracts';
import { contextHeaders, currentContext, HEADER } from './call-context.js';
import type { BusConnection } from './connection.js';

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
  settle(outcome: Msg | AppError): void;
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
  private readonly inbox = `_INBOX.${nuid.next()}`;
  private readonly pending = new Map<string, PendingCall>();
  private readonly sweeper: NodeJS.Timeout;
  private sequence = 0;

  constructor(
    private readonly connection: BusConnection,
    private readonly silenceMs = SILENCE_MS,
  ) {
    connection.subscribe(`${this.inbox}.*`, { callback: (_error, message) => this.receive(message) });
    this.sweeper = setInterval(() => this.sweep(Date.now()), SWEEP_MS).unref();
  }

  /**
   * @throws AppError with the server's code; `unavailable` when nobody answers the subject or the server went silent (the
   * request may have been carried out), `timeout` at the deadline, `canceled` when the signal aborts.
   */
  async call<C extends RpcContract>(contract: C, request: RequestInput<C>, options: CallOptions = {}): Promise<ReplyOf<C>> {
    const context = currentContext();
    const now = Date.now();
    const deadline = Math.min(context?.deadline ?? Infinity, now + (options.timeoutMs ?? contract.timeoutMs));
    if (deadline - now < 1) throw new AppError('timeout', `The deadline passed before ${contract.subject} was called.`);
    const tenantId = options.tenantId ?? context?.tenantId;
    const timeoutMs = deadline - now;
    const headers = contextHeaders({ ...context, ...(tenantId !== undefined && { tenantId }) }, timeoutMs === contract.timeoutMs ? undefined : timeoutMs);
    const reply = await this.exchange(contract.subject, this.encode(contract, request), headers, deadline, options.signal ?? context?.signal);
    const body: unknown = JSON.parse(reply.string());
    if (reply.headers?.has(HEADER.error)) throw fromWireError(body as WireError);
    return body as ReplyOf<C>;
  }

  close(): void {
    clearInterval(this.sweeper);
    for (const call of this.pending.values()) call.settle(new AppError('unavailable', 'This process is shutting down.'));
    this.pending.clear();
  }

  /** @throws AppError `payload_too_large`: bytes belong into the storage, and their key on the bus. */
  private encode(contract: RpcContract, request: unknown): string {
    const body = JSON.stringify(request);
    const limit = this.connection.info?.max_payload ?? Infinity;
    if (body.length <= limit / 4 || Buffer.byteLength(body) + HEADERS_BYTES <= limit) return body;
    throw new AppError('payload_too_large', `The request to ${contract.subject} is larger than a message of the bus.`);
  }

  private exchange(
    subject: string, body: string, headers: MsgHdrs | undefined, deadline: number, signal?: AbortSignal,
  ): Promise<Msg> {
    if (signal?.aborted) return Promise.reject(new AppError('canceled', 'The caller gave up.'));
    const token = (++this.sequence).toString(36);
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
      try {
        this.connection.publish(subject, body, { reply: `${this.inbox}.${token}`, ...(headers && { headers }) });
      } catch (cause) {
        settle(new AppError('unavailable', 'The message bus is not connected.', { retryAfterS: 1, cause }));
      }
    });
  }

  private receive(message: Msg): void {
    const call = this.pending.get(message.subject.slice(this.inbox.length + 1));
    const status = message.headers?.code ?? 0;
    if (status === STILL_WORKING) {
      if (call) call.heardAt = Date.now();
      else if (message.reply) this.connection.publish(message.reply, Empty); // we gave up: tell the server to stop
      return;
    }
    if (!call) return;
    if (status === NO_RESPONDERS) {
      call.settle(new AppError('unavailable', `Nobody serves ${call.subject} at the moment.`, { retryAfterS: 2 }));
      return;
    }
    call.settle(message);
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
