import type { SimulatedResponse, WordedFault } from '../../simulator/vendor-simulator.js';

/** `{error, context?}`: every refusal. */
export const refusal = (status: number, error: string, context?: string): SimulatedResponse => ({ status, body: { error, ...(context !== undefined && { context }) } });

export function failSynthesia(fault: WordedFault): SimulatedResponse {
  switch (fault) {
    case 'unauthorized':
      return refusal(403, 'Invalid API key');
    case 'quota_exhausted':
      return refusal(403, 'Quota exceeded', 'Upgrade your plan to create more videos');
    case 'rate_limited':
      return refusal(429, 'Too many requests');
    case 'server_error':
      return refusal(500, 'Internal server error');
    case 'unavailable':
      return refusal(503, 'Service unavailable');
    case 'error_in_success':
      return refusal(200, 'Internal server error');
    case 'empty_answer':
      return { status: 200, body: {} };
  }
}
