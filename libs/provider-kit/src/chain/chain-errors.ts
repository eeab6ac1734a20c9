import { AppError } from '@tecnocursos/contracts';
import { ProviderFailure } from '../failure.js';

/** Why a candidate did not answer. */
export type Refusal =
  | { readonly provider: string; readonly reason: 'failed'; readonly failure: ProviderFailure }
  | { readonly provider: string; readonly reason: 'resting'; readonly retryAfterMs: number }
  | { readonly provider: string; readonly reason: 'budget' }
  | { readonly provider: string; readonly reason: 'too_dear' };

const DEFAULT_RETRY_MS = 1_000;

/** A failure that ends the request at once, because no other provider could do better. */
export function finalError(failure: ProviderFailure): AppError {
  if (failure.kind === 'content_policy') return new AppError('content_policy', failure.detail, { cause: failure });
  if (failure.kind === 'canceled') return new AppError('canceled', 'The caller gave up.', { cause: failure });
  return new AppError('invalid_request', failure.detail, { issues: [{ field: failure.field ?? '(body)', message: failure.detail }], cause: failure });
}

/** What the reader of a stream is told when it breaks off after its first part: nobody takes over then. */
export function endedError(provider: string, operation: string, error: unknown): unknown {
  if (!(error instanceof ProviderFailure)) return error;
  return error.rule.moveOn ? exhaustedError(operation, [{ provider, reason: 'failed', failure: error }]) : finalError(error);
}

/** What the caller is told when everybody was asked and nobody answered. */
export function exhaustedError(operation: string, refusals: readonly Refusal[]): AppError {
  if (refusals.length === 0) return new AppError('provider_unavailable', `No provider that can do "${operation}" is configured. See GET /api/integrations/ for what is.`);
  if (refusals.every(({ reason }) => reason === 'too_dear')) {
    return new AppError('max_cost_exceeded', 'No provider can do this at the cost that the request allows.', { issues: [{ field: 'max_cost_usd', message: 'Allow more, or ask for less.' }] });
  }
  if (refusals.every(({ reason }) => reason === 'budget' || reason === 'too_dear')) {
    return new AppError('budget_exhausted', 'The budget for this day or month is spent. Raise it, or wait for the next period.');
  }
  const failures = refusals.flatMap((refusal) => (refusal.reason === 'failed' ? [refusal.failure] : []));
  const cause = failures.at(-1);
  const unsupported = failures.length === refusals.length && failures.every(({ kind }) => kind === 'unsupported') ? failures[0] : undefined;
  if (unsupported) {
    return new AppError('invalid_request', unsupported.detail, { issues: [{ field: unsupported.field ?? 'model', message: unsupported.detail }], cause });
  }
  const summary = refusals.map((refusal) => `${refusal.provider} (${refusal.reason === 'failed' ? refusal.failure.kind : refusal.reason})`).join(', ');
  if (failures.length === refusals.length && failures.every(({ kind }) => kind === 'malformed')) {
    return new AppError('provider_failed', `No usable answer came from ${summary}.`, { retryAfterS: 1, cause });
  }
  return new AppError('provider_unavailable', `Nobody could answer: ${summary}.`, { retryAfterS: retryAfterS(refusals), cause });
}

function retryAfterS(refusals: readonly Refusal[]): number {
  const waits = refusals.flatMap((refusal) => {
    if (refusal.reason === 'resting') return [refusal.retryAfterMs];
    return refusal.reason === 'failed' ? [refusal.failure.retryAfterMs ?? DEFAULT_RETRY_MS] : [];
  });
  return Math.max(1, Math.ceil(Math.min(...waits) / 1_000));
}
