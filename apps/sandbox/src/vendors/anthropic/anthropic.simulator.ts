import type { SandboxFaultRule } from '@tecnocursos/contracts';
import type { SimulatedOperation, SimulatedRequest, SimulatedResponse, SimulatorContext, VendorSimulator, WordedFault } from '../../simulator/vendor-simulator.js';
import { requireCount, requireCreate, requireVersion } from './anthropic.checks.js';
import { AnthropicRefusal, errorAnswer, errorBody, type AnthropicErrorType } from './anthropic.errors.js';
import { answer, countInput, emptyAnswer, type WireAnswer } from './anthropic.message.js';
import { getModel, listModels } from './anthropic.models.js';
import { eventText, streamOf } from './anthropic.stream.js';

const LATENCY = { messages: { p50: 1_800, p99: 14_000 }, small: { p50: 120, p99: 700 } };
const REQUESTS_PER_MINUTE = 4_000;
const INPUT_TOKENS_PER_MINUTE = 2_000_000;
const OUTPUT_TOKENS_PER_MINUTE = 400_000;
const MINUTE_MS = 60_000;
const DEFAULT_PAGE = 20;
const LARGEST_PAGE = 1_000;

type Handle = (request: SimulatedRequest, version: string, context: SimulatorContext, params: Readonly<Record<string, string>>) => SimulatedResponse;

const handling = (handle: Handle): SimulatedOperation['handle'] => (request, params, context) => handled(request, params, context, handle);

/** Runs a handler; what it refuses is answered in the vendor's words, under one id in header and body. */
function handled(request: SimulatedRequest, params: Readonly<Record<string, string>>, context: SimulatorContext, handle: Handle): SimulatedResponse {
  const requestId = newRequestId(context);
  try {
    const response = handle(request, requireVersion(request), context, params);
    return { ...response, headers: { 'request-id': requestId, ...response.headers } };
  } catch (error) {
    if (error instanceof AnthropicRefusal) return errorAnswer(error.type, error.message, requestId, error.code);
    throw error;
  }
}

const newRequestId = (context: SimulatorContext): string => `req_011C${context.newToken(20)}`;

const inBodyOrStream = (message: WireAnswer, request: SimulatedRequest, context: SimulatorContext, isStream: boolean | undefined): SimulatedResponse =>
  isStream ? { status: 200, stream: streamOf(message, request, context) } : { status: 200, body: message };

const OPERATIONS: readonly SimulatedOperation[] = [
  {
    name: 'messages.create', method: 'POST', path: '/v1/messages', latency: LATENCY.messages,
    handle: handling((request, version, context) => {
      const body = requireCreate(request, version);
      return inBodyOrStream(answer(body, context), request, context, body.stream);
    }),
  },
  {
    name: 'messages.count_tokens', method: 'POST', path: '/v1/messages/count_tokens', latency: LATENCY.small,
    handle: handling((request, _version, context) => ({ status: 200, body: { input_tokens: countInput(requireCount(request), context.now()) } })),
  },
  {
    name: 'models.list', method: 'GET', path: '/v1/models', latency: LATENCY.small,
    handle: handling(({ query }, _version, context) => ({ status: 200, body: page(query, context.now()) })),
  },
  {
    name: 'models.retrieve', method: 'GET', path: '/v1/models/{model}', latency: LATENCY.small,
    handle: handling((_request, _version, context, { model = '' }) => ({ status: 200, body: getModel(model, context.now()) })),
  },
];

function page(query: URLSearchParams, now: number): object {
  const limit = Number(query.get('limit') ?? DEFAULT_PAGE);
  if (!Number.isInteger(limit) || limit < 1 || limit > LARGEST_PAGE) throw new AnthropicRefusal('invalid_request_error', `limit: Input should be between 1 and ${LARGEST_PAGE}`);
  const models = listModels(now);
  const after = models.findIndex(({ id }) => id === query.get('after_id')) + 1;
  const before = models.findIndex(({ id }) => id === query.get('before_id'));
  const rest = models.slice(after, before < 0 ? undefined : before);
  const data = before < 0 ? rest.slice(0, limit) : rest.slice(-limit);
  return { data, first_id: data[0]?.id ?? null, last_id: data.at(-1)?.id ?? null, has_more: data.length < rest.length };
}

/** `x-api-key`, or what the official client sends since its version 1: `Authorization: Bearer`. */
function authenticate({ headers }: SimulatedRequest): SimulatedResponse | undefined {
  const named = headers['x-api-key'];
  const key = named === undefined ? /^Bearer (.+)$/i.exec(headers.authorization ?? '')?.[1] : String(named);
  if (key === undefined) return errorAnswer('authentication_error', 'x-api-key header is required', null);
  return /^[\x21-\x7e]{8,}$/.test(key) ? undefined : errorAnswer('authentication_error', 'invalid x-api-key', null);
}

const FAULTS: Readonly<Record<Exclude<WordedFault, 'empty_answer' | 'error_in_success'>, readonly [AnthropicErrorType, string, string?]>> = {
  unauthorized: ['authentication_error', 'invalid x-api-key'],
  quota_exhausted: ['rate_limit_error', 'You have reached your specified API usage limits. You will regain access on 2026-12-01 at 00:00 UTC.', 'enforced_spend_limit_reached'],
  rate_limited: ['rate_limit_error', 'This request would exceed your organization’s rate limit of 4,000 requests per minute.'],
  server_error: ['api_error', 'Internal server error'],
  unavailable: ['overloaded_error', 'Overloaded'],
};

function fail(fault: WordedFault, _rule: SandboxFaultRule, request: SimulatedRequest, context: SimulatorContext): SimulatedResponse {
  if (fault === 'empty_answer') return empty(request, context);
  if (fault === 'error_in_success') {
    const body = errorBody('overloaded_error', 'Overloaded', newRequestId(context));
    return isStreamed(request) ? { status: 200, stream: once(eventText(body)) } : { status: 200, body };
  }
  const [type, message, code] = FAULTS[fault];
  return errorAnswer(type, message, newRequestId(context), code);
}

function empty(request: SimulatedRequest, context: SimulatorContext): SimulatedResponse {
  if (request.path !== '/v1/messages') return { status: 200, headers: { 'content-type': 'application/json' }, body: '' };
  return handled(request, {}, context, (received, version) => {
    const body = requireCreate(received, version);
    return inBodyOrStream(emptyAnswer(body, context), received, context, body.stream);
  });
}

function isStreamed(request: SimulatedRequest): boolean {
  const body = request.json();
  return typeof body === 'object' && body !== null && 'stream' in body && body.stream === true;
}

async function* once(text: string): AsyncGenerator<string> {
  yield text;
}

/** What is left of the limits: the sandbox counts nothing, so that it is always nearly all. */
function headers(_request: SimulatedRequest, context: SimulatorContext): Record<string, string> {
  const reset = new Date(context.now() + MINUTE_MS).toISOString().replace(/\.\d+Z$/, 'Z');
  const limits = Object.entries({
    requests: REQUESTS_PER_MINUTE, 'input-tokens': INPUT_TOKENS_PER_MINUTE, 'output-tokens': OUTPUT_TOKENS_PER_MINUTE, tokens: INPUT_TOKENS_PER_MINUTE + OUTPUT_TOKENS_PER_MINUTE,
  });
  return Object.fromEntries(limits.flatMap(([name, limit]) => [
    [`anthropic-ratelimit-${name}-limit`, String(limit)], [`anthropic-ratelimit-${name}-remaining`, String(limit - 1)], [`anthropic-ratelimit-${name}-reset`, reset],
  ]));
}

export const anthropicSimulator = (): VendorSimulator => ({
  id: 'anthropic',
  title: 'Anthropic',
  operations: OPERATIONS,
  plausibleFaults: [
    { fault: 'unavailable', weight: 5 }, { fault: 'rate_limited_retry_after_seconds', weight: 3 }, { fault: 'server_error', weight: 1 }, { fault: 'connection_reset', weight: 1 },
  ],
  authenticate,
  fail,
  unrouted: (_request, context) => errorAnswer('not_found_error', 'Not Found', newRequestId(context)),
  headers,
});
