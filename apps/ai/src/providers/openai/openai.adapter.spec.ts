import { inspect } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startSandbox } from '@tecnocursos/sandbox';
import { configureProvider, type FailureKind, type ProviderDefinition, type ProviderFailure } from '@tecnocursos/provider-kit';
import type { AiProvider } from '../../ports/ai-provider.port.js';
import { describeLanguageModel } from '../../testing/language-model.contract.js';
import { question } from '../../testing/language-model.fixture.js';
import { startVendorStub, type VendorStub } from '../../testing/vendor-stub.harness.js';
import { AI_PROVIDERS } from '../index.js';
import { openai } from './openai.provider.js';

const KEY = 'sk-proj-abcdefghijklmnopqrstuvwxyz0123456789';
const NOW = Date.UTC(2026, 10, 23);
const signal = new AbortController().signal;
const definition = AI_PROVIDERS.find(({ id }) => id === 'openai') as (typeof AI_PROVIDERS)[number];

describeLanguageModel('OpenAI', () => ({ startSandbox, definition, key: KEY, vendor: 'openai', document: 'openai.json' }));

describe('OpenAI, with answers as the vendor words them', () => {
  let stub: VendorStub;
  const provider = (variables: Record<string, string> = {}): AiProvider => {
    const configured = configureProvider(openai as unknown as ProviderDefinition<never>, { OPENAI_API_KEY: KEY, OPENAI_BASE_URL: `${stub.url}/v1`, ...variables }, { url: undefined, production: true });
    if ('problems' in configured) throw new Error(configured.problems.join());
    return definition.create(configured.settings, { fetch: globalThis.fetch, now: Date.now });
  };
  const failureOf = async (call: Promise<unknown> | undefined): Promise<ProviderFailure> => {
    try {
      await call;
    } catch (error) {
      return openai.toFailure(error, NOW);
    }
    throw new Error('The call did not fail.');
  };
  const generate = (): Promise<unknown> | undefined => provider().language?.generate(question('gpt-6-luna'), { signal });
  beforeAll(async () => {
    stub = await startVendorStub();
  });
  afterAll(() => stub.close());

  const error = (message: string, type: string, code: string | null, param: string | null = null): object => ({ error: { message, type, param, code } });
  it.each<[FailureKind, number, object]>([
    ['auth', 401, error(`Incorrect API key provided: sk-proj-********************************6789. You can find your API key at https://platform.openai.com/account/api-keys.`, 'invalid_request_error', 'invalid_api_key')],
    ['auth', 403, error('Country, region, or territory not supported', 'request_forbidden', 'unsupported_country_region_territory')],
    ['quota', 429, error('You exceeded your current quota, please check your plan and billing details.', 'insufficient_quota', 'insufficient_quota')],
    ['quota', 400, error('Billing hard limit has been reached', 'invalid_request_error', 'billing_hard_limit_reached')],
    ['rate_limited', 429, error('Rate limit reached for gpt-6-luna in organization org-AbCdEf123 on requests per min (RPM): Limit 3, Used 3, Requested 1.', 'requests', 'rate_limit_exceeded')],
    ['rate_limited', 429, error('Request too large for gpt-6-luna on tokens per min (TPM)', 'tokens', null)],
    ['unsupported', 404, error('The model `gpt-9` does not exist or you do not have access to it.', 'invalid_request_error', 'model_not_found')],
    ['unsupported', 400, error("This model's maximum context length is 400000 tokens. However, your messages resulted in 400101 tokens.", 'invalid_request_error', 'context_length_exceeded', 'messages')],
    ['unsupported', 400, error("Unsupported value: 'temperature' does not support 0.2 with this model.", 'invalid_request_error', 'unsupported_value', 'temperature')],
    ['unsupported', 413, error('Request entity too large', 'invalid_request_error', null)],
    ['content_policy', 400, error('Invalid prompt: your prompt was flagged as potentially violating our usage policy.', 'invalid_request_error', 'invalid_prompt')],
    ['invalid_request', 400, error("Invalid type for 'messages[0].content'", 'invalid_request_error', 'invalid_type', 'messages[0].content')],
    ['unavailable', 500, error('The server had an error while processing your request.', 'server_error', null)],
    ['unavailable', 503, error('The engine is currently overloaded, please try again later', 'server_error', 'engine_overloaded')],
    ['unavailable', 409, error('The request conflicted with another', 'invalid_request_error', null)],
  ])('%s: %i %j', async (kind, status, body) => {
    stub.answer({ status, body, headers: { 'x-request-id': 'req_4711', 'retry-after': '7' } });
    const failure = await failureOf(generate());
    expect(failure).toMatchObject({ kind, status, vendorRequestId: 'req_4711', retryAfterMs: kind === 'rate_limited' || kind === 'unavailable' ? 7_000 : undefined });
    expect(inspect(failure, { depth: 8 })).not.toMatch(/sk-proj|6789|org-AbCdEf/);
    expect(stub.requests).toHaveLength(1);
  });

  it('names the field at fault', async () => {
    stub.answer({ status: 400, body: error('Invalid sk-proj-secret9 value', 'invalid_request_error', 'invalid_value', 'tools[0].function.name') });
    expect(await failureOf(generate())).toMatchObject({ kind: 'invalid_request', field: 'tools[0].function.name', detail: 'Invalid [redacted] value' });
  });

  it('takes the page of a proxy for what its status says', async () => {
    stub.answer({ status: 502, body: '<html>Bad gateway</html>' });
    expect(await failureOf(generate())).toMatchObject({ kind: 'unavailable', status: 502 });
    stub.answer({ status: 200, body: '<html>Welcome to the hotel</html>' });
    expect(await failureOf(generate())).toMatchObject({ kind: 'malformed' });
  });

  const completion = (choice: object, more: object = {}): object => ({
    id: 'chatcmpl-1', object: 'chat.completion', created: 1, model: 'gpt-6-luna-2026-09-01', choices: [{ index: 0, logprobs: null, ...choice }],
    usage: { prompt_tokens: 100, completion_tokens: 40, total_tokens: 140, prompt_tokens_details: { cached_tokens: 64 }, completion_tokens_details: { reasoning_tokens: 30 } }, ...more,
  });
  const USAGE = { input_tokens: 36, cached_input_tokens: 64, output_tokens: 40 };

  it('counts cached tokens apart and those of reasoning as output', async () => {
    stub.answer({ body: completion({ message: { role: 'assistant', content: 'Oi', refusal: null }, finish_reason: 'stop' }), headers: { 'x-request-id': 'req_1' } });
    expect(await generate()).toEqual({ text: 'Oi', toolCalls: [], finishReason: 'stop', model: 'gpt-6-luna-2026-09-01', usage: USAGE, warnings: [], vendorRequestId: 'req_1' });
  });

  it.each<[string, FailureKind, object]>([
    ['a refusal', 'content_policy', { message: { role: 'assistant', content: null, refusal: "I'm sorry, I can't help with that." }, finish_reason: 'stop' }],
    ['a filtered answer', 'content_policy', { message: { role: 'assistant', content: 'Primeiro', refusal: null }, finish_reason: 'content_filter' }],
    ['an empty answer', 'malformed', { message: { role: 'assistant', content: '', refusal: null }, finish_reason: 'stop' }],
    ['reasoning without an answer', 'malformed', { message: { role: 'assistant', content: null, refusal: null }, finish_reason: 'length' }],
    ['an unknown end', 'malformed', { message: { role: 'assistant', content: 'Oi', refusal: null }, finish_reason: 'eclipse' }],
    ['a call without a name', 'malformed', { message: { role: 'assistant', content: null, tool_calls: [{ id: 'c', type: 'function', function: {} }] }, finish_reason: 'tool_calls' }],
  ])('bills %s', async (_title, kind, choice) => {
    stub.answer({ body: completion(choice) });
    expect(await failureOf(generate())).toMatchObject({ kind, usage: USAGE, model: 'gpt-6-luna-2026-09-01' });
  });

  it('bills a refusal that is streamed, with the usage that comes after it', async () => {
    const chunk = (delta: object, finish: string | null = null): string => JSON.stringify({ id: 'c', object: 'chat.completion.chunk', created: 1, model: 'gpt-6-luna', choices: [{ index: 0, delta, finish_reason: finish }], usage: null });
    const usage = JSON.stringify({ id: 'c', object: 'chat.completion.chunk', created: 1, model: 'gpt-6-luna', choices: [], usage: { prompt_tokens: 9, completion_tokens: 3, total_tokens: 12 } });
    stub.answer({ body: [chunk({ role: 'assistant', refusal: "I can't" }), chunk({}, 'stop'), usage, '[DONE]'] });
    const read = async (): Promise<void> => {
      for await (const part of provider().language?.stream(question('gpt-6-luna'), { signal }) ?? []) throw new Error(`a part of a refusal: ${part.type}`);
    };
    expect(await failureOf(read())).toMatchObject({ kind: 'content_policy', usage: { input_tokens: 9, output_tokens: 3 } });
  });

  it('sends what it is told of the organization, and nothing to be stored', async () => {
    stub.answer({ body: completion({ message: { role: 'assistant', content: 'Oi' }, finish_reason: 'stop' }) });
    await provider({ OPENAI_ORGANIZATION: 'org-1', OPENAI_PROJECT: 'proj_1' }).language?.generate(question('gpt-6-luna', { maxOutputTokens: 9, stop: ['a', 'b', 'c', 'd', 'e'] }), { signal });
    expect(stub.requests[0]).toMatchObject({ method: 'POST', path: '/v1/chat/completions', headers: { authorization: `Bearer ${KEY}`, 'openai-organization': 'org-1', 'openai-project': 'proj_1' } });
    expect(JSON.parse(stub.requests[0]?.text ?? '')).toMatchObject({ store: false, max_completion_tokens: 9, stop: ['a', 'b', 'c', 'd'] });
  });

  it('judges texts by the house categories', async () => {
    const scores = { hate: 0.1, 'hate/threatening': 0.4, 'self-harm/intent': 0.9, sexual: 0, 'violence/graphic': 0.2, 'illicit/violent': null, novelty: 1 };
    stub.answer({ body: { id: 'modr-1', model: 'omni-moderation-latest', results: [{ flagged: false, categories: {}, category_scores: {} }, { flagged: true, categories: {}, category_scores: scores }] } });
    const moderation = await provider().moderator?.moderate(['bom dia', 'outro'], { signal });
    expect(moderation?.results[1]).toEqual({ flagged: true, scores: { harassment: 0, hate: 0.4, self_harm: 0.9, sexual: 0, sexual_minors: 0, violence: 0.2, illicit: 0 } });
    expect(moderation).toMatchObject({ model: 'omni-moderation-latest', usage: { requests: 1 }, results: [{ flagged: false }, {}] });
    expect(JSON.parse(stub.requests[0]?.text ?? '')).toEqual({ model: 'omni-moderation-latest', input: ['bom dia', 'outro'] });
    expect(await failureOf(provider().moderator?.moderate(['um'], { signal }))).toMatchObject({ kind: 'malformed' });
  });
});

it('judges texts in the sandbox', async () => {
  const sandbox = await startSandbox({ seed: 1 });
  const variables = { OPENAI_API_KEY: KEY, OPENAI_BASE_URL: `${sandbox.url}/openai/v1` };
  const configured = configureProvider(openai as unknown as ProviderDefinition<never>, variables, { url: undefined, production: true });
  if ('problems' in configured) throw new Error(configured.problems.join());
  const { moderator } = definition.create(configured.settings, { fetch: globalThis.fetch, now: Date.now });
  const moderation = await moderator?.moderate(['A fotossíntese transforma luz em energia.', 'I will kill you and everybody you love.'], { signal });
  expect(moderation?.results.map(({ flagged }) => flagged)).toEqual([false, true]);
  expect(moderation?.results[1]?.scores.violence).toBeGreaterThan(0.5);
  expect(sandbox.status().total_calls).toBe(1);
  await sandbox.close();
});

it('prices long prompts by their own rows', () => {
  const { prices } = openai;
  expect(prices.cost('gpt-6-luna', { input_tokens: 272_000, output_tokens: 1_000 })).toBe(27_700);
  expect(prices.cost('gpt-6-luna', { input_tokens: 200_000, cached_input_tokens: 100_000, output_tokens: 1_000 })).toBe(42_750);
  expect(prices.cost('omni-moderation-latest', { requests: 1 })).toBe(0);
});

it('warns of models that end', () => {
  const configured = configureProvider(openai as unknown as ProviderDefinition<never>, { OPENAI_MODEL_ECONOMY: 'gpt-4o-mini', OPENAI_MODEL_PREMIUM: 'gpt-5' }, { url: undefined, production: false });
  expect('settings' in configured && definition.notices?.(configured.settings, NOW)).toEqual([
    { severity: 'warning', text: 'gpt-4o-mini shuts down on 2027-01-14; use gpt-6-luna instead' },
    { severity: 'warning', text: 'gpt-5 shuts down on 2026-12-11; use gpt-6.1-sol instead' },
  ]);
});
