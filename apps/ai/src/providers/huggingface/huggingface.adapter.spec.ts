import { inspect } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { configureProvider, type FailureKind, type ProviderDefinition, type ProviderFailure } from '@tecnocursos/provider-kit';
import { startSandbox } from '@tecnocursos/sandbox';
import type { AiProvider } from '../../ports/ai-provider.port.js';
import { describeLanguageModel } from '../../testing/language-model.contract.js';
import { question } from '../../testing/language-model.fixture.js';
import { startVendorStub, type VendorStub } from '../../testing/vendor-stub.harness.js';
import { AI_PROVIDERS } from '../index.js';
import { huggingface } from './huggingface.provider.js';

const KEY = 'hf_abcdefghijklmnopqrstuvwxyzABCDEFGH';
const NOW = Date.UTC(2026, 10, 23);
const MODEL = 'openai/gpt-oss-120b';
const signal = new AbortController().signal;
const definition = AI_PROVIDERS.find(({ id }) => id === 'huggingface') as (typeof AI_PROVIDERS)[number];

describeLanguageModel('Hugging Face', () => ({ startSandbox, definition, key: KEY, vendor: 'huggingface', document: 'huggingface.json' }));

describe('Hugging Face, with answers as the vendor words them', () => {
  let stub: VendorStub;
  let clock = NOW;
  const provider = (variables: Record<string, string> = {}): AiProvider => {
    const configured = configureProvider(
      huggingface as unknown as ProviderDefinition<never>, { HUGGINGFACE_API_KEY: KEY, HUGGINGFACE_BASE_URL: stub.url, ...variables }, { url: undefined, production: true },
    );
    if ('problems' in configured) throw new Error(configured.problems.join());
    return definition.create(configured.settings, { fetch: globalThis.fetch, now: () => (clock += 125) });
  };
  const failureOf = async (call: Promise<unknown> | undefined): Promise<ProviderFailure> => {
    try {
      await call;
    } catch (error) {
      return huggingface.toFailure(error, NOW);
    }
    throw new Error('The call did not fail.');
  };
  const generate = (): Promise<unknown> | undefined => provider().language?.generate(question(MODEL), { signal });
  const classify = (): Promise<unknown> | undefined => provider().sentiment?.classify('Adorei a aula!', { signal });
  const read = async (): Promise<void> => {
    for await (const part of provider().language?.stream(question(MODEL), { signal }) ?? []) expect(part.type).toBe('text');
  };
  beforeAll(async () => {
    stub = await startVendorStub();
  });
  afterAll(() => stub.close());

  const CASES: [FailureKind, number, object | string][] = [
    ['auth', 401, { error: 'Invalid username or password.' }],
    ['auth', 403, { error: 'This authentication method does not have sufficient permissions to call Inference Providers on behalf of user hf_abcdefgh' }],
    ['quota', 402, { error: 'You have exceeded your monthly included credits for Inference Providers. Subscribe to PRO to get 20x more monthly included credits.' }],
    ['unsupported', 400, { error: { message: "The requested model 'no/such' does not exist", type: 'invalid_request_error', param: 'model', code: 'model_not_found' } }],
    ['unsupported', 400, { error: { message: "The requested model 'a/b' is not supported by any provider you have enabled.", type: 'invalid_request_error', code: 'model_not_supported' } }],
    ['unsupported', 404, { error: 'Model no/such not found' }],
    ['unsupported', 422, { error: 'Input validation error: `inputs` tokens + `max_new_tokens` must be <= 8192. Given: 9000 `inputs` tokens', error_type: 'validation' }],
    ['unsupported', 400, { error: 'The size of tensor a (600) must match the size of tensor b (514) at non-singleton dimension 1' }],
    ['unsupported', 413, 'Payload Too Large'],
    ['invalid_request', 422, { error: 'Input validation error: `temperature` must be strictly positive', error_type: 'validation' }],
    ['rate_limited', 429, { error: 'Too Many Requests: you have reached your 5 minute limit' }],
    ['timeout', 408, 'Request Timeout of hf_abcdefgh'],
    ['unavailable', 429, { error: 'Model is overloaded', error_type: 'overloaded' }],
    ['unavailable', 500, { error: 'Request failed during generation: Server error', error_type: 'generation' }],
    ['unavailable', 503, { error: 'Model openai/gpt-oss-120b is currently loading', estimated_time: 7 }],
    ['unavailable', 504, '<html>Gateway time-out</html>'],
  ];

  describe.each([['generate', generate], ['stream', read], ['classify', classify]] as const)('%s', (_name, call) => {
    it.each(CASES)('%s: %i %j', async (kind, status, body) => {
      stub.answer({ status, body, headers: { 'x-request-id': 'Root=1-abc', ...(status === 503 ? {} : { 'retry-after': '7' }) } });
      const failure = await failureOf(call());
      expect(failure).toMatchObject({ kind, status, vendorRequestId: 'Root=1-abc', retryAfterMs: kind === 'rate_limited' || kind === 'unavailable' ? 7_000 : undefined });
      expect(inspect(failure, { depth: 8 })).not.toMatch(/hf_abc/);
      expect(stub.requests).toHaveLength(1);
    });
  });

  const usage = { prompt_tokens: 30, completion_tokens: 5, total_tokens: 35 };
  const completion = (message: object, finish: string): object => ({ id: 'x', object: 'chat.completion', created: 1, model: MODEL, system_fingerprint: '', usage, choices: [{ index: 0, message, finish_reason: finish }] });

  it('takes the reasons of text-generation-inference', async () => {
    stub.answer({ body: completion({ role: 'assistant', content: 'Oi' }, 'eos_token') });
    expect(await generate()).toEqual({ text: 'Oi', toolCalls: [], finishReason: 'stop', model: MODEL, usage: { input_tokens: 30, output_tokens: 5 }, warnings: [] });
  });

  it('asks the router as it is set', async () => {
    stub.answer({ body: completion({ role: 'assistant', content: 'Oi' }, 'stop') });
    const { language } = provider({ HUGGINGFACE_ROUTING: 'cheapest', HUGGINGFACE_BILL_TO: 'tecnocursos' });
    const toolCalls = [{ id: 'call_1', name: 'search', arguments: '{}' }];
    const messages = [...question(MODEL).messages, { role: 'assistant', content: '', toolCalls } as const, { role: 'tool', toolCallId: 'call_1', content: 'nada' } as const];
    await language?.generate(question(MODEL, { messages, maxOutputTokens: 12 }), { signal });
    await language?.generate(question(`${MODEL}:groq`), { signal });
    expect(stub.requests[0]).toMatchObject({ method: 'POST', path: '/v1/chat/completions', headers: { authorization: `Bearer ${KEY}`, 'x-hf-bill-to': 'tecnocursos' } });
    const [first, second] = stub.requests.map(({ text }) => JSON.parse(text) as { model: string; max_tokens?: number; messages: object[] });
    expect([first?.model, first?.max_tokens, second?.model]).toEqual([`${MODEL}:cheapest`, 12, `${MODEL}:groq`]);
    expect(first?.messages[1]).toEqual({ role: 'assistant', tool_calls: [{ id: 'call_1', type: 'function', function: { name: 'search', arguments: '{}' } }] });
  });

  it.each<[string, FailureKind, string[]]>([
    ['an error in words', 'unavailable', ['{"error":"Something went wrong"}']],
    ['an error with a code', 'content_policy', ['{"error":{"message":"flagged","code":"content_filter"}}']],
    ['a text that is not JSON', 'malformed', ['{"choices":']],
    ['nothing', 'malformed', ['[DONE]']],
    ['no end', 'unavailable', [JSON.stringify({ id: 'x', model: MODEL, choices: [{ index: 0, delta: { role: 'assistant', content: 'Oi' }, finish_reason: null }] })]],
  ])('says what a stream with %s is', async (_title, kind, body) => {
    stub.answer({ body });
    expect(await failureOf(read())).toMatchObject({ kind });
  });

  it('refuses an answer that is no stream', async () => {
    stub.answer({ body: completion({ role: 'assistant', content: 'Oi' }, 'stop') });
    expect(await failureOf(read())).toMatchObject({ kind: 'malformed' });
  });

  it('tells the sentiment, and how long it took', async () => {
    stub.answer({ body: [[{ label: 'negative', score: 0.02 }, { label: 'positive', score: 0.91 }, { label: 'neutral', score: 0.07 }]] as unknown as object });
    const model = 'cardiffnlp/twitter-xlm-roberta-base-sentiment';
    expect(await classify()).toEqual({ label: 'positive', score: 0.91, model, usage: { requests: 1, milliseconds: 125 } });
    expect(stub.requests[0]).toMatchObject({ path: `/hf-inference/models/${model}`, text: '{"inputs":"Adorei a aula!"}', headers: { authorization: `Bearer ${KEY}` } });
  });

  it.each([[{ body: [[{ label: 'cat', score: 1 }]] as unknown as object }], [{ body: { label: 'positive' } }], [{ body: '<html></html>' }]])('refuses classes of something else: %j', async (answer) => {
    stub.answer(answer);
    expect(await failureOf(classify())).toMatchObject({ kind: 'malformed' });
  });

  it('names the variable that is wrong', () => {
    const wrong = configureProvider(huggingface as unknown as ProviderDefinition<never>, { HUGGINGFACE_SENTIMENT_MODEL: '../../etc' }, { url: undefined, production: false });
    expect(wrong).toEqual({ problems: [expect.stringContaining('HUGGINGFACE_SENTIMENT_MODEL')] });
  });
});

it('tells the sentiment in the sandbox', async () => {
  const sandbox = await startSandbox({ seed: 1 });
  const variables = { HUGGINGFACE_API_KEY: KEY, HUGGINGFACE_BASE_URL: `${sandbox.url}/huggingface` };
  const configured = configureProvider(huggingface as unknown as ProviderDefinition<never>, variables, { url: undefined, production: true });
  if ('problems' in configured) throw new Error(configured.problems.join());
  const { sentiment } = definition.create(configured.settings, { fetch: globalThis.fetch, now: Date.now });
  expect(await sentiment?.classify('Adorei, a aula foi ótima e muito clara!', { signal })).toMatchObject({ label: 'positive', usage: { requests: 1 } });
  expect(await sentiment?.classify('Detestei, a aula foi péssima.', { signal })).toMatchObject({ label: 'negative' });
  expect(sandbox.status().total_calls).toBe(2);
  await sandbox.close();
});
