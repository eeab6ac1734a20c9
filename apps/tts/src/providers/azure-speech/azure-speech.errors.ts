import type { ProviderFailure } from '@tecnocursos/provider-kit';
import { httpFailure } from '../../wire/http-failure.js';
import { unknownFailure } from '../../wire/transport-failure.js';

/**
 * Azure's refusals carry a status and mostly no body: 400, 401, 415, 429, 502 and 503 are documented, the last three to be tried again.
 * https://learn.microsoft.com/azure/ai-services/speech-service/rest-text-to-speech#http-status-codes-1
 */
export function azureRefusal(response: Pick<Response, 'status'> & { readonly headers: Pick<Headers, 'get'> }, now: number): ProviderFailure {
  return httpFailure({
    vendor: 'Azure Speech', status: response.status, header: (name) => response.headers.get(name), requestId: response.headers.get('x-requestid'),
    ...(response.status === 400 && { message: 'a voice or a markup that this region does not know' }),
  }, now);
}

export const azureFailure = (error: unknown): ProviderFailure => unknownFailure(error);
