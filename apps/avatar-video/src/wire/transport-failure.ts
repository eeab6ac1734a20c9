import { failureInCauses, ProviderFailure, type ErrorLike } from '@tecnocursos/provider-kit';

/** `vendorCode` of failures before anything was sent: nobody can have taken an order. */
export const NOT_SENT = 'not_sent';

const NO_CONNECTION = new Set(['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH', 'ENETUNREACH', 'UND_ERR_CONNECT_TIMEOUT', 'CERT_HAS_EXPIRED', 'DEPTH_ZERO_SELF_SIGNED_CERT', 'ERR_TLS_CERT_ALTNAME_INVALID']);
const TIMEOUTS = new Set(['ETIMEDOUT', 'UND_ERR_HEADERS_TIMEOUT', 'UND_ERR_BODY_TIMEOUT']);

/** What went wrong below HTTP, wherever in the chain of causes it stands; `unavailable` when nothing is known. */
export const transportFailure = (error: unknown): ProviderFailure =>
  failureInCauses(error, classify) ?? new ProviderFailure('unavailable', 'The connection to the vendor failed.', { cause: error });

function classify(error: ErrorLike): ProviderFailure | undefined {
  const code = typeof error.code === 'string' ? error.code : '';
  if (NO_CONNECTION.has(code)) return new ProviderFailure('unavailable', 'The vendor cannot be reached.', { vendorCode: NOT_SENT, cause: error });
  if (error.name === 'TimeoutError' || TIMEOUTS.has(code)) return new ProviderFailure('timeout', 'The vendor did not answer in time.', { cause: error });
  if (error.name === 'AbortError') return new ProviderFailure('canceled', 'The call was given up.', { cause: error });
  if (error.name === 'SyntaxError' || error.name === 'ZodError') return new ProviderFailure('malformed', 'The vendor sent an answer that is not what its documents say.', { cause: error });
  return undefined;
}

const ANSWERED_NO = new Set(['invalid_request', 'unsupported', 'auth', 'quota', 'rate_limited', 'content_policy']);

/** Whether it is open what became of an order: no answer, one that breaks off, or one that cannot be read. A refusal is none of these. */
export const leavesInDoubt = ({ kind, vendorCode }: ProviderFailure): boolean => !ANSWERED_NO.has(kind) && vendorCode !== NOT_SENT;
