import { AnthropicError, APIConnectionError, APIConnectionTimeoutError, APIError, APIUserAbortError } from '@anthropic-ai/sdk';
import { kindOfStatus, ProviderFailure, retryAfterMs, transportFailure, type FailureKind, type FailureOptions } from '@tecnocursos/provider-kit';

/** `error.details.error_code` (`@anthropic-ai/sdk` 1.12.0, resources/shared.d.ts and messages.d.ts): the most exact, so they go first. */
const KIND_OF_CODE: Readonly<Record<string, FailureKind>> = {
  contract_spend_limit_reached: 'quota',
  enforced_spend_limit_reached: 'quota',
  linked_organization_spend_limit_reached: 'quota',
  linked_organization_billing_unavailable: 'quota',
  ramp_limit_exceeded: 'rate_limited',
  organization_on_hold: 'auth',
  organization_type_not_supported: 'auth',
  sandbox_egress_restricted: 'auth',
  cmek_key_disabled: 'auth',
  cmek_key_network_blocked: 'auth',
  cmek_key_unreachable: 'unavailable',
  cmek_context_unavailable: 'unavailable',
  image_dimensions_too_large: 'unsupported',
  available_tools_limit_exceeded: 'unsupported',
  request_body_too_large_after_decoding: 'unsupported',
};

/** `error.type` of the error body. */
const KIND_OF_TYPE: Readonly<Record<string, FailureKind>> = {
  invalid_request_error: 'invalid_request',
  authentication_error: 'auth',
  billing_error: 'quota',
  permission_error: 'auth',
  not_found_error: 'unsupported',
  request_too_large: 'unsupported',
  rate_limit_error: 'rate_limited',
  timeout_error: 'timeout',
  api_error: 'unavailable',
  overloaded_error: 'unavailable',
  conflict_error: 'unavailable',
};

const STATUS_TOO_LARGE = 413;
/** Two cases that the vendor tells apart by words alone: `prompt is too long: 210000 tokens > 200000 maximum`, `Your credit balance is too low …`. */
const TOO_LONG = /prompt is too long|input length and `?max_tokens`? exceed/i;
const NO_CREDIT = /credit balance is too low/i;
const LONGEST_MESSAGE = 300;

/** Our words where the vendor's could hold parts of credentials or help nobody who calls us. */
const OWN_WORDS: Readonly<Partial<Record<FailureKind, string>>> = {
  auth: 'Anthropic refuses our credentials.',
  quota: 'The budget or credit at Anthropic is used up.',
  rate_limited: 'Anthropic’s rate limit is reached.',
  timeout: 'Anthropic did not answer in time.',
  unavailable: 'Anthropic is not available.',
};

/** What an error of the vendor's client, or of `fetch` below it, means. `billed`: what is known of usage and model at that point. */
export function anthropicFailure(error: unknown, now: number, billed: Pick<FailureOptions, 'usage' | 'model'> = {}): ProviderFailure {
  if (error instanceof ProviderFailure) return error;
  if (error instanceof APIUserAbortError) return new ProviderFailure('canceled', 'The call was given up.', { ...billed, cause: error });
  if (error instanceof APIConnectionTimeoutError) return failure('timeout', error, billed);
  if (error instanceof APIConnectionError) return within(transportFailure(error), billed) ?? failure('unavailable', error, billed);
  if (error instanceof APIError) return apiFailure(error, now, billed);
  const transport = within(transportFailure(error), billed);
  if (transport) return transport;
  if (error instanceof AnthropicError) return new ProviderFailure('unsupported', 'Anthropic’s client does not send this request.', { ...billed, cause: error });
  return failure('unavailable', error, billed);
}

function apiFailure(error: APIError, now: number, billed: Pick<FailureOptions, 'usage' | 'model'>): ProviderFailure {
  const { status, apiMessage } = error;
  const message = typeof apiMessage === 'string' ? apiMessage : '';
  const kind = kindOf(error, message);
  const wait = kind === 'rate_limited' || kind === 'unavailable' ? retryAfterMs((name) => error.headers?.get(name), now) : undefined;
  const vendorCode = error.errorCode ?? error.type;
  return failure(kind, undefined, {
    ...billed,
    ...(status !== undefined && { status }),
    ...(vendorCode !== null && { vendorCode }),
    ...(typeof error.requestID === 'string' && { vendorRequestId: error.requestID }),
    ...(wait !== undefined && { retryAfterMs: wait }),
  }, message);
}

function kindOf({ errorCode, type, status }: APIError, message: string): FailureKind {
  const byCode = KIND_OF_CODE[errorCode ?? ''];
  if (byCode) return byCode;
  if (type === 'invalid_request_error') {
    if (NO_CREDIT.test(message)) return 'quota';
    if (TOO_LONG.test(message) || status === STATUS_TOO_LARGE) return 'unsupported';
  }
  const byType = KIND_OF_TYPE[type ?? ''];
  if (byType) return byType;
  if (status === STATUS_TOO_LARGE) return 'unsupported';
  // An error inside a stream has no status of its own.
  return status === undefined ? 'unavailable' : kindOfStatus(status);
}

/** The vendor's error is no cause: a log would print the vendor's text. */
function failure(kind: FailureKind, cause: unknown, options: FailureOptions, message = ''): ProviderFailure {
  const detail = OWN_WORDS[kind] ?? (message === '' ? 'Anthropic refused the request.' : message.slice(0, LONGEST_MESSAGE));
  return new ProviderFailure(kind, detail, { ...options, ...(cause !== undefined && { cause }) });
}

/** The same failure with what had been billed before it. */
function within(transport: ProviderFailure | undefined, billed: Pick<FailureOptions, 'usage' | 'model'>): ProviderFailure | undefined {
  if (!transport || transport.usage !== undefined || billed.usage === undefined) return transport;
  return new ProviderFailure(transport.kind, transport.detail, { ...billed, cause: transport.cause });
}
