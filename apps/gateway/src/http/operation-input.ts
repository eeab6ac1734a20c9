import { AppError, parseOrThrow } from '@tecnocursos/contracts';
import type { FastifyRequest } from 'fastify';
import { z } from 'zod';
import { isPublic, type InputOf, type OperationDefinition } from './operation.js';

const NOTHING = z.strictObject({});

/** Reads a request by its operation's schemas, or throws `invalid_request` that names each field at fault. */
export function inputReader<D extends OperationDefinition>(definition: D): (request: FastifyRequest) => InputOf<D> {
  const { params, headers, body, form } = definition;
  // Open routes take any query: probes and browsers add what they like.
  const query = definition.query ?? (isPublic(definition) ? undefined : NOTHING);
  return (request) => ({
    params: params && parseOrThrow(params, request.params),
    query: query && parseOrThrow(query, request.query),
    headers: headers && parseOrThrow(headers, request.headers),
    body: request.isMultipart() ? refuseUnless(form) : parseBody(body, request.body),
  }) as InputOf<D>;
}

function refuseUnless(form: z.ZodObject | undefined): undefined {
  if (!form) throw new AppError('unsupported_media_type', 'This operation takes no form. Send application/json.');
}

function parseBody(schema: z.ZodType | undefined, given: unknown): unknown {
  if (schema) return parseOrThrow(schema, given);
  if (given !== undefined) parseOrThrow(NOTHING, given);
  return undefined;
}
