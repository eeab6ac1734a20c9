import { ElevenLabsError, ElevenLabsTimeoutError } from '@elevenlabs/elevenlabs-js';
import { kindOfStatus, ProviderFailure, retryAfterMs, type FailureKind } from '@tecnocursos/provider-kit';
import { unknownFailure } from '../../wire/transport-failure.js';

/** `detail.status` of the vendor's error bodies: https://elevenlabs.io/docs/developers/resources/error-messages. */
const KINDS: Readonly<Record<string, FailureKind>> = {
  quota_exceeded: 'quota',
  voice_limit_reached: 'quota',
  invalid_api_key: 'auth',
  missing_permissions: 'auth',
  detected_unusual_activity: 'auth',
  too_many_concurrent_requests: 'rate_limited',
  rate_limit_exceeded: 'rate_limited',
  system_busy: 'unavailable',
  voice_not_found: 'unsupported',
  voice_does_not_exist: 'unsupported',
  model_not_found: 'unsupported',
  invalid_model_id: 'unsupported',
  max_character_limit_exceeded: 'unsupported',
  text_too_long: 'unsupported',
  can_not_use_instant_voice_cloning: 'unsupported',
  subscription_required: 'unsupported',
  output_format_not_allowed: 'unsupported',
  content_against_policy: 'content_policy',
};

const WORDS: Partial<Record<FailureKind, string>> = {
  auth: 'ElevenLabs does not accept the key, or the key may not do this.',
  quota: "The plan's characters or voices at ElevenLabs are used up.",
  rate_limited: 'ElevenLabs is asked too often, or too much at once.',
  unavailable: 'ElevenLabs cannot answer now.',
  content_policy: 'ElevenLabs refused the content.',
};

/** What an error of the SDK means: the vendor's own status first, then the status of HTTP. */
export function elevenLabsFailure(error: unknown, now: number): ProviderFailure {
  if (error instanceof ProviderFailure) return error;
  if (error instanceof ElevenLabsTimeoutError) return new ProviderFailure('timeout', 'ElevenLabs did not answer in time.', { cause: error });
  if (!(error instanceof ElevenLabsError) || error.statusCode === undefined) return unknownFailure(error);
  const { statusCode: status, body, rawResponse } = error;
  const detail = detailOf(body);
  const kind = (detail?.status === undefined ? undefined : KINDS[detail.status]) ?? kindOf(status);
  const wait = retryAfterMs((name) => rawResponse?.headers.get(name), now);
  const requestId = rawResponse?.headers.get('request-id');
  return new ProviderFailure(kind, WORDS[kind] ?? `ElevenLabs refused the request: ${detail?.message ?? `status ${status}`}`, {
    status, cause: error, ...(detail?.status !== undefined && { vendorCode: detail.status }), ...(wait !== undefined && { retryAfterMs: wait }),
    ...(requestId && { vendorRequestId: requestId }),
  });
}

/** The order was checked before it was sent: what the vendor does not take of it, another may. */
const kindOf = (status: number): FailureKind => {
  const kind = status < 400 ? 'malformed' : kindOfStatus(status);
  return kind === 'invalid_request' ? 'unsupported' : kind;
};

interface Detail {
  readonly status?: string;
  readonly message?: string;
}

/** `{detail: {status, message}}`, or FastAPI's `{detail: [{loc, msg, type}]}` with status 422. */
function detailOf(body: unknown): Detail | undefined {
  const detail = isRecord(body) ? body.detail : undefined;
  if (Array.isArray(detail)) {
    const [first] = detail as unknown[];
    return isRecord(first) ? { status: 'validation_error', message: `${Array.isArray(first.loc) ? first.loc.join('.') : 'body'}: ${String(first.msg)}` } : undefined;
  }
  if (!isRecord(detail)) return undefined;
  return { ...(typeof detail.status === 'string' && { status: detail.status }), ...(typeof detail.message === 'string' && { message: detail.message }) };
}

const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null;
