import { kindOfStatus, ProviderFailure, retryAfterMs, type FailureKind } from '@tecnocursos/provider-kit';
import { z } from 'zod';
import { transportFailure } from '../../wire/transport-failure.js';
import { VendorHttpError } from '../../wire/vendor-http.js';

/** `name` of the error body (platform.stability.ai/docs/api-reference). */
const KIND_OF_NAME: Readonly<Record<string, FailureKind>> = {
  bad_request: 'invalid_request',
  content_moderation: 'content_policy',
  invalid_language: 'unsupported',
  invalid_sketch: 'invalid_request',
  payload_too_large: 'unsupported',
  rate_limit_exceeded: 'rate_limited',
  unauthorized: 'auth',
  payment_required: 'quota',
  insufficient_balance: 'quota',
  internal_error: 'unavailable',
};

const OWN_WORDS: Readonly<Partial<Record<FailureKind, string>>> = {
  auth: 'Stability does not accept the credentials that are set.',
  quota: 'The credits at Stability are used up.',
  rate_limited: 'Stability’s rate limit is reached.',
  unavailable: 'Stability is not available at the moment.',
  content_policy: 'Stability refused the description for its content.',
};

const ErrorSchema = z.looseObject({ id: z.string().optional(), name: z.string(), errors: z.array(z.string()).default([]) });
const LONGEST_MESSAGE = 300;
/** More than 150 requests in ten seconds are answered with a minute's pause (API reference, "Rate limiting"). */
const TIME_OUT_MS = 60_000;

export function stabilityFailure(error: unknown, now: number): ProviderFailure {
  if (!(error instanceof VendorHttpError)) return transportFailure(error);
  const told = ErrorSchema.safeParse(error.body);
  const kind = (told.success ? KIND_OF_NAME[told.data.name] : undefined) ?? kindOfStatus(error.status);
  const message = told.success && told.data.errors.length > 0 ? told.data.errors.join(' ').slice(0, LONGEST_MESSAGE) : 'Stability refused the request.';
  const wait = retryAfterMs(error.header, now) ?? (kind === 'rate_limited' ? TIME_OUT_MS : undefined);
  return new ProviderFailure(kind, OWN_WORDS[kind] ?? message, {
    status: error.status,
    ...(told.success && { vendorCode: told.data.name, ...(told.data.id !== undefined && { vendorRequestId: told.data.id }) }),
    ...(kind === 'invalid_request' && { field: 'prompt' }),
    ...(wait !== undefined && (kind === 'rate_limited' || kind === 'unavailable') && { retryAfterMs: wait }),
  });
}
