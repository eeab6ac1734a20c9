import { kindOfStatus, ProviderFailure, retryAfterMs, transportFailure, type FailureKind, type FailureOptions } from '@tecnocursos/provider-kit';
import { APIConnectionTimeoutError, APIError, APIUserAbortError } from 'openai';

/** `error.code` of the error body, then `error.type` (platform.openai.com/docs/guides/error-codes): more exact than the status. */
const KIND_OF_CODE: Readonly<Record<string, FailureKind>> = {
  invalid_api_key: 'auth',
  account_deactivated: 'auth',
  invalid_organization: 'auth',
  mismatched_organization: 'auth',
  mismatched_project: 'auth',
  ip_not_authorized: 'auth',
  unsupported_country_region_territory: 'auth',
  insufficient_quota: 'quota',
  billing_hard_limit_reached: 'quota',
  billing_not_active: 'quota',
  rate_limit_exceeded: 'rate_limited',
  slow_down: 'rate_limited',
  server_error: 'unavailable',
  server_overloaded: 'unavailable',
  engine_overloaded: 'unavailable',
  model_not_found: 'unsupported',
  model_not_available: 'unsupported',
  unsupported_parameter: 'unsupported',
  unsupported_value: 'unsupported',
  unsupported_model: 'unsupported',
  context_length_exceeded: 'unsupported',
  string_above_max_length: 'unsupported',
  content_filter: 'content_policy',
  content_policy_violation: 'content_policy',
  image_content_policy_violation: 'content_policy',
  moderation_blocked: 'content_policy',
  invalid_prompt: 'content_policy',
};

const KIND_OF_TYPE: Readonly<Record<string, FailureKind>> = {
  insufficient_quota: 'quota',
  tokens: 'rate_limited',
  requests: 'rate_limited',
  rate_limit_error: 'rate_limited',
  authentication_error: 'auth',
  server_error: 'unavailable',
  service_unavailable_error: 'unavailable',
};

/** The vendor's own text may hold parts of our key or the name of our organization. */
const OWN_WORDS: Readonly<Partial<Record<FailureKind, string>>> = {
  auth: 'OpenAI does not accept the credentials that are set.',
  quota: 'The credit or budget at OpenAI is used up.',
  rate_limited: 'OpenAI’s rate limit is reached.',
  timeout: 'OpenAI did not answer in time.',
  unavailable: 'OpenAI is not available at the moment.',
  content_policy: 'OpenAI refused the request for its content.',
  malformed: 'OpenAI sent an answer that is none.',
};

const STATUS_TOO_LARGE = 413;
const LONGEST_MESSAGE = 300;
const OWN_NAMES = /\b(?:sk|org|proj|user|sess)[-_][\w*.-]{4,}/g;
const FIELD = /^[\w.[\]-]{1,80}$/;

/** What an error of the vendor's client, or of `fetch` below it, means. */
export function openAiFailure(error: unknown, now: number): ProviderFailure {
  if (error instanceof ProviderFailure) return error;
  if (error instanceof APIUserAbortError) return new ProviderFailure('canceled', 'The call was given up.');
  const transport = transportFailure(error);
  if (transport) return transport;
  if (error instanceof APIConnectionTimeoutError) return failure('timeout', '', {});
  return error instanceof APIError ? apiFailure(error, now) : failure('unavailable', '', { cause: error });
}

function apiFailure({ status, code, type, param, headers, error, requestID }: APIError, now: number): ProviderFailure {
  const kind = kindOf(status, code, type);
  const wait = kind === 'rate_limited' || kind === 'unavailable' ? retryAfterMs((name) => headers?.get(name), now) : undefined;
  const message: unknown = typeof error === 'object' && error !== null && 'message' in error ? error.message : '';
  const vendorCode = code ?? type;
  return failure(kind, typeof message === 'string' ? message : '', {
    ...(status !== undefined && { status }),
    ...(typeof vendorCode === 'string' && { vendorCode }),
    ...(typeof requestID === 'string' && { vendorRequestId: requestID }),
    ...(wait !== undefined && { retryAfterMs: wait }),
    ...(kind === 'invalid_request' && typeof param === 'string' && FIELD.test(param) && { field: param }),
  });
}

function kindOf(status: number | undefined, code: unknown, type: unknown): FailureKind {
  const told = KIND_OF_CODE[String(code)] ?? KIND_OF_TYPE[String(type)];
  if (told) return told;
  if (status === STATUS_TOO_LARGE) return 'unsupported';
  // Inside a stream, and for connections that fail, there is no status.
  return status === undefined ? 'unavailable' : kindOfStatus(status);
}

/** The client's error is no cause: it carries the vendor's text, which a log would print. */
function failure(kind: FailureKind, message: string, options: FailureOptions): ProviderFailure {
  const told = message === '' ? 'OpenAI refused the request.' : message.replace(OWN_NAMES, '[redacted]').slice(0, LONGEST_MESSAGE);
  return new ProviderFailure(kind, OWN_WORDS[kind] ?? told, options);
}
