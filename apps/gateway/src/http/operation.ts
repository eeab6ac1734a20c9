import type { StreamableFile } from '@nestjs/common';
import type { Readable } from 'node:stream';
import type { ErrorCode, Permission } from '@tecnocursos/contracts';
import type { z } from 'zod';

export interface SuccessDefinition {
  status: 200 | 202 | 204;
  description: string;
  /** Of a JSON answer. */
  schema?: z.ZodType;
  /** Of an answer that is not JSON. */
  contentType?: string;
  /** What comes in place of the JSON answer when the caller asks for a stream. */
  stream?: { contentType: string; description: string };
  /** Comes with status 503 and the same body: the answer is that something is not well. */
  unwell?: string;
  /** Response headers by name, with what they mean. */
  headers?: Readonly<Record<string, string>>;
  example?: unknown;
}

/**
 * Who may call an operation. `permission`: who has it, by role or by the scopes of an API key. `public`: everybody. `account`: every signed-in account, for what is
 * its own; API keys are refused. An operation that says neither stops the start.
 */
export type OperationAccess = { permission: Permission; access?: undefined } | { access: 'public' | 'account'; permission?: undefined };

interface OperationShape {
  /** `operationId` of the OpenAPI document. */
  id: string;
  method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  /** With parameters in braces: `/api/courses/{course_id}`; a name that ends in `*` takes the rest of the path. */
  path: `/${string}`;
  tag: string;
  summary: string;
  description?: string;
  /** `sensitive`: passwords, codes and links are tried here, so an address may call it less often than others. */
  exposure?: 'sensitive';
  params?: z.ZodObject;
  query?: z.ZodObject;
  /** Request headers in lower case that the operation reads. */
  headers?: z.ZodObject;
  body?: z.ZodType;
  /** Form fields beside the part `file` of a multipart body; the handler reads it itself. */
  form?: z.ZodObject;
  /** The body may also come as `application/x-www-form-urlencoded`, from a vendor that calls so. */
  urlEncoded?: true;
  requestExample?: unknown;
  success: SuccessDefinition;
  /** Codes beside those that every operation answers with. */
  errors?: readonly ErrorCode[];
  /** Milliseconds that the whole operation may take. */
  deadlineMs?: number;
}

/** One public HTTP operation: its schemas both check requests and make the OpenAPI document. */
export type OperationDefinition = OperationShape & OperationAccess;

export const isPublic = ({ access }: OperationDefinition): boolean => access === 'public';

export const defineOperation = <const D extends OperationDefinition>(definition: D): D => definition;

type Parsed<D, Part extends string> = D extends { [K in Part]: infer S extends z.ZodType } ? z.output<S> : undefined;

/** What the handler of an operation receives; `body` is absent when the request is a multipart form. */
export interface InputOf<D extends OperationDefinition> {
  params: Parsed<D, 'params'>;
  query: Parsed<D, 'query'>;
  headers: Parsed<D, 'headers'>;
  body: D extends { form: z.ZodType } ? Parsed<D, 'body'> | undefined : Parsed<D, 'body'>;
}

type JsonOf<D extends OperationDefinition> = D['success'] extends { schema: infer S extends z.ZodType } ? z.input<S> : unknown;
export type SuccessOf<D extends OperationDefinition> = D['success'] extends { stream: object } ? JsonOf<D> | Readable | StreamableFile : JsonOf<D>;
