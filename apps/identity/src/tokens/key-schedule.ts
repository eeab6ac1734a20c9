import type { SigningKeyRow } from './token.tables.js';

export interface KeyTiming {
  /** Milliseconds that verifiers may cache the key set. */
  cacheMs: number;
  /** Milliseconds that a key signs. */
  signingMs: number;
  /** Milliseconds that a token is valid. */
  tokenMs: number;
}

/** Replicas' clocks, and those of verifiers, may differ by so much. */
const CLOCK_SKEW_MS = 60_000;

/** The key that signs now: the newest that has begun to. */
export const signingKeyAt = (keys: readonly SigningKeyRow[], at: Date): SigningKeyRow | undefined =>
  keys.filter(({ signs_from: from }) => from <= at).sort((a, b) => b.signs_from.getTime() - a.signs_from.getTime())[0];

/**
 * When a next key begins to sign, if one is due: never before every cached key set has it. The first key signs at once,
 * for nobody has a set without it. Null when there is nothing to do.
 */
export function nextSigningTime(keys: readonly SigningKeyRow[], timing: KeyTiming, at: Date): Date | null {
  if (keys.length === 0) return at;
  const isWaiting = keys.some(({ signs_from: from }) => from > at);
  const current = signingKeyAt(keys, at);
  if (isWaiting || !current) return null;
  const dueAt = current.signs_from.getTime() + timing.signingMs - timing.cacheMs;
  return at.getTime() >= dueAt ? new Date(at.getTime() + timing.cacheMs) : null;
}

/** The last token of the key before is signed at `signsFrom` and valid for its life; after that the key is of no use. */
export const previousPublishedUntil = (signsFrom: Date, timing: KeyTiming): Date => new Date(signsFrom.getTime() + timing.tokenMs + CLOCK_SKEW_MS);
