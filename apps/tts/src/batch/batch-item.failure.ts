import { AppError, type ErrorCode } from '@tecnocursos/contracts';

export type FailureDecision = { readonly type: 'retry'; readonly delayMs: number } | { readonly type: 'fail'; readonly code: ErrorCode; readonly detail: string };

/** Failures that pass by themselves are worth more attempts than defects. */
const MAX_ATTEMPTS = { transient: 8, unexpected: 3 } as const;
/** Attempts that ended with the death of the process count too, or a poisonous item would kill workers for ever. */
export const MAX_CLAIMS = 20;
const LONGEST_DELAY_MS = 30_000;

/** What becomes of an item that failed in its `attempt`-th attempt (from 1). */
export function decideFailure(error: unknown, attempt: number): FailureDecision {
  const known = error instanceof AppError ? error : undefined;
  const code: ErrorCode = known?.code ?? 'internal';
  if (known && !known.retryable && code !== 'internal' && code !== 'canceled') return { type: 'fail', code, detail: known.detail };
  const limit = known?.retryable === true || code === 'canceled' ? MAX_ATTEMPTS.transient : MAX_ATTEMPTS.unexpected;
  if (attempt >= limit) return { type: 'fail', code: known ? code : 'step_failed', detail: known?.detail ?? 'It failed again and again; the reason is in our logs.' };
  const asked = (known?.retryAfterS ?? 0) * 1_000;
  return { type: 'retry', delayMs: Math.min(LONGEST_DELAY_MS, Math.max(asked, 250 * 2 ** (attempt - 1))) };
}
