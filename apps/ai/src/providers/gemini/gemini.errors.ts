import { ApiError } from '@google/genai';
import { kindOfStatus, ProviderFailure, retryAfterMs, transportFailure, type FailureKind, type FailureOptions } from '@tecnocursos/provider-kit';
import { z } from 'zod';

/** Body of Google's errors (google.rpc.Status); each detail names its own type. */
const ErrorBodySchema = z.looseObject({
  error: z.looseObject({
    message: z.string().catch(''),
    status: z.string().catch(''),
    details: z.array(z.looseObject({
      '@type': z.string().catch(''),
      retryDelay: z.string().optional().catch(undefined),
      reason: z.string().optional().catch(undefined),
      violations: z.array(z.looseObject({ quotaId: z.string().optional().catch(undefined) })).optional().catch(undefined),
    })).catch([]),
  }),
});
type ErrorBody = z.infer<typeof ErrorBodySchema>['error'];

/** google.rpc.Code, by name. */
const KIND_OF_CODE: Readonly<Record<string, FailureKind>> = {
  INVALID_ARGUMENT: 'invalid_request', OUT_OF_RANGE: 'invalid_request', FAILED_PRECONDITION: 'auth', UNAUTHENTICATED: 'auth', PERMISSION_DENIED: 'auth',
  NOT_FOUND: 'unsupported', UNIMPLEMENTED: 'unsupported', RESOURCE_EXHAUSTED: 'rate_limited', DEADLINE_EXCEEDED: 'timeout',
  INTERNAL: 'unavailable', UNAVAILABLE: 'unavailable', UNKNOWN: 'unavailable', ABORTED: 'unavailable', CANCELLED: 'unavailable', DATA_LOSS: 'unavailable',
};

/** google.rpc.ErrorInfo, `reason`. A wrong key comes as INVALID_ARGUMENT. */
const AUTH_REASONS: ReadonlySet<string> = new Set([
  'API_KEY_INVALID', 'API_KEY_SERVICE_BLOCKED', 'API_KEY_HTTP_REFERRER_BLOCKED', 'API_KEY_IP_ADDRESS_BLOCKED', 'SERVICE_DISABLED', 'CONSUMER_SUSPENDED',
]);
const BILLING_REASONS: ReadonlySet<string> = new Set(['BILLING_DISABLED']);
/** `GenerateRequestsPerDayPerProjectPerModel-FreeTier`: comes back tomorrow, not after a pause. */
const DAILY_QUOTA = /PerDay/i;
const NO_CREDIT = /credits? (are|is) depleted|enable billing|billing (account|is)/i;
/** What the vendor says in words alone: a context that is too long, and a call of a tool that another vendor's model made. */
const TOO_LONG = /token count .*exceeds|exceeds the maximum number of tokens/i;
const NO_SIGNATURE = /thought_?signature/i;
/** The client has no class for streams that end within an event, or have no body. */
const BROKEN_STREAM = /^(Incomplete JSON segment|Response body is empty|exception parsing stream chunk)/;
const DURATION = /^(\d+(?:\.\d+)?)s$/;
const LONGEST_MESSAGE = 300;

const OWN_WORDS: Readonly<Partial<Record<FailureKind, string>>> = {
  auth: 'Gemini refuses our credentials, or our project may not use it.',
  quota: 'The quota or credit at Gemini is used up.',
  rate_limited: 'Gemini’s rate limit is reached.',
  timeout: 'Gemini did not answer in time.',
  unavailable: 'Gemini is not available.',
  malformed: 'Gemini’s answer is not valid JSON.',
};

export interface GeminiContext extends Pick<FailureOptions, 'usage' | 'model'> {
  /** The response that the client made the error of: it keeps neither headers nor, when the body is broken, the status. */
  readonly response?: Pick<Response, 'status' | 'headers'> | undefined;
}

/** What an error of the vendor's client, or of `fetch` below it, means. */
export function geminiFailure(error: unknown, now: number, { response, ...billed }: GeminiContext = {}): ProviderFailure {
  if (error instanceof ProviderFailure) return error;
  if (error instanceof ApiError) return apiFailure(error, now, billed, response?.headers);
  const status = response && response.status >= 400 ? response.status : undefined;
  if (status !== undefined) return failure(kindOfStatus(status), undefined, { ...billed, status });
  const transport = transportFailure(error);
  if (transport) return billed.usage === undefined ? transport : new ProviderFailure(transport.kind, transport.detail, { ...billed, cause: transport.cause });
  return error instanceof Error && BROKEN_STREAM.test(error.message) ? failure('malformed', undefined, billed) : failure('unavailable', error, billed);
}

function apiFailure(error: ApiError, now: number, billed: Pick<FailureOptions, 'usage' | 'model'>, headers: Headers | undefined): ProviderFailure {
  const body = bodyOf(error.message);
  const kind = kindOf(body, error.status);
  const wait = kind === 'rate_limited' || kind === 'unavailable' ? (retryDelayMs(body) ?? retryAfterMs((name) => headers?.get(name), now)) : undefined;
  return failure(kind, undefined, {
    ...billed, status: error.status, ...(body?.status && { vendorCode: body.status }), ...(wait !== undefined && { retryAfterMs: wait }),
  }, body?.message);
}

/** The client's message is the body, in a stream after `got status: X. `. */
function bodyOf(message: string): ErrorBody | undefined {
  try {
    const parsed = ErrorBodySchema.safeParse(JSON.parse(message.slice(Math.max(0, message.indexOf('{')))));
    return parsed.success ? parsed.data.error : undefined;
  } catch {
    return undefined;
  }
}

function kindOf(body: ErrorBody | undefined, status: number): FailureKind {
  const reasons = body?.details.flatMap(({ reason }) => reason ?? []) ?? [];
  if (reasons.some((reason) => AUTH_REASONS.has(reason))) return 'auth';
  if (reasons.some((reason) => BILLING_REASONS.has(reason)) || NO_CREDIT.test(body?.message ?? '')) return 'quota';
  const kind = KIND_OF_CODE[body?.status ?? ''] ?? kindOfStatus(status);
  if (kind === 'rate_limited' && body?.details.some(({ violations }) => violations?.some(({ quotaId }) => DAILY_QUOTA.test(quotaId ?? '')))) return 'quota';
  if (kind === 'invalid_request' && (TOO_LONG.test(body?.message ?? '') || NO_SIGNATURE.test(body?.message ?? ''))) return 'unsupported';
  return kind;
}

/** google.rpc.RetryInfo: `7s`, `0.5s`. */
function retryDelayMs(body: ErrorBody | undefined): number | undefined {
  const seconds = body?.details.map(({ retryDelay }) => DURATION.exec(retryDelay ?? '')?.[1]).find((text) => text !== undefined);
  return seconds === undefined ? undefined : Math.round(Number(seconds) * 1_000);
}

/** The vendor's error is no cause: a log would print the vendor's text. */
function failure(kind: FailureKind, cause: unknown, options: FailureOptions, message = ''): ProviderFailure {
  const detail = OWN_WORDS[kind] ?? (message === '' ? 'Gemini refused the request.' : message.slice(0, LONGEST_MESSAGE));
  return new ProviderFailure(kind, detail, { ...options, ...(cause !== undefined && { cause }) });
}
