import type { SandboxFaultRule } from '@tecnocursos/contracts';
import type { SimulatedOperation, SimulatedRequest, SimulatedResponse, SimulatorContext, VendorSimulator, WordedFault } from '../../simulator/vendor-simulator.js';
import { answer, countPrompt, emptyAnswer, type WireResponse } from './gemini.answer.js';
import { requireCount, requireGenerate } from './gemini.checks.js';
import { DAILY_QUOTA, errorAnswer, errorBody, GeminiRefusal, NO_KEY, OVERLOADED, rateLimited, SERVER_ERROR, WRONG_KEY } from './gemini.errors.js';
import { getModel, listModels, requireModel } from './gemini.models.js';

const API_VERSIONS = ['v1', 'v1beta'] as const;
const LATENCY = { generate: { p50: 1_400, p99: 11_000 }, small: { p50: 90, p99: 600 } };
const CHUNK_MS = 60;
const JSON_UTF8 = { 'content-type': 'application/json; charset=UTF-8' };
const STREAM_METHOD = ':streamGenerateContent';

type Handle = (request: SimulatedRequest, model: string, context: SimulatorContext) => SimulatedResponse;

function operationsOf(version: (typeof API_VERSIONS)[number]): SimulatedOperation[] {
  const model = `/${version}/models/{model}`;
  const operation = (name: string, method: 'GET' | 'POST', path: string, latency: SimulatedOperation['latency'], handle: Handle): SimulatedOperation => ({
    name, method, path, latency, handle: (request, params, context) => refusing(() => handle(request, params['model'] ?? '', context)),
  });
  return [
    operation('models.generateContent', 'POST', `${model}:generateContent`, LATENCY.generate, (request, name, context) => {
      const found = requireModel(name, version);
      return inOne(answer(requireGenerate(request, found.isSigned), found, context, 'whole')[0] ?? {});
    }),
    operation('models.streamGenerateContent', 'POST', `${model}${STREAM_METHOD}`, LATENCY.generate, (request, name, context) => {
      const found = requireModel(name, version);
      return streamed(answer(requireGenerate(request, found.isSigned), found, context, 'chunks'), request, context);
    }),
    operation('models.countTokens', 'POST', `${model}:countTokens`, LATENCY.small, (request, name) => {
      requireModel(name, version);
      const tokens = countPrompt(requireCount(request));
      return inOne({ totalTokens: tokens, promptTokensDetails: [{ modality: 'TEXT', tokenCount: tokens }] });
    }),
    operation('models.list', 'GET', `/${version}/models`, LATENCY.small, ({ query }) => inOne(listModels(query))),
    operation('models.get', 'GET', model, LATENCY.small, (_request, name) => inOne(getModel(name, version))),
  ];
}

function refusing(handle: () => SimulatedResponse): SimulatedResponse {
  try {
    return handle();
  } catch (error) {
    if (error instanceof GeminiRefusal) return errorAnswer(error.error);
    throw error;
  }
}

const inOne = (body: object): SimulatedResponse => ({ status: 200, headers: JSON_UTF8, body });

/** Server-sent events with `alt=sse`, else one JSON array that grows. */
function streamed(chunks: readonly WireResponse[], request: SimulatedRequest, context: SimulatorContext): SimulatedResponse {
  if (request.query.get('alt') === 'sse') return { status: 200, stream: paced(chunks, (chunk) => `data: ${JSON.stringify(chunk)}\r\n\r\n`, request, context) };
  const inArray = (chunk: WireResponse, index: number): string => `${index === 0 ? '[' : ',\r\n'}${JSON.stringify(chunk)}${index === chunks.length - 1 ? ']\n' : ''}`;
  return { status: 200, headers: JSON_UTF8, stream: paced(chunks, inArray, request, context) };
}

async function* paced(
  chunks: readonly WireResponse[], write: (chunk: WireResponse, index: number) => string, request: SimulatedRequest, context: SimulatorContext,
): AsyncGenerator<string> {
  for (const [index, chunk] of chunks.entries()) {
    yield write(chunk, index);
    await context.pause(CHUNK_MS, request.signal);
  }
}

/** `x-goog-api-key`, or `?key=`. */
function authenticate({ headers, query }: SimulatedRequest): SimulatedResponse | undefined {
  const header = headers['x-goog-api-key'];
  const key = header === undefined ? query.get('key') : String(header);
  if (key === null || key === '') return errorAnswer(NO_KEY);
  return /^[\x21-\x7e]{8,}$/.test(key) ? undefined : errorAnswer(WRONG_KEY);
}

const FAULTS = { unauthorized: WRONG_KEY, quota_exhausted: DAILY_QUOTA, server_error: SERVER_ERROR, unavailable: OVERLOADED } as const;

function fail(fault: WordedFault, rule: SandboxFaultRule, request: SimulatedRequest, context: SimulatorContext): SimulatedResponse {
  if (fault === 'rate_limited') return errorAnswer(rateLimited(rule.fault === 'rate_limited' ? rule.retry_after_s : undefined));
  if (fault === 'empty_answer') return refusing(() => empty(request, context));
  if (fault !== 'error_in_success') return errorAnswer(FAULTS[fault]);
  const body = errorBody(OVERLOADED) as WireResponse;
  return request.path.endsWith(STREAM_METHOD) ? streamed([body], request, context) : inOne(body);
}

function empty(request: SimulatedRequest, context: SimulatorContext): SimulatedResponse {
  const [, version, name] = /^\/(v1\w*)\/models\/([^/:]+):(?:stream)?generateContent$/i.exec(request.path) ?? [];
  if (version === undefined || name === undefined) return inOne({});
  const model = requireModel(name, version);
  const response = emptyAnswer(requireGenerate(request, model.isSigned), model, context);
  return request.path.endsWith(STREAM_METHOD) ? streamed([response], request, context) : inOne(response);
}

export const geminiSimulator = (): VendorSimulator => ({
  id: 'gemini',
  title: 'Google Gemini',
  operations: API_VERSIONS.flatMap(operationsOf),
  plausibleFaults: [{ fault: 'unavailable', weight: 5 }, { fault: 'rate_limited', weight: 4 }, { fault: 'server_error', weight: 2 }, { fault: 'connection_reset', weight: 1 }],
  authenticate,
  fail,
  // Google's front end answers in HTML.
  unrouted: () => ({
    status: 404, headers: { 'content-type': 'text/html; charset=UTF-8' },
    body: '<!DOCTYPE html><html lang=en><title>Error 404 (Not Found)!!1</title><p><b>404.</b> <ins>That’s an error.</ins>',
  }),
  headers: (_request, _context, elapsedMs) => ({ 'server-timing': `gfet4t7; dur=${Math.max(0, Math.round(elapsedMs))}`, vary: 'Origin, X-Origin, Referer' }),
});
