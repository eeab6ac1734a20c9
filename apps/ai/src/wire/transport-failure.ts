import { ProviderFailure } from '@tecnocursos/provider-kit';

const TIMEOUT_CODES = new Set(['ETIMEDOUT', 'UND_ERR_CONNECT_TIMEOUT', 'UND_ERR_HEADERS_TIMEOUT', 'UND_ERR_BODY_TIMEOUT']);
const DEEPEST_CAUSE = 5;

/**
 * What went wrong below HTTP: connections, time limits, aborts, bodies that are not JSON. Reads the chain of causes, because clients wrap the error of
 * `fetch`. Undefined when the error is none of these.
 */
export function transportFailure(error: unknown): ProviderFailure | undefined {
  let current = error;
  for (let depth = 0; depth < DEEPEST_CAUSE && current instanceof Error; depth += 1) {
    const failure = current instanceof ProviderFailure ? current : classify(current);
    if (failure) return failure;
    current = current.cause;
  }
  return undefined;
}

function classify(error: Error): ProviderFailure | undefined {
  const code = 'code' in error && typeof error.code === 'string' ? error.code : '';
  if (error.name === 'TimeoutError' || TIMEOUT_CODES.has(code)) return new ProviderFailure('timeout', 'The vendor did not answer in time.', { cause: error });
  if (error.name === 'AbortError') return new ProviderFailure('canceled', 'The call was given up.', { cause: error });
  if (error instanceof SyntaxError) return new ProviderFailure('malformed', 'The vendor sent a text that is not valid JSON.', { cause: error });
  if (/^(E[A-Z]{3,}|UND_ERR_[A-Z_]+)$/.test(code) || isBrokenFetch(error)) {
    return new ProviderFailure('unavailable', 'The connection to the vendor failed.', { cause: error });
  }
  return undefined;
}

/** `fetch failed` before the headers, `terminated` within the body: undici's own words for a lost connection. */
const isBrokenFetch = (error: Error): boolean => error instanceof TypeError && /^(fetch failed|terminated)$/.test(error.message) && error.cause === undefined;
