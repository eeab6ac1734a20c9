import { AppError } from '@tecnocursos/contracts';
import * as client from 'openid-client';

/** RFC 6749 §4.1.2.1 and §5.2, OpenID Connect Core §3.1.2.6: what the person, or the provider about this login, said no to. */
const REFUSALS = new Set([
  'access_denied', 'user_cancelled_login', 'user_cancelled_authorize', 'invalid_grant', 'bad_verification_code', 'login_required', 'interaction_required', 'consent_required', 'account_selection_required',
]);
const AWAY = new Set(['temporarily_unavailable', 'server_error']);

const refused = (cause: unknown): AppError => new AppError('login_refused', 'The login was refused or is over. Begin again.', { cause });
const away = (name: string, cause: unknown): AppError => new AppError('provider_unavailable', `${name} does not answer at the moment.`, { retryAfterS: 5, cause });

/** The codes of the protocol first, then the status, then what kind of failure it was. */
export function asLoginError(error: unknown, name: string): AppError {
  if (error instanceof AppError) return error;
  if (error instanceof client.AuthorizationResponseError || error instanceof client.ResponseBodyError) {
    if (REFUSALS.has(error.error)) return refused(error);
    if (AWAY.has(error.error)) return away(name, error);
    return new AppError('provider_failed', `${name} does not accept our request (${error.error}). The app's settings there and here must agree.`, { cause: error });
  }
  if (isTransport(error)) return away(name, error);
  return new AppError('provider_failed', `${name} gave an answer that does not verify.`, { cause: error });
}

/** By shape and not by class: the errors and responses are undici's own. */
function isTransport(error: unknown): boolean {
  const { name, code, message, cause } = error as { name?: string; code?: string; message?: string; cause?: { status?: unknown } };
  if (name === 'TimeoutError' || name === 'AbortError' || code === 'OAUTH_TIMEOUT') return true;
  if (code === 'OAUTH_RESPONSE_IS_NOT_CONFORM' || code === 'OAUTH_RESPONSE_IS_NOT_JSON') return Number(cause?.status) >= 500;
  return name === 'TypeError' && message === 'fetch failed';
}
