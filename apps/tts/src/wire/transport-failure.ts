import { AppError } from '@tecnocursos/contracts';
import { BodyTooLarge, ProviderFailure } from '@tecnocursos/provider-kit';

const TIMEOUT_CODES = new Set(['ETIMEDOUT', 'UND_ERR_CONNECT_TIMEOUT', 'UND_ERR_HEADERS_TIMEOUT', 'UND_ERR_BODY_TIMEOUT']);
const DEEPEST_CAUSE = 6;

/**
 * What went wrong below HTTP, or in a program of ours: connections, time limits, aborts, bodies that are not JSON. Reads the chain of causes, because clients wrap
 * the error of `fetch`. Undefined when the error is none of these.
 */
export function transportFailure(error: unknown): ProviderFailure | undefined {
  let current = error;
  for (let depth = 0; depth < DEEPEST_CAUSE && isErrorLike(current); depth += 1) {
    const failure = current instanceof ProviderFailure ? current : classify(current);
    if (failure) return failure;
    current = current.cause;
  }
  return undefined;
}

/** Of errors that nothing is known of: a defect here or an answer that nobody foresaw. */
export const unknownFailure = (error: unknown): ProviderFailure => transportFailure(error) ?? new ProviderFailure('malformed', 'The vendor answered something that is not understood.', { cause: error });

/** `DOMException` of an abort is no `Error` everywhere, and neither are errors of another realm. */
const isErrorLike = (value: unknown): value is Error => typeof value === 'object' && value !== null && 'name' in value && 'message' in value;

function classify(error: Error): ProviderFailure | undefined {
  if (error instanceof AppError) return ofProgram(error);
  const code = 'code' in error && typeof error.code === 'string' ? error.code : '';
  if (error.name === 'TimeoutError' || TIMEOUT_CODES.has(code)) return new ProviderFailure('timeout', 'The vendor did not answer in time.', { cause: error });
  if (error.name === 'AbortError') return new ProviderFailure('canceled', 'The call was given up.', { cause: error });
  if (error instanceof BodyTooLarge) return new ProviderFailure('malformed', 'The vendor sent more than an answer may have.', { cause: error });
  if (error.name === 'SyntaxError') return new ProviderFailure('malformed', 'The vendor sent a text that is not valid JSON.', { cause: error });
  if (/^(E[A-Z]{3,}|UND_ERR_[A-Z_]+)$/.test(code) || isBrokenFetch(error)) return new ProviderFailure('unavailable', 'The connection to the vendor failed.', { cause: error });
  return undefined;
}

function ofProgram(error: AppError): ProviderFailure | undefined {
  if (error.code === 'canceled') return new ProviderFailure('canceled', 'The call was given up.', { cause: error });
  if (error.code === 'engine_missing' || error.code === 'engine_failed') return new ProviderFailure('unavailable', error.detail, { vendorCode: error.code, cause: error });
  return undefined;
}

/** `fetch failed` before the headers, `terminated` within the body: undici's own words for a lost connection; the last are the kit's. */
const isBrokenFetch = (error: Error): boolean => /^(fetch failed|terminated|other side closed|The answer was cut off\.)$/.test(error.message) && error.cause === undefined;
