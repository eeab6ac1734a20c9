import { AppError, type ErrorCode } from '@tecnocursos/contracts';

export type FailureDecision =
  | { type: 'retry'; delayMs: number }
  | { type: 'fail'; code: ErrorCode; detail: string };

/** Failures that pass by themselves (a service that restarts) are worth more attempts than bugs. */
const MAX_ATTEMPTS = { transient: 15, unexpected: 3 } as const;
/** Attempts that ended with the death of the process count too, or a poisonous step would kill workers for ever. */
export const MAX_CLAIMS = 20;
const LONGEST_DELAY_MS = 8_000;

/** What becomes of a step that failed in its `attempt`-th attempt (from 1). */
export function decideFailure(error: unknown, attempt: number): FailureDecision {
  const known = error instanceof AppError ? error : undefined;
  const code: ErrorCode = known?.code ?? 'internal';
  if (known && !known.retryable && code !== 'internal' && code !== 'canceled') return { type: 'fail', code, detail: known.detail };
  const limit = known?.retryable || code === 'canceled' ? MAX_ATTEMPTS.transient : MAX_ATTEMPTS.unexpected;
  if (attempt < limit) return { type: 'retry', delayMs: Math.min(LONGEST_DELAY_MS, 250 * 2 ** (attempt - 1)) };
  return { type: 'fail', code: known ? code : 'step_failed', detail: known?.detail ?? 'The step failed again and again; the reason is in our logs.' };
}
