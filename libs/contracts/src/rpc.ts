import type { z } from 'zod';
import { AppError, type ErrorCode, type FieldIssue } from './errors.js';

/** A request/reply operation on the bus. The subject is `<domain>.<entity>.<verb>.v<major>`. */
export interface RpcContract<Request extends z.ZodType = z.ZodType, Reply extends z.ZodType = z.ZodType> {
  readonly kind: 'rpc';
  readonly subject: string;
  readonly summary: string;
  readonly request: Request;
  readonly reply: Reply;
  /** Default deadline of a call, in milliseconds, when the caller has none of its own. */
  readonly timeoutMs: number;
  /** `required`: the call is refused without a tenant in its headers. */
  readonly tenant: 'required' | 'none';
  /** Codes that this operation answers with, besides `invalid_request`, `internal`, `unavailable` and `timeout`. */
  readonly errors: readonly ErrorCode[];
}

export interface RpcDefinition<Request extends z.ZodType, Reply extends z.ZodType> {
  summary: string;
  request: Request;
  reply: Reply;
  timeoutMs?: number;
  tenant?: 'required' | 'none';
  errors?: readonly ErrorCode[];
}

export function defineRpc<Request extends z.ZodType, Reply extends z.ZodType>(
  subject: `${string}.${string}.${string}.v${number}`,
  definition: RpcDefinition<Request, Reply>,
): RpcContract<Request, Reply> {
  return { kind: 'rpc', subject, timeoutMs: 5_000, tenant: 'required', errors: [], ...definition };
}

/** A request that is answered by a sequence of parts, in order, each of them useful at once. */
export interface StreamContract<Request extends z.ZodType = z.ZodType, Part extends z.ZodType = z.ZodType> {
  readonly kind: 'stream';
  readonly subject: string;
  readonly summary: string;
  readonly request: Request;
  readonly part: Part;
  /** Default deadline of the whole stream, in milliseconds. */
  readonly timeoutMs: number;
  readonly tenant: 'required' | 'none';
  /** Codes that it ends with, before or after the first part. */
  readonly errors: readonly ErrorCode[];
}

export function defineStream<Request extends z.ZodType, Part extends z.ZodType>(
  subject: `${string}.${string}.${string}.v${number}`,
  definition: Omit<RpcDefinition<Request, Part>, 'reply'> & { part: Part },
): StreamContract<Request, Part> {
  return { kind: 'stream', subject, timeoutMs: 300_000, tenant: 'required', errors: [], ...definition };
}

/** A fact that a service announces on `events.<domain>.<entity>.<past-tense>.v<major>`. */
export interface EventContract<Payload extends z.ZodType = z.ZodType> {
  readonly kind: 'event';
  readonly subject: string;
  readonly summary: string;
  readonly payload: Payload;
}

export function defineEvent<Payload extends z.ZodType>(
  subject: `events.${string}.${string}.${string}.v${number}`,
  definition: { summary: string; payload: Payload },
): EventContract<Payload> {
  return { kind: 'event', subject, ...definition };
}

/** A durable unit of work on JetStream, on `jobs.<domain>.<entity>.<verb>.v<major>`. */
export interface JobContract<Payload extends z.ZodType = z.ZodType> {
  readonly kind: 'job';
  readonly subject: string;
  readonly summary: string;
  readonly payload: Payload;
}

export function defineJob<Payload extends z.ZodType>(
  subject: `jobs.${string}.${string}.${string}.v${number}`,
  definition: { summary: string; payload: Payload },
): JobContract<Payload> {
  return { kind: 'job', subject, ...definition };
}

/** What a caller may pass, and what a handler receives after defaults were filled in. */
export type RequestInput<C extends RpcContract | StreamContract> = z.input<C['request']>;
export type RequestOf<C extends RpcContract | StreamContract> = z.output<C['request']>;
export type PartOf<C extends StreamContract> = z.output<C['part']>;
export type PartInput<C extends StreamContract> = z.input<C['part']>;
export type ReplyInput<C extends RpcContract> = z.input<C['reply']>;
export type ReplyOf<C extends RpcContract> = z.output<C['reply']>;

/** Parses untrusted input, or throws `invalid_request` that names each field at fault. */
export function parseOrThrow<S extends z.ZodType>(schema: S, input: unknown): z.output<S> {
  const result = schema.safeParse(input);
  if (result.success) return result.data;
  const issues = result.error.issues.flatMap(toFieldIssues);
  const first = issues[0];
  throw new AppError('invalid_request', first ? `${first.field}: ${first.message}` : 'The request is not valid.', { issues });
}

function toFieldIssues(issue: z.core.$ZodIssue): FieldIssue[] {
  const path = issue.path.map(String);
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((key) => ({ field: [...path, key].join('.'), message: 'Unknown field; remove it.' }));
  }
  return [{ field: path.join('.') || '(body)', message: issue.message }];
}
