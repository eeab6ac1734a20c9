import type { SimulatedResponse, WordedFault } from '../../simulator/vendor-simulator.js';

/** `{kind, description, details?}`: every refusal. */
export const refusal = (status: number, kind: string, description: string, details?: object): SimulatedResponse => ({ status, body: { kind, description, ...(details && { details }) } });

export const validationError = (field: string, message: string): SimulatedResponse => refusal(400, 'ValidationError', 'validation error', { [field]: { message } });
export const notFound = (): SimulatedResponse => refusal(404, 'NotFoundError', 'not found');
export const noCredits = (): SimulatedResponse => refusal(402, 'InsufficientCreditsError', 'not enough credits');

export function failDId(fault: WordedFault): SimulatedResponse {
  switch (fault) {
    case 'unauthorized':
      return refusal(401, 'AuthorizationError', 'invalid API key');
    case 'quota_exhausted':
      return noCredits();
    case 'rate_limited':
      return refusal(429, 'TooManyRequestsError', 'too many requests');
    case 'server_error':
      return refusal(500, 'InternalServerError', 'internal server error');
    case 'unavailable':
      return refusal(503, 'ServiceUnavailableError', 'service unavailable');
    case 'error_in_success':
      return refusal(200, 'InternalServerError', 'internal server error');
    case 'empty_answer':
      return { status: 200, body: {} };
  }
}
