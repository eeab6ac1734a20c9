const MAX_MS = 24 * 3_600_000;

type HeaderLookup = (name: string) => string | null | undefined;

/**
 * Milliseconds that an answer asks us to wait: `retry-after-ms`, else `Retry-After` in seconds or as an HTTP date (RFC 9110 §10.2.3). Undefined when
 * there is none, or none that makes sense.
 */
export function retryAfterMs(header: HeaderLookup, now: number): number | undefined {
  const exact = numberOf(header('retry-after-ms'));
  if (exact !== undefined) return limited(exact);
  const text = header('retry-after');
  if (!text) return undefined;
  const seconds = numberOf(text);
  if (seconds !== undefined) return limited(seconds * 1_000);
  const date = /\d{4}/.test(text) ? Date.parse(text) : Number.NaN;
  return Number.isNaN(date) ? undefined : limited(Math.max(0, date - now));
}

const numberOf = (text: string | null | undefined): number | undefined => (text && /^\s*\d+(\.\d+)?\s*$/.test(text) ? Number(text) : undefined);
const limited = (milliseconds: number): number | undefined => (milliseconds <= MAX_MS ? milliseconds : undefined);
