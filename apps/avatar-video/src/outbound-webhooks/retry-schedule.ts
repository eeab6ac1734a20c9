const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;

/** Milliseconds before each attempt, counted from the one before it (Standard Webhooks, "Operational considerations"): ten attempts in some three days. */
export const RETRY_DELAYS_MS: readonly number[] = [0, 5 * SECOND, 5 * MINUTE, 30 * MINUTE, 2 * HOUR, 5 * HOUR, 10 * HOUR, 14 * HOUR, 20 * HOUR, 24 * HOUR];

/** Spreads what failed together: up to a fifth longer. */
const JITTER = 0.2;
/** The longest that a receiver may ask us to wait. */
const LONGEST_WAIT_MS = 24 * HOUR;

export interface FailedAttempt {
  /** Attempts made so far, this one included. */
  readonly attempts: number;
  /** What the receiver asked for, in milliseconds. */
  readonly retryAfterMs: number | undefined;
  /** 0 ≤ x < 1. */
  readonly random: number;
}

/** Milliseconds until the next attempt; null when there is none. */
export function nextDelayMs({ attempts, retryAfterMs = 0, random }: FailedAttempt): number | null {
  const scheduled = RETRY_DELAYS_MS[attempts];
  if (scheduled === undefined) return null;
  return Math.max(Math.round(scheduled * (1 + JITTER * random)), Math.min(retryAfterMs, LONGEST_WAIT_MS));
}

/** An endpoint that has not taken a single delivery for so long is not called any more. */
export const DISABLE_AFTER_MS = 5 * 24 * HOUR;
