import { kindOfStatus, ProviderFailure, retryAfterMs, type FailureKind } from '@tecnocursos/provider-kit';
import { z } from 'zod';
import { transportFailure } from '../../wire/transport-failure.js';
import { VendorHttpError } from '../../wire/vendor-http.js';

/** `kind` of the error body (docs.d-id.com, errors of each operation). */
const KIND_OF_ERROR: Readonly<Record<string, FailureKind>> = {
  BadRequestError: 'invalid_request',
  ValidationError: 'invalid_request',
  AuthorizationError: 'auth',
  PermissionError: 'auth',
  InsufficientCreditsError: 'quota',
  UnsupportedMimeTypeError: 'invalid_request',
  NotFoundError: 'unsupported',
  ImageModerationError: 'content_policy',
  TextModerationError: 'content_policy',
  AudioModerationError: 'content_policy',
  CelebrityRecognizedError: 'content_policy',
  TooManyRequestsError: 'rate_limited',
};

const OWN_WORDS: Readonly<Partial<Record<FailureKind, string>>> = {
  auth: 'D-ID does not accept the credentials that are set, or they do not allow this.',
  quota: 'The credits at D-ID are used up.',
  rate_limited: 'D-ID’s rate limit is reached.',
  unavailable: 'D-ID is not available at the moment.',
  content_policy: 'D-ID refused the request for its content.',
  unsupported: 'D-ID does not know what was asked for.',
};

const ErrorSchema = z.looseObject({ kind: z.string(), description: z.string().default('') });
const LONGEST_MESSAGE = 300;

export function dIdFailure(error: unknown, now: number): ProviderFailure {
  if (!(error instanceof VendorHttpError)) return transportFailure(error);
  const told = ErrorSchema.safeParse(error.body);
  const kind = (told.success ? KIND_OF_ERROR[told.data.kind] : undefined) ?? kindOfStatus(error.status);
  const wait = kind === 'rate_limited' || kind === 'unavailable' ? retryAfterMs(error.header, now) : undefined;
  const message = told.success && told.data.description !== '' ? told.data.description.slice(0, LONGEST_MESSAGE) : 'D-ID refused the request.';
  return new ProviderFailure(kind, OWN_WORDS[kind] ?? message, {
    status: error.status, ...(told.success && { vendorCode: told.data.kind }), ...(wait !== undefined && { retryAfterMs: wait }),
  });
}
