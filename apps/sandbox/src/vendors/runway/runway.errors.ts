import type { SimulatedResponse, WordedFault } from '../../simulator/vendor-simulator.js';

export interface Issue {
  readonly code: string;
  readonly path: readonly (string | number)[];
  readonly message: string;
}

export const refusal = (status: number, error: string): SimulatedResponse => ({ status, body: { error } });

export const invalid = (issues: readonly Issue[]): SimulatedResponse => ({
  status: 400, body: { error: 'Validation of body failed', issues, docUrl: 'https://docs.dev.runwayml.com/api' },
});

export const noCredits = (): SimulatedResponse => refusal(400, 'You do not have enough credits to run this task.');

export function failRunway(fault: WordedFault): SimulatedResponse {
  switch (fault) {
    case 'unauthorized':
      return refusal(401, 'The API key is invalid.');
    case 'quota_exhausted':
      return noCredits();
    case 'rate_limited':
      return refusal(429, 'You have reached the daily limit of generations for this model.');
    case 'server_error':
      return refusal(500, 'An unexpected error occurred.');
    case 'unavailable':
      return refusal(503, 'The service is temporarily unavailable.');
    case 'error_in_success':
      return refusal(200, 'An unexpected error occurred.');
    case 'empty_answer':
      return { status: 200, body: {} };
  }
}
