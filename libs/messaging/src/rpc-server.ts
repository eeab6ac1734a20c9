import { randomUUID } from 'node:crypto';
import { headers as createHeaders, type Msg, type PublishOptions, type Subscription } from '@nats-io/transport-node';
import { Ctx, MessagePattern, Payload, Server, type CustomTransportStrategy, type MessageHandler } from '@nestjs/microservices';
import {
  AppError, parseOrThrow, toWireError, type PartInput, type ReplyInput, type RequestOf, type RpcContract, type StreamContract, type WireError,
} from '@tecnocursos/contracts';
import { isObservable, lastValueFrom } from 'rxjs';
import type { z } from 'zod';
import { type CallContext, HEADER, runInContext } from './call-context.js';
import { newInbox, type BusConnection } from './connection.js';
import { PublishBatch, type MessageBody } from './publish-batch.js';
import { PartsMessage } from './parts-message.js';
import { STILL_WORKING } from './rpc-client.js';

/** Marks a controller's method as the handler of a contract. Requests are parsed before it runs, replies after. */
export function RpcHandler<C extends RpcContract>(contract: C) {
  return <M extends (request: RequestOf<C>, context: CallContext) => Promise<ReplyInput<C>>>(
    target: object, key: string | symbol, descriptor: TypedPropertyDescriptor<M>,
  ): void => {
    Payload()(target, key, 0);
    Ctx()(target, key, 1);
    MessagePattern(contract.subject, { contract })(target, key, descriptor);
  };
}

/** As `RpcHandler`, for a method that answers by a sequence of parts. Each is parsed before it is sent. */
export function StreamHandler<C extends StreamContract>(contract: C) {
  return <M extends (request: RequestOf<C>, context: CallContext) => Promise<AsyncIterable<PartInput<C>>>>(
    target: object, key: string | symbol, descriptor: TypedPropertyDescriptor<M>,
  ): void => {
    Payload()(target, key, 0);
    Ctx()(target, key, 1);
    MessagePattern(contract.subject, { contract })(target, key, descriptor);
  };
}

export interface RpcServerOptions {
  /** Queue group: replicas of one service share it. */
  queue: string;
  /** Longest that `close` waits for requests in flight, in milliseconds. */
  drainMs?: number;
  /** How often callers hear that their request is being worked on, in milliseconds. */
  signOfLifeMs?: number;
  onError?: (error: unknown, subject: string, context: CallContext) => void;
  onHandled?: (subject: string, elapsedMs: number, code: string) => void;
}

/** A request being served. Most handlers never look at the signal, so it is made when one does. */
class ServedRequest implements CallContext {
  private controller: AbortController | undefined;
  readonly tenantId: string;
  readonly requestId: string;
  readonly deadline: number;
  declare readonly idempotencyKey?: string;
  declare readonly mode?: 'test';

  constructor(readonly message: Msg, contract: RpcContract | StreamContract) {
    const headers = message.headers;
    const timeoutMs = Number(headers?.get(HEADER.timeoutMs) || contract.timeoutMs);
    const idempotencyKey = headers?.get(HEADER.idempotencyKey);
    this.tenantId = headers?.get(HEADER.tenant) ?? '';
    this.requestId = headers?.get(HEADER.requestId) || randomUUID();
    this.deadline = Date.now() + (Number.isFinite(timeoutMs) ? timeoutMs : contract.timeoutMs);
    if (idempotencyKey) this.idempotencyKey = idempotencyKey;
    if (headers?.get(HEADER.mode) === 'test') this.mode = 'test';
  }

  get signal(): AbortSignal {
    this.controller ??= new AbortController();
    return this.controller.signal;
  }

  abort(reason?: AppError): void {
    this.controller ??= new AbortController();
    this.controller.abort(reason);
  }
}

const SIGN_OF_LIFE_MS = 1_000;

/**
 * Nest's side of the bus, where the stock transport falls short: the handler is found by the plain subject (no JSON.parse
 * that throws), deadline and tenant come with the request, errors keep their code, and `close` loses no request.
 */
export class RpcServer extends Server implements CustomTransportStrategy {
  private readonly inFlight = new Map<string, ServedRequest>();
  private readonly cancelInbox: string;
  private subscriptions: Subscription[] = [];
  private ticker: NodeJS.Timeout | undefined;
  private sequence = 0;
  private readonly batch: PublishBatch;

  constructor(
    private readonly connection: BusConnection,
    private readonly options: RpcServerOptions,
  ) {
    super();
    this.cancelInbox = newInbox(connection);
    this.batch = new PublishBatch(connection);
  }

  listen(callback: (error?: unknown) => void): void {
    for (const [subject, handler] of this.messageHandlers) this.subscribe(subject, handler);
    this.subscriptions.push(
      this.connection.subscribe(`${this.cancelInbox}.*`, {
        callback: (_error, message) => this.inFlight.get(message.subject.slice(this.cancelInbox.length + 1))?.abort(),
      }),
    );
    this.ticker = setInterval(() => this.tick(Date.now()), this.options.signOfLifeMs ?? SIGN_OF_LIFE_MS).unref();
    this.connection.flush().then(() => callback(), callback);
  }

  /** Takes no more requests, answers those under way (up to `drainMs`), and leaves the connection open and flushed. */
  async close(): Promise<void> {
    await Promise.allSettled(this.subscriptions.map((subscription) => subscription.drain()));
    const end = Date.now() + (this.options.drainMs ?? 10_000);
    while (this.inFlight.size > 0 && Date.now() < end) await new Promise((resolve) => setTimeout(resolve, 5));
    for (const served of this.inFlight.values()) served.abort();
    clearInterval(this.ticker);
    this.batch.send();
    if (!this.connection.isClosed()) await this.connection.flush().catch(() => undefined); // a broker that is away hears nothing
  }

  on(): never {
    throw new Error('RpcServer has no events');
  }

  unwrap<T>(): T {
    return this.connection as T;
  }

  private subscribe(subject: string, handler: MessageHandler): void {
    const contract = (handler.extras as { contract?: RpcContract | StreamContract } | undefined)?.contract;
    if (!contract) throw new Error(`The handler of ${subject} has no contract: use @RpcHandler`);
    this.subscriptions.push(
      this.connection.subscribe(subject, {
        queue: this.options.queue,
        callback: (error, message) => {
          if (!error) void this.serve(contract, handler, message);
        },
      }),
    );
  }

  private async serve(contract: RpcContract | StreamContract, handler: MessageHandler, message: Msg): Promise<void> {
    const started = performance.now();
    const id = (++this.sequence).toString(36);
    const context = new ServedRequest(message, contract);
    this.inFlight.set(id, context);
    try {
      if (contract.kind === 'stream') await runInContext(context, () => this.sendParts(contract, handler, context, id));
      else this.reply(message, await runInContext(context, () => answer(contract, handler, message, context)));
      this.options.onHandled?.(contract.subject, performance.now() - started, 'ok');
    } catch (error) {
      const wire = toWireError(error);
      this.refuse(message, wire);
      if (!(error instanceof AppError) || error.status >= 500) this.options.onError?.(error, contract.subject, context);
      this.options.onHandled?.(contract.subject, performance.now() - started, wire.code);
    } finally {
      this.inFlight.delete(id);
    }
  }

  /**
   * Numbered messages, so that a lost one is noticed; each says where to ask for the end of it. Parts that are there in the same turn of the event loop travel
   * together, and a null after the last one is the end.
   */
  private async sendParts(contract: StreamContract, handler: MessageHandler, context: ServedRequest, id: string): Promise<void> {
    const { reply: inbox } = context.message;
    const stopAt = `${this.cancelInbox}.${id}`;
    let number = 0;
    let open: PartsMessage | undefined;
    const send = (part: unknown): void => {
      if (!inbox || open?.add(part)) return;
      const message = (open = new PartsMessage(part));
      this.publish(`${inbox}.${number++}`, () => message.take(), { reply: stopAt });
    };
    const parts = (await invoke(contract, handler, context.message, context)) as AsyncIterable<unknown>;
    for await (const part of parts) {
      if (context.signal.aborted) break;
      send(checked(contract.part, part, contract.subject));
    }
    if (context.signal.aborted) throw context.signal.reason instanceof AppError ? context.signal.reason : new AppError('canceled', 'The caller gave up.');
    send(null);
  }

  private refuse(message: Msg, wire: WireError): void {
    const headers = createHeaders();
    headers.set(HEADER.error, wire.code);
    this.reply(message, JSON.stringify(wire), { headers });
  }

  private reply(message: Msg, body: string, options?: PublishOptions): void {
    if (message.reply) this.publish(message.reply, body, options);
  }

  /** Best effort: the connection may be what is broken, and then the caller learns it by our silence. */
  private publish(subject: string, body: MessageBody, options?: PublishOptions): void {
    this.batch.add(subject, body, options, (error) => this.logger.warn(`A reply could not be sent: ${String(error)}`));
  }

  /** Signs of life for callers that wait, and the end of work nobody waits for. */
  private tick(now: number): void {
    for (const [id, served] of this.inFlight) {
      if (now > served.deadline) served.abort(new AppError('timeout', 'The deadline passed.'));
      else if (served.message.reply) {
        this.publish(served.message.reply, undefined, { headers: createHeaders(STILL_WORKING, 'Working'), reply: `${this.cancelInbox}.${id}` });
      }
    }
  }
}

async function answer(contract: RpcContract, handler: MessageHandler, message: Msg, context: CallContext): Promise<string> {
  return JSON.stringify(checked(contract.reply, await invoke(contract, handler, message, context), contract.subject));
}

async function invoke(contract: RpcContract | StreamContract, handler: MessageHandler, message: Msg, context: CallContext): Promise<unknown> {
  if (contract.tenant === 'required' && context.tenantId === '') {
    throw new AppError('invalid_request', `${contract.subject} needs the header ${HEADER.tenant}.`, {
      issues: [{ field: HEADER.tenant, message: 'Set it to the id of the tenant.' }],
    });
  }
  const request = parseOrThrow(contract.request, parseJson(message));
  const result: unknown = await handler(request, context);
  return isObservable(result) ? lastValueFrom(result) : result;
}

function checked(schema: z.ZodType, value: unknown, subject: string): unknown {
  const parsed = schema.safeParse(value);
  if (!parsed.success) throw new Error(`${subject} answered against its contract: ${parsed.error.message}`);
  return parsed.data;
}

function parseJson(message: Msg): unknown {
  try {
    return JSON.parse(message.string());
  } catch {
    throw new AppError('invalid_request', 'The request is not JSON.', { issues: [{ field: '(body)', message: 'Send one JSON value in UTF-8.' }] });
  }
}
