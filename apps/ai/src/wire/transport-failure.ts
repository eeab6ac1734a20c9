import { BodyTooLarge, ProviderFailure } from '@tecnocursos/provider-kit';

const TIMEOUT_CODES = new Set(['ETIMEDOUT', 'UND_ERR_CONNECT_TIMEOUT', 'UND_ERR_HEADERS_TIMEOUT', 'UND_ERR_BODY_TIMEOUT']);
const DEEPEST_CAUSE = 5;

/** As much of an error as every realm's own classes have. */
interface ErrorLike {
  readonly name: string;
  readonly message: string;
  readonly code?: unknown;
  readonly cause?: unknown;
}

/**
 * What went wrong below HTTP: connections, time limits, aborts, bodies that are not JSON. Reads the chain of causes, because clients wrap the error of
 * `fetch`. Undefined when the error is none of these.
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

/** The failure that an aborted call ends in: the signal's own reason when that is one, a time limit, or a caller who gave up. */
export function abortFailure({ reason }: AbortSignal): ProviderFailure {
  const told: unknown = reason;
  if (told instanceof ProviderFailure) return told;
  const failure = transportFailure(told);
  return failure?.kind === 'timeout' ? failure : canceled(told);
}

const isErrorLike = (value: unknown): value is ErrorLike =>
  typeof value === 'object' && value !== null && 'name' in value && typeof value.name === 'string' && 'message' in value && typeof value.message === 'string';

const canceled = (cause: unknown): ProviderFailure => new ProviderFailure('canceled', 'The call was given up.', { cause });

function classify(error: ErrorLike): ProviderFailure | undefined {
  const code = typeof error.code === 'string' ? error.code : '';
  if (error.name === 'TimeoutError' || TIMEOUT_CODES.has(code)) return new ProviderFailure('timeout', 'The vendor did not answer in time.', { cause: error });
  if (error.name === 'AbortError') return canceled(error);
  if (error instanceof BodyTooLarge) return new ProviderFailure('malformed', 'The vendor sent an answer that is too large.', { cause: error });
  if (error.name === 'SyntaxError') return new ProviderFailure('malformed', 'The vendor sent a text that is not valid JSON.', { cause: error });
  if (/^(E[A-Z]{3,}|UND_ERR_[A-Z_]+)$/.test(code) || isBrokenFetch(error)) {
    return new ProviderFailure('unavailable', 'The connection to the vendor failed.', { cause: error });
  }
  return undefined;
}

/** `fetch failed` before the headers, `terminated` within the body: undici's own words for a lost connection. */
const isBrokenFetch = ({ name, message, cause }: ErrorLike): boolean => name === 'TypeError' && /^(fetch failed|terminated)$/.test(message) && cause === undefined;
