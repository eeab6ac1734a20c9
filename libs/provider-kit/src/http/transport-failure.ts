import { ProviderFailure } from '../failure.js';
import { BodyTooLarge } from './answer-body.js';

const TIMEOUT_CODES = new Set(['ETIMEDOUT', 'UND_ERR_CONNECT_TIMEOUT', 'UND_ERR_HEADERS_TIMEOUT', 'UND_ERR_BODY_TIMEOUT']);
const DEEPEST_CAUSE = 6;

/** As much of an error as every realm's own classes have; a `DOMException` of an abort is no `Error` everywhere. */
export interface ErrorLike {
  readonly name: string;
  readonly message: string;
  readonly code?: unknown;
  readonly cause?: unknown;
}

/** The first failure that is told in an error's chain of causes, or that `classify` sees in one of them: clients wrap the error of `fetch`. */
export function failureInCauses(error: unknown, classify: (error: ErrorLike) => ProviderFailure | undefined): ProviderFailure | undefined {
  let current = error;
  for (let depth = 0; depth < DEEPEST_CAUSE && isErrorLike(current); depth += 1) {
    const failure = current instanceof ProviderFailure ? current : classify(current);
    if (failure) return failure;
    current = current.cause;
  }
  return undefined;
}

/** What went wrong below HTTP: connections, time limits, aborts, bodies that are not JSON. Undefined when an error is none of these. */
export function connectionFailure(error: ErrorLike): ProviderFailure | undefined {
  const code = typeof error.code === 'string' ? error.code : '';
  if (error.name === 'TimeoutError' || TIMEOUT_CODES.has(code)) return new ProviderFailure('timeout', 'The vendor did not answer in time.', { cause: error });
  if (error.name === 'AbortError') return new ProviderFailure('canceled', 'The call was given up.', { cause: error });
  if (error instanceof BodyTooLarge) return new ProviderFailure('malformed', 'The vendor sent an answer that is too large.', { cause: error });
  if (error.name === 'SyntaxError') return new ProviderFailure('malformed', 'The vendor sent a text that is not valid JSON.', { cause: error });
  if (/^(E[A-Z]{3,}|UND_ERR_[A-Z_]+)$/.test(code) || isBrokenFetch(error)) return new ProviderFailure('unavailable', 'The connection to the vendor failed.', { cause: error });
  return undefined;
}

/** `connectionFailure` of an error or of one of its causes. */
export const transportFailure = (error: unknown): ProviderFailure | undefined => failureInCauses(error, connectionFailure);

const isErrorLike = (value: unknown): value is ErrorLike =>
  typeof value === 'object' && value !== null && 'name' in value && typeof value.name === 'string' && 'message' in value && typeof value.message === 'string';

/** `fetch failed` before the headers, `terminated` within the body: undici's own words for a lost connection. */
const isBrokenFetch = ({ message, cause }: ErrorLike): boolean => /^(fetch failed|terminated|other side closed)$/.test(message) && cause === undefined;
