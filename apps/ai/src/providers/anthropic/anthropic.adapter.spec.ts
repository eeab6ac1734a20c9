import { inspect } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { configureProvider, type FailureKind, type ProviderDefinition, type ProviderFailure } from '@tecnocursos/provider-kit';
import { startSandbox } from '@tecnocursos/sandbox';
import type { AiProvider } from '../../ports/ai-provider.port.js';
import { describeLanguageModel } from '../../testing/language-model.contract.js';
import { question } from '../../testing/language-model.fixture.js';
import { startVendorStub, type VendorStub } from '../../testing/vendor-stub.harness.js';
import { AI_PROVIDERS } from '../index.js';
import { anthropic } from './anthropic.provider.js';

const KEY = 'sk-ant-api03-0123456789abcdefghWXYZ';
const NOW = Date.UTC(2026, 10, 25);
const MODEL = 'claude-sonnet-5-5';
const signal = new AbortController().signal;
const definition = AI_PROVIDERS.find(({ id }) => id === 'anthropic') as (typeof AI_PROVIDERS)[number];

describeLanguageModel('Anthropic', () => ({
  startSandbox, definition, key: KEY, vendor: 'anthropic', document: 'anthropic-2026-10-21.patched.json', notHonoured: ['temperature', 'topP', 'seed'],
}));

describe('Anthropic, with answers as the vendor words them', () => {
  let stub: VendorStub;
  const provider = (variables: Record<string, string> = {}): AiProvider => {
    const configured = configureProvider(anthropic as unknown as ProviderDefinition<never>, { ANTHROPIC_API_KEY: KEY, ANTHROPIC_BASE_URL: stub.url, ...variables }, { url: undefined, production: true });
    if ('problems' in configured) throw new Error(configured.problems.join());
    return definition.create(configured.settings, { fetch: globalThis.fetch, now: () => NOW });
  };
  const failureOf = async (call: Promise<unknown> | undefined): Promise<ProviderFailure> => {
    try {
      await call;
    } catch (error) {
      return anthropic.toFailure(error, NOW);
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

  const error = (type: string, message: string, code?: string): object => ({ type: 'error', error: { type, message, ...(code && { details: { error_code: code } }) }, request_id: 'req_011CABC' });
  const CASES: [FailureKind, number, object][] = [
    ['auth', 401, error('authentication_error', 'invalid x-api-key')],
    ['auth', 403, error('permission_error', 'Your API key does not have permission to use the specified resource.')],
    ['auth', 400, error('invalid_request_error', 'This organization has been disabled.', 'organization_on_hold')],
    ['quota', 402, error('billing_error', 'There is an issue with your billing or payment information.')],
    ['quota', 400, error('invalid_request_error', 'Your credit balance is too low to access the Anthropic API. Please go to Plans & Billing to upgrade or purchase credits.')],
    ['quota', 429, error('rate_limit_error', 'You have reached your specified API usage limits.', 'enforced_spend_limit_reached')],
    ['quota', 429, error('rate_limit_error', 'Contract limit reached', 'contract_spend_limit_reached')],
    ['rate_limited', 429, error('rate_limit_error', 'This request would exceed your organization’s rate limit of 50 requests per minute.')],
    ['rate_limited', 429, error('rate_limit_error', 'Usage grew too fast', 'ramp_limit_exceeded')],
    ['unsupported', 404, error('not_found_error', 'model: claude-9')],
    ['unsupported', 400, error('invalid_request_error', 'prompt is too long: 1000234 tokens > 1000000 maximum')],
    ['unsupported', 400, error('invalid_request_error', 'messages.0.content.0.image: too large', 'image_dimensions_too_large')],
    ['unsupported', 413, error('request_too_large', 'Request exceeds the maximum size')],
    ['invalid_request', 400, error('invalid_request_error', 'messages.0.content: Input should be a valid string')],
    ['timeout', 504, error('timeout_error', 'The request timed out')],
    ['unavailable', 500, error('api_error', 'Internal server error')],
    ['unavailable', 529, error('overloaded_error', 'Overloaded')],
    ['unavailable', 503, error('api_error', 'Key store unreachable', 'cmek_key_unreachable')],
  ];
  it.each(CASES)('%s: %i %j', async (kind, status, body) => {
    stub.answer({ status, body, headers: { 'request-id': 'req_011CABC', 'retry-after': '7' } });
    const failure = await failureOf(generate());
    expect(failure).toMatchObject({ kind, status, vendorRequestId: 'req_011CABC', retryAfterMs: kind === 'rate_limited' || kind === 'unavailable' ? 7_000 : undefined });
    expect(inspect(failure, { depth: 8 })).not.toMatch(/sk-ant|x-api-key/);
    expect(stub.requests).toHaveLength(1);
    expect((await failureOf(read())).kind).toBe(kind);
  });

  it('takes the page of a proxy for what its status says', async () => {
    stub.answer({ status: 502, body: '<html>Bad gateway</html>' });
    expect(await failureOf(generate())).toMatchObject({ kind: 'unavailable', status: 502 });
    stub.answer({ status: 200, body: '<html>Welcome to the hotel</html>' });
    expect(await failureOf(generate())).toMatchObject({ kind: 'malformed' });
    stub.answer({ status: 200, body: { type: 'message', content: 'Oi' } });
    expect(await failureOf(generate())).toMatchObject({ kind: 'malformed' });
  });

  const usage = { input_tokens: 36, cache_read_input_tokens: 64, cache_creation_input_tokens: 10, output_tokens: 40, output_tokens_details: { thinking_tokens: 30 } };
  const USAGE = { input_tokens: 36, cached_input_tokens: 64, cache_write_tokens: 10, output_tokens: 40 };
  const message = (content: object[], stop: string | null): object => ({ id: 'msg_1', type: 'message', role: 'assistant', model: 'claude-sonnet-5-5-20261016', content, stop_reason: stop, stop_sequence: null, usage });

  it('reads text past thoughts, and counts tokens of the cache apart', async () => {
    stub.answer({ body: message([{ type: 'thinking', thinking: '…', signature: 's' }, { type: 'text', text: 'Bom ' }, { type: 'text', text: 'dia' }], 'end_turn'), headers: { 'request-id': 'req_1' } });
    expect(await generate()).toEqual({ text: 'Bom dia', toolCalls: [], finishReason: 'stop', model: 'claude-sonnet-5-5-20261016', usage: USAGE, warnings: [], vendorRequestId: 'req_1' });
  });

  it.each<[string, FailureKind, object[], string | null]>([
    ['a refusal', 'content_policy', [], 'refusal'],
    ['a refusal in the middle', 'content_policy', [{ type: 'text', text: 'Primeiro' }], 'refusal'],
    ['an empty answer', 'malformed', [{ type: 'text', text: '' }], 'end_turn'],
    ['thoughts without an answer', 'malformed', [{ type: 'thinking', thinking: '…', signature: 's' }], 'max_tokens'],
    ['an unknown end', 'malformed', [{ type: 'text', text: 'Oi' }], 'eclipse'],
    ['no end', 'malformed', [{ type: 'text', text: 'Oi' }], null],
  ])('bills %s', async (_title, kind, content, stop) => {
    stub.answer({ body: message(content, stop) });
    expect(await failureOf(generate())).toMatchObject({ kind, usage: USAGE, model: 'claude-sonnet-5-5-20261016', vendorCode: stop ?? 'none' });
  });

  it.each([['max_tokens', 'length'], ['model_context_window_exceeded', 'length'], ['pause_turn', 'length'], ['stop_sequence', 'stop']])('%s is %s', async (stop, finishReason) => {
    stub.answer({ body: message([{ type: 'text', text: 'Oi' }], stop) });
    expect(await generate()).toMatchObject({ finishReason });
  });

  const events = (...all: { type: string }[]): { headers: Record<string, string>; body: string } => ({
    headers: { 'content-type': 'text/event-stream' }, body: all.map((event) => `event: ${event.type}\ndata: ${JSON.stringify(event)}\n\n`).join(''),
  });
  const start = { type: 'message_start', message: { id: 'msg_1', type: 'message', role: 'assistant', model: MODEL, content: [], stop_reason: null, usage: { ...usage, output_tokens: 1 } } };
  const text = { type: 'content_block_delta', index: 0, delta: { type: 'text_delta', text: 'Oi' } };
  const end = (stop: string): { type: string } => ({ type: 'message_delta', delta: { stop_reason: stop }, usage: { input_tokens: null, output_tokens: 40 } }) as { type: string };

  it('bills a stream that fails in the middle, with what was told of its usage', async () => {
    stub.answer(events(start, text, error('overloaded_error', 'Overloaded') as { type: string }));
    expect(await failureOf(read())).toMatchObject({ kind: 'unavailable', vendorCode: 'overloaded_error', model: MODEL, usage: { ...USAGE, output_tokens: 1 } });
    stub.answer(events(start, text));
    expect(await failureOf(read())).toMatchObject({ kind: 'unavailable', usage: { ...USAGE, output_tokens: 1 } });
    stub.answer(events(start, end('refusal'), { type: 'message_stop' }));
    expect(await failureOf(read())).toMatchObject({ kind: 'content_policy', usage: USAGE });
  });

  it('passes over events and blocks that later versions add, and not over broken ones', async () => {
    stub.answer(events(start, { type: 'weather_report' }, { type: 'content_block_start', index: 0, content_block: { type: 'hologram' } } as { type: string }, text, end('end_turn'), { type: 'message_stop' }));
    expect(await read()).toBe('Oi');
    stub.answer(events(start, { type: 'content_block_delta' }));
    expect(await failureOf(read())).toMatchObject({ kind: 'malformed', usage: { ...USAGE, output_tokens: 1 } });
  });

  it('sends the key and the version of the client, and the effort that is set', async () => {
    stub.answer({ body: message([{ type: 'text', text: 'Oi' }], 'end_turn') });
    await generate({ ANTHROPIC_EFFORT: 'low' });
    expect(stub.requests[0]).toMatchObject({ method: 'POST', path: '/v1/messages', headers: { authorization: `Bearer ${KEY}`, 'anthropic-version': '2026-10-21' } });
    expect(JSON.parse(stub.requests[0]?.text ?? '')).toMatchObject({ model: MODEL, max_tokens: 8_192, output_config: { effort: 'low' } });
  });
});

it('warns of models that end', () => {
  const configured = configureProvider(anthropic as unknown as ProviderDefinition<never>, { ANTHROPIC_MODEL_STANDARD: 'claude-sonnet-4-5', ANTHROPIC_MODEL_PREMIUM: 'claude-opus-4-0' }, { url: undefined, production: false });
  expect('settings' in configured && definition.notices?.(configured.settings, NOW)).toEqual([
    { severity: 'warning', text: 'claude-sonnet-4-5 shuts down on 2026-11-30; use claude-sonnet-5-5 instead' },
    { severity: 'warning', text: 'claude-opus-4-0 was shut down on 2026-06-15; use claude-opus-5-5 instead' },
  ]);
});

it('costs more when the prompt is long', () => {
  expect(definition.prices.cost('claude-haiku-5-5', { input_tokens: 100_000, output_tokens: 1_000 })).toBe(10_500);
  expect(definition.prices.cost('claude-haiku-5-5', { input_tokens: 100_000, cached_input_tokens: 1, output_tokens: 1_000 })).toBe(52_501);
  expect(definition.prices.cost('claude-sonnet-5-5', { cache_write_tokens: 1_000_000 })).toBe(2_500_000);
});
