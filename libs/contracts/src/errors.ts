/**
 * Every stable error code of the platform, with the HTTP status it maps to and whether the same
 * request may succeed later without any change. A code, once published, is never renamed.
 */
export const ERROR_CODES = {
  invalid_request: { status: 400, title: 'The request is not valid', retryable: false },
  api_key_missing: { status: 401, title: 'An API key is required', retryable: false },
  credentials_invalid: { status: 401, title: 'The sign-in is not valid', retryable: false },
  token_invalid: { status: 401, title: 'The token is not valid', retryable: false },
  login_refused: { status: 401, title: 'The login provider refused', retryable: false },
  api_key_invalid: { status: 401, title: 'The API key is not valid', retryable: false },
  budget_exhausted: { status: 402, title: 'The budget is spent', retryable: false },
  max_cost_exceeded: { status: 402, title: 'Nothing can do this at the cost that the request allows', retryable: false },
  plan_limit_reached: { status: 402, title: "The plan's limit is reached", retryable: false },
  plan_feature_missing: { status: 402, title: 'The plan does not include this feature', retryable: false },
  email_not_verified: { status: 403, title: 'The e-mail address is not confirmed', retryable: false },
  forbidden: { status: 403, title: 'Not allowed', retryable: false },
  link_invalid: { status: 403, title: 'The link is not valid or has expired', retryable: false },
  not_found: { status: 404, title: 'Not found', retryable: false },
  method_not_allowed: { status: 405, title: 'Method not allowed', retryable: false },
  conflict: { status: 409, title: 'The resource is not in a state that allows this', retryable: false },
  canceled: { status: 409, title: 'The work was canceled', retryable: false },
  payload_too_large: { status: 413, title: 'The payload is too large', retryable: false },
  unsupported_media_type: { status: 415, title: 'The media type is not supported', retryable: false },
  range_not_satisfiable: { status: 416, title: 'The requested range is not available', retryable: false },
  idempotency_key_reused: { status: 422, title: 'The idempotency key was used for another request', retryable: false },
  document_unreadable: { status: 422, title: 'The document cannot be read', retryable: false },
  document_encrypted: { status: 422, title: 'The document is protected by a password', retryable: false },
  document_has_no_text: { status: 422, title: 'The document has no text', retryable: false },
  document_too_long: { status: 422, title: 'The document is too long', retryable: false },
  document_language_unsupported: { status: 422, title: "The document's language is not supported", retryable: false },
  content_policy: { status: 422, title: 'The content was refused by a content policy', retryable: false },
  ssml_invalid: { status: 422, title: 'The SSML is not valid', retryable: false },
  rate_limited: { status: 429, title: 'Too many requests', retryable: true },
  step_failed: { status: 500, title: 'A step failed after its last attempt', retryable: false },
  internal: { status: 500, title: 'Internal error', retryable: false },
  provider_failed: { status: 502, title: 'A vendor did not give a usable answer', retryable: true },
  engine_missing: { status: 503, title: 'A program that this needs is not installed', retryable: false },
  engine_failed: { status: 503, title: 'A local engine failed', retryable: true },
  provider_unavailable: { status: 503, title: 'No vendor can do this at the moment', retryable: true },
  overloaded: { status: 503, title: 'Too much is going on', retryable: true },
  unavailable: { status: 503, title: 'A service is not available', retryable: true },
  timeout: { status: 504, title: 'The deadline passed', retryable: true },
} as const satisfies Record<string, { status: number; title: string; retryable: boolean }>;

export type ErrorCode = keyof typeof ERROR_CODES;

/** One problem of one field: a JSON path such as `options.voice`, and what to do about it. */
export interface FieldIssue {
  field: string;
  message: string;
}

export interface AppErrorOptions {
  /** Fields at fault, for errors that the caller can mend. */
  issues?: FieldIssue[];
  /** Seconds after which a retry makes sense. */
  retryAfterS?: number;
  /** Kept for the logs of the process that threw; never crosses the wire. */
  cause?: unknown;
}

/** The one error type that keeps its code across NATS and HTTP. `detail` is shown to users: no internals in it. */
export class AppError extends Error {
  readonly issues: FieldIssue[];
  readonly retryAfterS: number | undefined;

  constructor(
    readonly code: ErrorCode,
    readonly detail: string,
    options: AppErrorOptions = {},
  ) {
    super(`${code}: ${detail}`, options.cause === undefined ? undefined : { cause: options.cause });
    this.name = 'AppError';
    this.issues = options.issues ?? [];
    this.retryAfterS = options.retryAfterS;
  }

  get status(): number {
    return ERROR_CODES[this.code].status;
  }

  get retryable(): boolean {
    return ERROR_CODES[this.code].retryable;
  }
}

/** Shape of an error inside a NATS reply. */
export interface WireError {
  code: ErrorCode;
  detail: string;
  issues?: FieldIssue[];
  retry_after_s?: number;
}

export function toWireError(error: unknown): WireError {
  if (!(error instanceof AppError)) return { code: 'internal', detail: 'Something failed on our side; it is in our logs.' };
  return {
    code: error.code,
    detail: error.detail,
    ...(error.issues.length > 0 && { issues: error.issues }),
    ...(error.retryAfterS !== undefined && { retry_after_s: error.retryAfterS }),
  };
}

export function fromWireError(wire: WireError): AppError {
  const code: ErrorCode = wire.code in ERROR_CODES ? wire.code : 'internal';
  return new AppError(code, wire.detail, {
    issues: wire.issues ?? [],
    ...(wire.retry_after_s !== undefined && { retryAfterS: wire.retry_after_s }),
  });
}
