import type { ProviderFailure } from '@tecnocursos/provider-kit';
import { httpFailure } from '../../wire/http-failure.js';

/** The service is not documented: 429 and 403 are what blocked addresses see. */
export function gttsRefusal({ status, headers }: { readonly status: number; readonly headers: Pick<Headers, 'get'> }, now: number): ProviderFailure {
  return httpFailure({ vendor: 'Google Translate', status, header: (name) => headers.get(name), ...(status === 403 && { kind: 'rate_limited' as const }) }, now);
}
