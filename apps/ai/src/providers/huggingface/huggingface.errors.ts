import { InferenceClientError, InferenceClientInputError, InferenceClientProviderApiError } from '@huggingface/inference';
import { kindOfStatus, ProviderFailure, retryAfterMs, transportFailure, type FailureKind, type FailureOptions } from '@tecnocursos/provider-kit';
import { HuggingFaceHttpError } from './huggingface.transport.js';

/** `error.code` and `error.type` of the router, and `error_type` of text-generation-inference; those of the providers behind it are OpenAI's. */
const KIND_OF_CODE: Readonly<Record<string, FailureKind>> = {
  model_not_supported: 'unsupported',
  model_not_found: 'unsupported',
  context_length_exceeded: 'unsupported',
  unsupported_parameter: 'unsupported',
  unsupported_value: 'unsupported',
  invalid_api_key: 'auth',
  insufficient_quota: 'quota',
  rate_limit_exceeded: 'rate_limited',
  overloaded: 'unavailable',
  server_error: 'unavailable',
  internal_server_error: 'unavailable',
  generation: 'unavailable',
  incomplete_generation: 'unavailable',
  content_filter: 'content_policy',
  content_policy_violation: 'content_policy',
};

/** What is told in words alone. */
const KIND_OF_WORDS: readonly (readonly [RegExp, FailureKind])[] = [
  [/not supported by|not a chat model|does not exist|no inference provider|not found/i, 'unsupported'],
  [/context (length|window)|maximum (context|sequence) length|too (long|large)|size of tensor|must be <=.*(tokens|max_new_tokens)/i, 'unsupported'],
  [/exceeded your .*credits|payment required/i, 'quota'],
];

/** The vendor's own text may name accounts. */
const OWN_WORDS: Readonly<Partial<Record<FailureKind, string>>> = {
  auth: 'Hugging Face does not accept the token that is set.',
  quota: 'The credits at Hugging Face are used up.',
  rate_limited: 'Hugging Face’s rate limit is reached.',
  timeout: 'Hugging Face did not answer in time.',
  unavailable: 'Hugging Face is not available at the moment.',
  content_policy: 'The model’s provider refused the request for its content.',
  malformed: 'Hugging Face sent an answer that is none.',
};

const STATUS_TOO_LARGE = 413;
const LONGEST_MESSAGE = 300;
const TOKENS = /\bhf_\w{4,}/g;

interface Told {
  readonly message: string;
  readonly code: string;
  /** Seconds until a model is loaded. */
  readonly estimatedTime: number | undefined;
}

/** What an error of the vendor's client, or of `fetch` below it, means. */
export function huggingFaceFailure(error: unknown, now: number): ProviderFailure {
  if (error instanceof ProviderFailure) return error;
  if (error instanceof HuggingFaceHttpError) return refusal(error, now);
  const transport = transportFailure(error);
  if (transport) return transport;
  if (error instanceof InferenceClientProviderApiError) return withinAnswer(error);
  if (error instanceof InferenceClientInputError) return failure('unsupported', 'Hugging Face’s client does not send this request.', {});
  return error instanceof InferenceClientError ? failure('malformed', '', {}) : failure('unavailable', '', { cause: error });
}

function refusal({ status, headers, body }: HuggingFaceHttpError, now: number): ProviderFailure {
  const told = toldOf(body);
  const kind = kindOf(status, told);
  const wait = kind === 'rate_limited' || kind === 'unavailable' ? (retryAfterMs((name) => headers.get(name), now) ?? secondsToMs(told.estimatedTime)) : undefined;
  const requestId = headers.get('x-request-id');
  return failure(kind, told.message, {
    status,
    ...(told.code !== '' && { vendorCode: told.code }),
    ...(requestId !== null && { vendorRequestId: requestId }),
    ...(wait !== undefined && { retryAfterMs: wait }),
  });
}

/** An error inside a stream, or a success that is none: the status says nothing. */
function withinAnswer({ httpResponse }: InferenceClientProviderApiError): ProviderFailure {
  const told = toldOf(httpResponse.body);
  if (told.message === '' && told.code === '') return failure('malformed', '', {});
  return failure(kindOfTold(told) ?? 'unavailable', told.message, told.code === '' ? {} : { vendorCode: told.code });
}

function kindOf(status: number, told: Told): FailureKind {
  if (status === 401 || status === 402) return kindOfStatus(status);
  const byWords = status < 500 ? kindOfTold(told) : KIND_OF_CODE[told.code];
  return byWords ?? (status === STATUS_TOO_LARGE ? 'unsupported' : kindOfStatus(status));
}

function kindOfTold({ code, message }: Told): FailureKind | undefined {
  return KIND_OF_CODE[code] ?? KIND_OF_WORDS.find(([words]) => words.test(message))?.[1];
}

/** `{error: string}`, `{error: {message, code, type}}`, or `{error, error_type}`. */
function toldOf(body: unknown): Told {
  const outer = fieldsOf(body);
  const inner = fieldsOf(outer['error']);
  const texts = (...values: unknown[]): string => values.find((value): value is string => typeof value === 'string') ?? '';
  const estimated = outer['estimated_time'];
  return {
    message: texts(outer['error'], inner['message'], outer['message']),
    code: texts(inner['code'], inner['type'], outer['error_type']),
    estimatedTime: typeof estimated === 'number' ? estimated : undefined,
  };
}

const fieldsOf = (value: unknown): Readonly<Record<string, unknown>> => (typeof value === 'object' && value !== null ? { ...value } : {});
const secondsToMs = (seconds: number | undefined): number | undefined => (seconds !== undefined && seconds >= 0 && seconds < 3_600 ? Math.ceil(seconds * 1_000) : undefined);

/** The client's error is no cause: it carries the request. */
function failure(kind: FailureKind, message: string, options: FailureOptions): ProviderFailure {
  const told = message === '' ? 'Hugging Face refused the request.' : message.replace(TOKENS, '[redacted]').slice(0, LONGEST_MESSAGE);
  return new ProviderFailure(kind, OWN_WORDS[kind] ?? told, options);
}
