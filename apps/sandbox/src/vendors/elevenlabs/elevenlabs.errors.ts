import type { SimulatedRequest, SimulatedResponse, WordedFault } from '../../simulator/vendor-simulator.js';

/** `{detail: {status, message}}`: every refusal but those of validation. */
export const refusal = (httpStatus: number, status: string, message: string): SimulatedResponse => ({ status: httpStatus, body: { detail: { status, message } } });

/** FastAPI's own: a list of what is wrong and where. */
export const unprocessable = (loc: readonly (string | number)[], msg: string, type = 'value_error'): SimulatedResponse => ({ status: 422, body: { detail: [{ loc, msg, type }] } });

export const quotaExceeded = (left: number, needed: number): SimulatedResponse =>
  refusal(401, 'quota_exceeded', `This request exceeds your quota. You have ${left} credits remaining, while ${needed} credits are required for this request.`);

/** What the API says when it fails so. */
export function failElevenLabs(fault: WordedFault, request: SimulatedRequest): SimulatedResponse {
  switch (fault) {
    case 'unauthorized':
      return refusal(401, 'invalid_api_key', 'Invalid API key');
    case 'quota_exhausted':
      return quotaExceeded(0, 120);
    case 'rate_limited':
      return refusal(429, 'too_many_concurrent_requests', 'Too many concurrent requests. Your current subscription is associated with a maximum of 5 concurrent requests.');
    case 'server_error':
      return { status: 500, body: { detail: { status: 'internal_server_error', message: 'Internal server error' } } };
    case 'unavailable':
      return { status: 503, body: { detail: { status: 'system_busy', message: 'We are experiencing heavy traffic! Please try again.' } } };
    case 'error_in_success':
      return { status: 200, body: { detail: { status: 'internal_server_error', message: 'Internal server error' } } };
    case 'empty_answer':
      return request.path.endsWith('/with-timestamps') ? { status: 200, body: { audio_base64: '', alignment: null, normalized_alignment: null } } : { status: 200, headers: { 'content-type': 'audio/mpeg' }, body: Buffer.alloc(0) };
  }
}
