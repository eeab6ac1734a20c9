import { ProviderFailure } from '@tecnocursos/provider-kit';
import { httpFailure } from '../../wire/http-failure.js';

/** Replicate's problem bodies are `{title, detail, status}`, and `retry_after` beside them when throttled: https://replicate.com/docs/reference/http */
export function barkRefusal({ status, headers }: { readonly status: number; readonly headers: Pick<Headers, 'get'> }, body: unknown, now: number): ProviderFailure {
  const problem = typeof body === 'object' && body !== null ? (body as Record<string, unknown>) : {};
  const wait = typeof problem.retry_after === 'number' ? String(problem.retry_after) : null;
  return httpFailure({
    vendor: 'Bark', status, header: (name) => headers.get(name) ?? (name === 'retry-after' ? wait : null),
    ...(typeof problem.title === 'string' && { vendorCode: problem.title }), ...(typeof problem.detail === 'string' && { message: problem.detail }),
  }, now);
}

/** A prediction that ended badly: its `error` is a line of the model's own. */
export function predictionFailure(status: string, error: unknown, milliseconds: number): ProviderFailure {
  const text = typeof error === 'string' ? error : '';
  const usage = { milliseconds };
  if (/nsfw|safety|flagged/i.test(text)) return new ProviderFailure('content_policy', 'Bark refused the content.', { vendorCode: status, usage });
  if (/out of memory|interrupted|director|worker/i.test(text) || status === 'aborted' || status === 'canceled') return new ProviderFailure('unavailable', 'The machine that ran Bark gave up.', { vendorCode: status, usage });
  return new ProviderFailure('malformed', 'Bark could not speak the text.', { vendorCode: status, usage });
}
