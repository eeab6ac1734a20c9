import type { SimulatedResponse } from '../../simulator/vendor-simulator.js';

/** `error.type` and the status that each comes with (types of `@anthropic-ai/sdk` 1.12.0; the pairs follow its classes). */
const STATUS = {
  invalid_request_error: 400, authentication_error: 401, billing_error: 402, permission_error: 403, not_found_error: 404, request_too_large: 413, rate_limit_error: 429,
  api_error: 500, timeout_error: 504, overloaded_error: 529,
} as const;
export type AnthropicErrorType = keyof typeof STATUS;

export interface ErrorBody {
  readonly type: 'error';
  readonly error: { readonly type: AnthropicErrorType; readonly message: string; readonly details?: { readonly error_code: string } };
  readonly request_id: string | null;
}

/** Thrown by checks, answered as the vendor answers. */
export class AnthropicRefusal extends Error {
  constructor(
    readonly type: AnthropicErrorType,
    message: string,
    readonly code?: string,
  ) {
    super(message);
  }
}

export const refuse = (message: string): AnthropicRefusal => new AnthropicRefusal('invalid_request_error', message);

export const errorBody = (type: AnthropicErrorType, message: string, requestId: string | null, code?: string): ErrorBody => ({
  type: 'error', error: { type, message, ...(code !== undefined && { details: { error_code: code } }) }, request_id: requestId,
});

export function errorAnswer(type: AnthropicErrorType, message: string, requestId: string | null, code?: string): SimulatedResponse {
  return { status: STATUS[type], headers: requestId === null ? {} : { 'request-id': requestId }, body: errorBody(type, message, requestId, code) };
}
