import type { SimulatedResponse } from '../../simulator/vendor-simulator.js';

export interface OpenAiError {
  readonly message: string;
  readonly type: string;
  readonly param: string | null;
  readonly code: string | null;
}

/** Thrown by checks, answered as the vendor answers. */
export class OpenAiRefusal extends Error {
  constructor(
    readonly status: number,
    readonly error: OpenAiError,
  ) {
    super(error.message);
  }
}

export const errorAnswer = (status: number, error: OpenAiError): SimulatedResponse => ({ status, body: { error } });

/** A refusal of the request itself: `type` is `invalid_request_error`. */
export function refuse(message: string, param: string | null = null, code: string | null = null, status = 400): OpenAiRefusal {
  return new OpenAiRefusal(status, { message, type: 'invalid_request_error', param, code });
}

/** Runs a handler, and turns a refusal into the answer that it is. */
export function answering(handle: () => SimulatedResponse): SimulatedResponse {
  try {
    return handle();
  } catch (error) {
    if (error instanceof OpenAiRefusal) return errorAnswer(error.status, error.error);
    throw error;
  }
}

export const RATE_LIMITED: OpenAiError = {
  message:
    'Rate limit reached for gpt-6-luna in organization org-sandbox on requests per min (RPM): Limit 10000, Used 10000, Requested 1. Please try again in 1s. ' +
    'Visit https://platform.openai.com/account/rate-limits to learn more.',
  type: 'requests', param: null, code: 'rate_limit_exceeded',
};
export const QUOTA_EXHAUSTED: OpenAiError = {
  message:
    'You exceeded your current quota, please check your plan and billing details. For more information on this error, read the docs: ' +
    'https://platform.openai.com/docs/guides/error-codes/api-errors.',
  type: 'insufficient_quota', param: null, code: 'insufficient_quota',
};
export const SERVER_ERROR: OpenAiError = {
  message: 'The server had an error while processing your request. Sorry about that!', type: 'server_error', param: null, code: null,
};
export const OVERLOADED: OpenAiError = { message: 'The engine is currently overloaded, please try again later', type: 'server_error', param: null, code: null };
export const WRONG_KEY: OpenAiError = {
  message: 'Incorrect API key provided. You can find your API key at https://platform.openai.com/account/api-keys.',
  type: 'invalid_request_error', param: null, code: 'invalid_api_key',
};
export const NO_KEY: OpenAiError = {
  message:
    "You didn't provide an API key. You need to provide your API key in an Authorization header using Bearer auth (i.e. Authorization: Bearer YOUR_KEY), " +
    'or as the password field (with blank username) if you\'re accessing the API from your browser and are prompted for a username and password. ' +
    'You can obtain an API key from https://platform.openai.com/account/api-keys.',
  type: 'invalid_request_error', param: null, code: null,
};
