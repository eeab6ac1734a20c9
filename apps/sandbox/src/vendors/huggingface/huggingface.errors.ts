import type { SimulatedResponse } from '../../simulator/vendor-simulator.js';

/** The router words errors as OpenAI does, hf-inference and the hub's own checks in one string. */
export type HuggingFaceErrorBody =
  | { readonly error: string; readonly error_type?: string; readonly estimated_time?: number }
  | { readonly error: { readonly message: string; readonly type: string; readonly param?: string; readonly code: string } };

/** Thrown by checks, answered as the vendor answers. */
export class HuggingFaceRefusal extends Error {
  constructor(
    readonly status: number,
    readonly body: HuggingFaceErrorBody,
  ) {
    super(typeof body.error === 'string' ? body.error : body.error.message);
  }
}

export const invalid = (problem: string): HuggingFaceRefusal => new HuggingFaceRefusal(422, { error: `Input validation error: ${problem}`, error_type: 'validation' });

const wrongModel = (message: string, code: string): HuggingFaceRefusal =>
  new HuggingFaceRefusal(400, { error: { message, type: 'invalid_request_error', param: 'model', code } });

export const noSuchModel = (model: string): HuggingFaceRefusal => wrongModel(`The requested model '${model}' does not exist`, 'model_not_found');

export const notServedBy = (model: string, provider: string): HuggingFaceRefusal =>
  wrongModel(`The requested model '${model}' is not supported by provider '${provider}'.`, 'model_not_supported');

export const answerOf = (status: number, body: HuggingFaceErrorBody): SimulatedResponse => ({ status, body });

/** Runs a handler, and turns a refusal into the answer that it is. */
export function answering(handle: () => SimulatedResponse): SimulatedResponse {
  try {
    return handle();
  } catch (error) {
    if (error instanceof HuggingFaceRefusal) return answerOf(error.status, error.body);
    throw error;
  }
}

export const WRONG_TOKEN: HuggingFaceErrorBody = { error: 'Invalid username or password.' };
export const NO_CREDITS: HuggingFaceErrorBody = {
  error: 'You have exceeded your monthly included credits for Inference Providers. Subscribe to PRO to get 20x more monthly included credits.',
};
export const TOO_FAST: HuggingFaceErrorBody = { error: 'Too Many Requests: you have reached your 5 minute limit' };
export const SERVER_ERROR: HuggingFaceErrorBody = { error: 'Internal Server Error' };
export const OVERLOADED: HuggingFaceErrorBody = {
  error: { message: 'The service is temporarily overloaded, please try again later', type: 'server_error', code: 'server_overloaded' },
};

const LOADING_SECONDS = 20;
/** A model of hf-inference that nobody has asked for in a while is loaded first. */
export const loading = (model: string): HuggingFaceErrorBody => ({ error: `Model ${model} is currently loading`, estimated_time: LOADING_SECONDS });
