import { inspect } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { configureProvider, type FailureKind, type ProviderDefinition, type ProviderFailure } from '@tecnocursos/provider-kit';
import { startSandbox } from '@tecnocursos/sandbox';
import type { AiProvider } from '../../ports/ai-provider.port.js';
import { describeLanguageModel } from '../../testing/language-model.contract.js';
import { question } from '../../testing/language-model.fixture.js';
import { startVendorStub, type VendorStub } from '../../testing/vendor-stub.harness.js';
import { AI_PROVIDERS } from '../index.js';
import { gemini } from './gemini.provider.js';

const KEY = 'AIzaSy-0123456789abcdefghijkWXYZ';
const NOW = Date.UTC(2026, 10, 25);
const MODEL = 'gemini-3.8-flash';
const signal = new AbortController().signal;
const definition = AI_PROVIDERS.find(({ id }) => id === 'gemini') as (typeof AI_PROVIDERS)[number];

describeLanguageModel('Gemini', () => ({ startSandbox, definition, key: KEY, vendor: 'gemini', document: 'gemini.json' }));

describe('Gemini, with answers as the vendor words them', () => {
  let stub: VendorStub;
  const provider = (variables: Record<string, string> = {}): AiProvider => {
    const configured = configureProvider(gemini as unknown as ProviderDefinition<never>, { GEMINI_API_KEY: KEY, GEMINI_BASE_URL: stub.url, ...variables }, { url: undefined, production: true });
    if ('problems' in configured) throw new Error(configured.problems.join());
    return definition.create(configured.settings, { fetch: globalThis.fetch, now: () => NOW });
  };
  const failureOf = async (call: Promise<unknown> | undefined): Promise<ProviderFailure> => {
    try {
      await call;
    } catch (error) {
      return gemini.toFailure(error, NOW);
    }
    throw new Error('The call did not fail.');
  };
  const generate = (variables?: Record<string, string>): Promise<unknown> | undefined => provider(variables).language?.generate(question(MODEL), { signal });
  const read = async (): Promise<string> => {
    let text = '';
    for await (const part of provider().language?.stream(question(MODEL), { signal }) ?? []) if (part.type === 'text') text += part.text;
    return text;
  };
  beforeAll(async () => {
    stub = await startVendorStub();
  });
  afterAll(() => stub.close());

  const rpc = (name: string, more: object): object => ({ '@type': `type.googleapis.com/google.rpc.${name}`, ...more });
  const error = (code: number, status: string, message: string, ...details: object[]): object => ({ error: { code, message, status, ...(details.length > 0 && { details }) } });
  const quota = (quotaId: string): object => rpc('QuotaFailure', { violations: [{ quotaMetric: 'generativelanguage.googleapis.com/generate_content_requests', quotaId, quotaValue: '200' }] });
  const EXHAUSTED = 'You exceeded your current quota, please check your plan and billing details.';
  const CASES: [FailureKind, number, object, number | undefined][] = [
    ['auth', 400, error(400, 'INVALID_ARGUMENT', 'API key not valid. Please pass a valid API key.', rpc('ErrorInfo', { reason: 'API_KEY_INVALID', domain: 'googleapis.com' })), undefined],
    ['auth', 403, error(403, 'PERMISSION_DENIED', 'Your API key was reported as leaked. Please use another API key.'), undefined],
    ['auth', 400, error(400, 'FAILED_PRECONDITION', 'User location is not supported for the API use.'), undefined],
    ['quota', 429, error(429, 'RESOURCE_EXHAUSTED', EXHAUSTED, quota('GenerateRequestsPerDayPerProjectPerModel-FreeTier'), rpc('RetryInfo', { retryDelay: '27s' })), undefined],
    ['quota', 429, error(429, 'RESOURCE_EXHAUSTED', 'Your prepayment credits are depleted. Please go to AI Studio to manage your project and billing.'), undefined],
    ['rate_limited', 429, error(429, 'RESOURCE_EXHAUSTED', EXHAUSTED, quota('GenerateRequestsPerMinutePerProjectPerModel'), rpc('RetryInfo', { retryDelay: '27.5s' })), 27_500],
    ['rate_limited', 429, error(429, 'RESOURCE_EXHAUSTED', 'Resource has been exhausted (e.g. check quota).'), 7_000],
    ['unsupported', 404, error(404, 'NOT_FOUND', 'models/gemini-1.5-pro is not found for API version v1, or is not supported for generateContent.'), undefined],
    ['unsupported', 400, error(400, 'INVALID_ARGUMENT', 'The input token count (1200000) exceeds the maximum number of tokens allowed (1048576).'), undefined],
    ['unsupported', 400, error(400, 'INVALID_ARGUMENT', 'Function call is missing a thought_signature in functionCall parts.'), undefined],
    ['invalid_request', 400, error(400, 'INVALID_ARGUMENT', '* GenerateContentRequest.contents: contents is not specified'), undefined],
    ['timeout', 504, error(504, 'DEADLINE_EXCEEDED', 'Deadline expired before operation could complete.'), undefined],
    ['unavailable', 500, error(500, 'INTERNAL', 'An internal error has occurred.'), 7_000],
    ['unavailable', 503, error(503, 'UNAVAILABLE', 'The model is overloaded. Please try again later.'), 7_000],
  ];
  it.each(CASES)('%s: %i %j', async (kind, status, body, wait) => {
    stub.answer({ status, body, headers: { 'retry-after': '7' } });
    const failure = await failureOf(generate());
    expect(failure).toMatchObject({ kind, status, retryAfterMs: wait });
    expect(inspect(failure, { depth: 8 })).not.toMatch(/AIza|API key/);
    expect(stub.requests).toHaveLength(1);
    expect(await failureOf(read())).toMatchObject({ kind, retryAfterMs: wait });
  });

  it('takes the page of a proxy for what its status says, and broken JSON too', async () => {
    stub.answer({ status: 502, body: '<html>Bad gateway</html>' });
    expect(await failureOf(generate())).toMatchObject({ kind: 'unavailable', status: 502 });
    stub.answer({ status: 503, body: '{"error":', headers: { 'content-type': 'application/json' } });
    expect(await failureOf(generate())).toMatchObject({ kind: 'unavailable', status: 503 });
    stub.answer({ status: 200, body: '<html>Welcome to the hotel</html>' });
    expect(await failureOf(generate())).toMatchObject({ kind: 'malformed' });
    stub.answer({ status: 200, body: { candidates: 'none' } });
    expect(await failureOf(generate())).toMatchObject({ kind: 'malformed' });
  });

  const usageMetadata = { promptTokenCount: 100, cachedContentTokenCount: 64, candidatesTokenCount: 10, thoughtsTokenCount: 30, totalTokenCount: 140 };
  const USAGE = { input_tokens: 36, cached_input_tokens: 64, output_tokens: 40 };
  const response = (parts: object[], finishReason: string | undefined, more: object = {}): object => ({
    candidates: [{ content: { role: 'model', parts }, ...(finishReason !== undefined && { finishReason }), index: 0 }], usageMetadata, modelVersion: 'gemini-3.8-flash-001', responseId: 'r1', ...more,
  });

  it('reads text past thoughts, counts cached tokens apart and thoughts as output', async () => {
    stub.answer({ body: response([{ text: 'hm', thought: true }, { text: 'Bom ' }, { text: 'dia' }], 'STOP') });
    expect(await generate()).toEqual({ text: 'Bom dia', toolCalls: [], finishReason: 'stop', model: 'gemini-3.8-flash-001', usage: USAGE, warnings: [], vendorRequestId: 'r1' });
  });

  it.each<[FailureKind, string]>([
    ...['SAFETY', 'RECITATION', 'BLOCKLIST', 'PROHIBITED_CONTENT', 'SPII', 'IMAGE_SAFETY'].map((reason): [FailureKind, string] => ['content_policy', reason]),
    ['unsupported', 'LANGUAGE'],
    ...['OTHER', 'MALFORMED_FUNCTION_CALL', 'UNEXPECTED_TOOL_CALL', 'CONTINUATION', 'ECLIPSE'].map((reason): [FailureKind, string] => ['malformed', reason]),
  ])('%s for %s, and bills it', async (kind, reason) => {
    stub.answer({ body: response([{ text: 'Primeiro' }], reason) });
    expect(await failureOf(generate())).toMatchObject({ kind, vendorCode: reason, usage: USAGE, model: 'gemini-3.8-flash-001', vendorRequestId: 'r1' });
  });

  it('tells a blocked prompt, an empty answer and a broken one apart', async () => {
    stub.answer({ body: { promptFeedback: { blockReason: 'PROHIBITED_CONTENT' }, usageMetadata, modelVersion: MODEL } });
    expect(await failureOf(generate())).toMatchObject({ kind: 'content_policy', vendorCode: 'PROHIBITED_CONTENT', usage: USAGE });
    stub.answer({ body: response([], 'MAX_TOKENS') });
    expect(await failureOf(generate())).toMatchObject({ kind: 'malformed', usage: USAGE });
    const chunk = (value: object): string => JSON.stringify(value);
    stub.answer({ body: [chunk(response([{ text: 'Oi' }], undefined))] });
    expect(await failureOf(read())).toMatchObject({ kind: 'unavailable', usage: USAGE });
    stub.answer({ body: [chunk(response([{ text: 'Oi' }], undefined)), chunk(error(503, 'UNAVAILABLE', 'overloaded'))] });
    expect(await failureOf(read())).toMatchObject({ kind: 'unavailable', status: 503, usage: USAGE });
    stub.answer({ body: 'data: {"candidates": [', headers: { 'content-type': 'text/event-stream' } });
    expect(await failureOf(read())).toMatchObject({ kind: 'malformed' });
    stub.answer({ body: [chunk(response([{ text: 'Oi' }], undefined)), chunk(response([{ text: '!' }], 'STOP'))] });
    expect(await read()).toBe('Oi!');
  });

  it('sends one request, with the safety settings, version and key that are set', async () => {
    stub.answer({ body: response([{ text: 'Oi' }], 'STOP', { continuationToken: 'more' }) });
    await generate({ GEMINI_API_VERSION: 'v1beta', GEMINI_SAFETY_THRESHOLD: 'BLOCK_ONLY_HIGH', GEMINI_SAFETY_HATE_SPEECH: 'OFF' });
    expect(stub.requests).toHaveLength(1);
    expect(stub.requests[0]).toMatchObject({ method: 'POST', path: `/v1beta/models/${MODEL}:generateContent`, headers: { 'x-goog-api-key': KEY } });
    expect(JSON.parse(stub.requests[0]?.text ?? '')).toMatchObject({
      safetySettings: [
        { category: 'HARM_CATEGORY_HARASSMENT', threshold: 'BLOCK_ONLY_HIGH' }, { category: 'HARM_CATEGORY_HATE_SPEECH', threshold: 'OFF' },
        { category: 'HARM_CATEGORY_SEXUALLY_EXPLICIT', threshold: 'BLOCK_ONLY_HIGH' }, { category: 'HARM_CATEGORY_DANGEROUS_CONTENT', threshold: 'BLOCK_ONLY_HIGH' },
      ],
    });
  });

  it('sends no request to addresses that a name of a model makes up', async () => {
    stub.answer({ body: response([{ text: 'Oi' }], 'STOP') });
    for (const name of ['../files/secret', 'a/b', 'x?key=1', '']) expect(await failureOf(provider().language?.generate(question(name), { signal }))).toMatchObject({ kind: 'unsupported', field: 'model' });
    expect(stub.requests).toHaveLength(0);
  });
});

it('warns of models that have ended', () => {
  const configured = configureProvider(gemini as unknown as ProviderDefinition<never>, { GEMINI_MODEL_ECONOMY: 'gemini-2.0-flash' }, { url: undefined, production: false });
  expect('settings' in configured && definition.notices?.(configured.settings, NOW)).toEqual([{ severity: 'warning', text: 'gemini-2.0-flash is no longer served; use gemini-3.8-flash instead' }]);
});

it('names the variable that is wrong', () => {
  const configured = configureProvider(gemini as unknown as ProviderDefinition<never>, { GEMINI_SAFETY_HARASSMENT: 'BLOCK_ALL' }, { url: undefined, production: false });
  expect(configured).toEqual({ problems: [expect.stringContaining('GEMINI_SAFETY_HARASSMENT')] });
});

it('costs more when the prompt is long', () => {
  expect(definition.prices.cost('gemini-3.1-pro-preview', { input_tokens: 200_000, output_tokens: 1_000 })).toBe(412_000);
  expect(definition.prices.cost('gemini-3.1-pro-preview', { input_tokens: 200_001, output_tokens: 1_000 })).toBe(818_004);
});
