import type { SimulatedResponse } from '../../simulator/vendor-simulator.js';

/** google.rpc.Code with its HTTP status, as far as the Gemini API uses them. */
const HTTP_STATUS = {
  INVALID_ARGUMENT: 400, FAILED_PRECONDITION: 400, UNAUTHENTICATED: 401, PERMISSION_DENIED: 403, NOT_FOUND: 404, RESOURCE_EXHAUSTED: 429, INTERNAL: 500, UNAVAILABLE: 503,
} as const;
export type GoogleCode = keyof typeof HTTP_STATUS;

export interface GoogleError {
  readonly status: GoogleCode;
  readonly message: string;
  readonly details?: readonly object[];
}

/** Thrown by checks, answered as the vendor answers. */
export class GeminiRefusal extends Error {
  constructor(readonly error: GoogleError) {
    super(error.message);
  }
}

export const refuse = (message: string, status: GoogleCode = 'INVALID_ARGUMENT'): GeminiRefusal => new GeminiRefusal({ status, message });

export const errorBody = ({ status, message, details }: GoogleError): object => ({
  error: { code: HTTP_STATUS[status], message, status, ...(details !== undefined && { details }) },
});

export const errorAnswer = (error: GoogleError): SimulatedResponse =>
  ({ status: HTTP_STATUS[error.status], headers: { 'content-type': 'application/json; charset=UTF-8' }, body: errorBody(error) });

const type = (name: string): string => `type.googleapis.com/google.rpc.${name}`;
const HELP = { '@type': type('Help'), links: [{ description: 'Learn more about Gemini API quotas', url: 'https://ai.google.dev/gemini-api/docs/rate-limits' }] };
const QUOTA_MESSAGE =
  'You exceeded your current quota, please check your plan and billing details. For more information on this error, head to: https://ai.google.dev/gemini-api/docs/rate-limits.';

const quotaFailure = (quotaId: string, quotaValue: string): object => ({
  '@type': type('QuotaFailure'),
  violations: [{ quotaMetric: 'generativelanguage.googleapis.com/generate_content_requests', quotaId, quotaDimensions: { location: 'global' }, quotaValue }],
});

export const WRONG_KEY: GoogleError = {
  status: 'INVALID_ARGUMENT', message: 'API key not valid. Please pass a valid API key.',
  details: [{ '@type': type('ErrorInfo'), reason: 'API_KEY_INVALID', domain: 'googleapis.com', metadata: { service: 'generativelanguage.googleapis.com' } }],
};
export const NO_KEY: GoogleError = {
  status: 'PERMISSION_DENIED',
  message: "Method doesn't allow unregistered callers (callers without established identity). Please use API Key or other form of API consumer identity to call this API.",
};
export const DAILY_QUOTA: GoogleError = {
  status: 'RESOURCE_EXHAUSTED', message: QUOTA_MESSAGE, details: [quotaFailure('GenerateRequestsPerDayPerProjectPerModel', '10000'), HELP],
};
export const SERVER_ERROR: GoogleError = {
  status: 'INTERNAL', message: 'An internal error has occurred. Please retry or report in https://developers.generativeai.google/guide/troubleshooting',
};
export const OVERLOADED: GoogleError = { status: 'UNAVAILABLE', message: 'The model is overloaded. Please try again later.' };

/** The limit of a minute; says when to come back in the body, where no header does. */
export const rateLimited = (retryAfterSeconds: number | undefined): GoogleError => ({
  status: 'RESOURCE_EXHAUSTED', message: QUOTA_MESSAGE,
  details: [
    quotaFailure('GenerateRequestsPerMinutePerProjectPerModel', '1000'), HELP,
    ...(retryAfterSeconds === undefined ? [] : [{ '@type': type('RetryInfo'), retryDelay: `${retryAfterSeconds}s` }]),
  ],
});

/** The shape of a request is wrong; each violation names its place. */
export const badRequest = (message: string, field: string): GeminiRefusal => new GeminiRefusal({
  status: 'INVALID_ARGUMENT', message, details: [{ '@type': type('BadRequest'), fieldViolations: [{ ...(field !== '' && { field }), description: message }] }],
});
