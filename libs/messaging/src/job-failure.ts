import { AppError, type ErrorCode } from '@tecnocursos/contracts';

export type FailureDecision =
  | { readonly type: 'retry'; readonly delayMs: number }
  | { readonly type: 'fail'; readonly code: ErrorCode; readonly detail: string };

export interface RetryPolicy {
  /** Attempts that a failure is worth that passes by itself (a service that restarts). */
  readonly transientAttempts: number;
  /** Milliseconds; the pause is a quarter of a second at first and twice as long each time. */
  readonly longestDelayMs: number;
}

/** Attempts that defects are worth: they hardly ever pass. */
const UNEXPECTED_ATTEMPTS = 3;
const FIRST_DELAY_MS = 250;

/** Attempts that ended with the death of the process count too, or a poisonous job would kill workers for ever. */
export const MAX_CLAIMS = 20;

/** What becomes of a job that failed in its `attempt`-th attempt (from 1). A pause that the error asks for is kept, up to the longest. */
export function decideFailure(error: unknown, attempt: number, policy: RetryPolicy): FailureDecision {
  const known = error instanceof AppError ? error : undefined;
  const code: ErrorCode = known?.code ?? 'internal';
  if (known && !known.retryable && code !== 'internal' && code !== 'canceled') return { type: 'fail', code, detail: known.detail };
  const limit = known?.retryable === true || code === 'canceled' ? policy.transientAttempts : UNEXPECTED_ATTEMPTS;
  if (attempt >= limit) return { type: 'fail', code: known ? code : 'step_failed', detail: known?.detail ?? 'It failed again and again; the reason is in our logs.' };
  const asked = (known?.retryAfterS ?? 0) * 1_000;
  return { type: 'retry', delayMs: Math.min(policy.longestDelayMs, Math.max(asked, FIRST_DELAY_MS * 2 ** (attempt - 1))) };
}
