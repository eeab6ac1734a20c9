import { PollyServiceException } from '@aws-sdk/client-polly';
import { kindOfStatus, ProviderFailure, retryAfterMs, type FailureKind } from '@tecnocursos/provider-kit';
import { unknownFailure } from '../../wire/transport-failure.js';

/** Names of exceptions, of Polly itself and those that all services of AWS share: the API reference of Polly, "Errors" and "Common Errors". */
const KINDS: Readonly<Record<string, FailureKind>> = {
  TextLengthExceededException: 'unsupported',
  InvalidSsmlException: 'unsupported',
  InvalidSampleRateException: 'unsupported',
  LanguageNotSupportedException: 'unsupported',
  EngineNotSupportedException: 'unsupported',
  MarksNotSupportedForFormatException: 'unsupported',
  SsmlMarksNotSupportedForTextTypeException: 'unsupported',
  LexiconNotFoundException: 'unsupported',
  ValidationException: 'unsupported',
  ServiceFailureException: 'unavailable',
  ServiceUnavailable: 'unavailable',
  InternalFailure: 'unavailable',
  ThrottlingException: 'rate_limited',
  Throttling: 'rate_limited',
  TooManyRequestsException: 'rate_limited',
  ServiceQuotaExceededException: 'quota',
  RequestExpired: 'auth',
  UnrecognizedClientException: 'auth',
  InvalidClientTokenId: 'auth',
  InvalidSignatureException: 'auth',
  SignatureDoesNotMatch: 'auth',
  IncompleteSignature: 'auth',
  MissingAuthenticationToken: 'auth',
  AccessDeniedException: 'auth',
  ExpiredTokenException: 'auth',
  OptInRequired: 'auth',
};

const WORDS: Partial<Record<FailureKind, string>> = {
  auth: 'Amazon does not accept the credentials, or they may not use Polly.', quota: 'A quota of the Amazon account is used up.',
  rate_limited: 'Amazon Polly is asked too often.', unavailable: 'Amazon Polly cannot answer now.', timeout: 'Amazon Polly did not answer in time.',
};

/** What an error of the SDK means. Messages about signatures hold the canonical request and stay out. */
export function pollyFailure(error: unknown, now: number): ProviderFailure {
  if (error instanceof ProviderFailure) return error;
  if (isBrokenConnection(error)) return new ProviderFailure('unavailable', 'The connection to Amazon failed.', { cause: error });
  if (!(error instanceof PollyServiceException)) return unknownFailure(error);
  const status = error.$metadata.httpStatusCode ?? 0;
  const kind = KINDS[error.name] ?? kindOf(status);
  const headers = (error.$response as { headers?: Record<string, string> } | undefined)?.headers ?? {};
  const wait = retryAfterMs((name) => headers[name], now);
  return new ProviderFailure(kind, WORDS[kind] ?? `Amazon Polly refused the request: ${error.name}.`, {
    vendorCode: error.name, cause: error, ...(status > 0 && { status }), ...(wait !== undefined && { retryAfterMs: wait }),
    ...(error.$metadata.requestId !== undefined && { vendorRequestId: error.$metadata.requestId }),
  });
}

/** The SDK calls a reset connection a `TimeoutError`, and wraps what it does not take for an error. */
const isBrokenConnection = (error: unknown): boolean => {
  const { name = '', message = '' } = (error ?? {}) as { name?: string; message?: string };
  return (name === 'TimeoutError' || message.startsWith('AWS SDK error wrapper for')) && /ECONNRESET|EPIPE|ECONNREFUSED|socket hang up|aborted/.test(message);
};

const kindOf = (status: number): FailureKind => {
  const kind = status >= 400 ? kindOfStatus(status) : 'malformed';
  return kind === 'invalid_request' ? 'unsupported' : kind;
};
