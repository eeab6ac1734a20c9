import { describe, expect, it } from 'vitest';
import { ChatChunkSchema, ChatCompletionSchema, ChatRequestSchema, parseOrThrow, type ChatChunk } from '@tecnocursos/contracts';
import { ProviderFailure } from '@tecnocursos/provider-kit';
import { caller, LOCAL, testChain, vendor } from '../testing/ai-chain.fixture.js';
import { ScriptedModel, type ScriptedAnswer } from '../testing/scripted-model.fixture.js';
import { ChatModelsService } from './chat-models.service.js';
import { ChatService } from './chat.service.js';

const NOW = Date.UTC(2026, 10, 25);
const DOWN = new ProviderFailure('unavailable', 'x');

function setUp(first: readonly ScriptedAnswer[] = ['Olá!'], second: readonly ScriptedAnswer[] = ['Oi!']) {
  const models = { first: new ScriptedModel(first), second: new ScriptedModel(second) };
  const made = testChain([vendor('first', { language: models.first, shutdowns: { 'first-large': { date: '2027-01-31', replacement: 'x' } } }), vendor('second', { language: models.second }), LOCAL]);
  return { ...made, models, chat: new ChatService(made.chain, () => NOW), list: new ChatModelsService(made.chain) };
}
const ask = (more: object = {}) => parseOrThrow(ChatRequestSchema, { model: 'standard', messages: [{ role: 'user', content: 'Olá' }], ...more });

async function collect(parts: AsyncIterable<ChatChunk>): Promise<ChatChunk[]> {
  const chunks: ChatChunk[] = [];
  for await (const chunk of parts) chunks.push(parseOrThrow(ChatChunkSchema, chunk));
  return chunks;
}

describe('a chat completion', () => {
  it('is OpenAI’s, with who answered and at what cost', async () => {
    const { chat } = setUp();
    const completion = parseOrThrow(ChatCompletionSchema, await chat.complete(ask(), caller()));
    expect(completion).toEqual({
      id: 'chatcmpl-request-1', object: 'chat.completion', created: NOW / 1_000, model: 'first-medium',
      choices: [{ index: 0, message: { role: 'assistant', content: 'Olá!', refusal: null }, logprobs: null, finish_reason: 'stop' }],
      usage: { prompt_tokens: 100, completion_tokens: 50, total_tokens: 150, prompt_tokens_details: { cached_tokens: 0 } },
      tecnocursos: { served_by: { provider: 'first', simulated: false, attempts: 1, model: 'first-medium', cache: 'off', cost: { amount_micros: 600, currency: 'USD' }, vendor_ms: expect.any(Number) }, warnings: [] },
    });
  });

  it('hands all that the request says to the model', async () => {
    const { chat, models } = setUp();
    const schema = { type: 'object', properties: {} };
    await chat.complete(ask({
      messages: [
        { role: 'system', content: 'Seja breve.' }, { role: 'developer', content: [{ type: 'text', text: 'a' }, { type: 'text', text: 'b' }] },
        { role: 'user', content: [{ type: 'text', text: 'O que é?' }, { type: 'image_url', image_url: { url: 'data:image/png;base64,iVBORw0=', detail: 'low' } }, { type: 'image_url', image_url: { url: 'https://exemplo.org/a.png' } }] },
        { role: 'assistant', content: null, tool_calls: [{ id: 'c1', type: 'function', function: { name: 'soma', arguments: '{}' } }] }, { role: 'tool', tool_call_id: 'c1', content: '4' },
      ],
      max_tokens: 10, max_completion_tokens: 20, temperature: 0.5, top_p: 0.9, stop: 'FIM', seed: 7, response_format: { type: 'json_schema', json_schema: { name: 'x', schema } },
      tools: [{ type: 'function', function: { name: 'soma' } }], tool_choice: { type: 'function', function: { name: 'soma' } },
    }), caller());
    expect(models.first.requests[0]).toEqual({
      model: 'first-medium', maxOutputTokens: 20, temperature: 0.5, topP: 0.9, stop: ['FIM'], seed: 7, output: { name: 'x', schema }, toolChoice: { name: 'soma' },
      tools: [{ name: 'soma', parameters: { type: 'object', properties: {}, additionalProperties: false } }],
      messages: [
        { role: 'system', content: 'Seja breve.' }, { role: 'system', content: 'a\nb' },
        { role: 'user', content: [{ type: 'text', text: 'O que é?' }, { type: 'image', source: { mediaType: 'image/png', base64: 'iVBORw0=' }, detail: 'low' }, { type: 'image', source: { url: 'https://exemplo.org/a.png' } }] },
        { role: 'assistant', content: '', toolCalls: [{ id: 'c1', name: 'soma', arguments: '{}' }] }, { role: 'tool', toolCallId: 'c1', content: '4' },
      ],
    });
  });

  it('that calls tools has no content, and says so', async () => {
    const { chat } = setUp([() => ({ finishReason: 'tool_calls' as const, toolCalls: [{ id: 'c1', name: 'soma', arguments: '{"a":1}' }] })]);
    expect((await chat.complete(ask(), caller())).choices[0]).toMatchObject({ finish_reason: 'tool_calls', message: { content: null, tool_calls: [{ id: 'c1', type: 'function', function: { name: 'soma', arguments: '{"a":1}' } }] } });
  });

  it('counts cached tokens as the prompt’s', async () => {
    const { chat } = setUp([() => ({ finishReason: 'stop' as const, text: 'x', usage: { input_tokens: 10, cached_input_tokens: 90, cache_write_tokens: 5, output_tokens: 1 } })]);
    expect((await chat.complete(ask(), caller())).usage).toEqual({ prompt_tokens: 105, completion_tokens: 1, total_tokens: 106, prompt_tokens_details: { cached_tokens: 90 } });
  });

  it('is kept only for who asks for it', async () => {
    const { chat, models } = setUp();
    const cached = ask({ tecnocursos: { cache: 'on' } });
    for (const request of [ask(), ask(), cached, cached, { ...cached, temperature: 1 }]) await chat.complete(request, caller());
    expect(models.first.requests).toHaveLength(4);
    expect((await chat.complete(cached, caller())).tecnocursos.served_by).toMatchObject({ cache: 'hit', attempts: 0, cost: { amount_micros: 0 } });
  });

  it('names what has no effect', async () => {
    const { chat } = setUp();
    const { tecnocursos } = await chat.complete({ ...ask({ user: 'u-1' }), logit_bias: {} } as never, caller());
    expect(tecnocursos.warnings).toEqual(['logit_bias: is not known here and has no effect', 'user: is not passed on to vendors']);
  });
});

describe('the model of a chat', () => {
  it.each([
    ['economy', 'first', 'first-small'], ['premium', 'first', 'first-large'], ['second/second-medium', 'second', 'second-medium'], ['second/vendor/nested:model', 'second', 'vendor/nested:model'],
    ['second-large', 'second', 'second-large'], ['known-model', 'first', 'known-model'],
  ])('%s is asked of %s as %s', async (model, provider, wanted) => {
    const { chat, models } = setUp();
    const completion = await chat.complete(ask({ model }), caller());
    expect([completion.tecnocursos.served_by.provider, completion.model, models[provider as 'first'].requests[0]?.model]).toEqual([provider, wanted, wanted]);
  });

  it.each(['gpt-99', 'third/x', 'local/rules', 'first/', '/x', '__proto__', 'constructor'])('%s, which nobody has, is refused with the remedy', async (model) => {
    const { chat } = setUp();
    await expect(chat.complete(ask({ model }), caller())).rejects.toMatchObject({ code: 'invalid_request', issues: [{ field: 'model', message: expect.stringMatching(/economy, standard, premium.*first, second/) }] });
  });

  it('as a tier falls over to the other vendor’s model of the tier', async () => {
    const { chat, models } = setUp([DOWN]);
    expect((await chat.complete(ask({ model: 'premium' }), caller())).tecnocursos.served_by).toMatchObject({ provider: 'second', fallback_from: 'first', model: 'second-large' });
    expect(models.second.requests[0]?.model).toBe('second-large');
  });

  it('as a name is its vendor’s alone, unless the request allows others', async () => {
    const { chat, models } = setUp([DOWN]);
    await expect(chat.complete(ask({ model: 'first/first-large' }), caller())).rejects.toMatchObject({ code: 'provider_unavailable' });
    expect(models.second.requests).toEqual([]);
    const allowed = await chat.complete(ask({ model: 'first/first-large', tecnocursos: { allow_fallback: true } }), caller());
    expect(allowed.model).toBe('second-large');
    const tiered = await chat.complete(ask({ model: 'first/first-large', tecnocursos: { allow_fallback: true, tier: 'economy' } }), caller());
    expect(tiered.model).toBe('second-small');
  });

  it.each([
    [{ provider: 'second' }, 'tecnocursos.provider'], [{ providers: ['second'] }, 'tecnocursos.providers'], [{ provider: 'first', model: 'x' }, 'tecnocursos.model'],
  ])('that contradicts the routing %j is refused', async (routing, field) => {
    const { chat } = setUp();
    await expect(chat.complete(ask({ model: 'first/first-large', tecnocursos: routing }), caller())).rejects.toMatchObject({ code: 'invalid_request', issues: [{ field }] });
  });

  it('is estimated for budgets: a token for three bytes, a thousand for a picture, and what may be written', async () => {
    const { chat } = setUp();
    const picture = { type: 'image_url', image_url: { url: `data:image/png;base64,${'A'.repeat(30_000)}` } };
    const request = (limit: number) => ask({ messages: [{ role: 'user', content: [{ type: 'text', text: 'é'.repeat(150) }, picture] }], max_completion_tokens: 10, tecnocursos: { max_cost_usd: limit } });
    // 100 + 1,000 tokens in, 10 out at 10: 1,200 micro-dollars
    await expect(chat.complete(request(0.001_199), caller())).rejects.toMatchObject({ code: 'max_cost_exceeded' });
    await expect(chat.complete(request(0.001_2), caller())).resolves.toBeDefined();
    // 4,096 out when the request does not say
    await expect(chat.complete(ask({ tecnocursos: { max_cost_usd: 0.04 } }), caller())).rejects.toMatchObject({ code: 'max_cost_exceeded' });
  });
});

describe('a streamed chat', () => {
  it('comes as OpenAI’s chunks: role first, the text, the end with who answered, then usage', async () => {
    const { chat, records } = setUp(['Olá, mundo']);
    const chunks = await collect(await chat.chunks(ask({ stream_options: { include_usage: true } }), caller()));
    expect(chunks.map(({ choices }) => choices[0]?.delta)).toEqual([{ role: 'assistant', content: 'Olá,' }, { content: ' mun' }, { content: 'do' }, {}, undefined]);
    expect(chunks.map(({ choices }) => choices[0]?.finish_reason)).toEqual([null, null, null, 'stop', undefined]);
    expect(new Set(chunks.map(({ id, model, created }) => `${id} ${model} ${created}`))).toEqual(new Set([`chatcmpl-request-1 first-medium ${NOW / 1_000}`]));
    expect(chunks[3]?.tecnocursos).toMatchObject({ served_by: { provider: 'first', attempts: 1, cost: { amount_micros: 600 } }, warnings: [] });
    expect(chunks[4]?.usage).toMatchObject({ total_tokens: 150 });
    expect(records).toMatchObject([{ operation: 'chat', outcome: 'ok', cost_micros: 600 }]);
  });

  it('has no chunk of usage unless it is asked for', async () => {
    const chunks = await collect(await setUp(['a']).chat.chunks(ask(), caller()));
    expect(chunks.map(({ usage }) => usage)).toEqual([undefined, undefined]);
  });

  it('brings tool calls in their pieces', async () => {
    const { chat } = setUp([() => ({ finishReason: 'tool_calls' as const, toolCalls: [{ id: 'c1', name: 'soma', arguments: '{}' }] })]);
    const chunks = await collect(await chat.chunks(ask(), caller()));
    expect(chunks[0]?.choices[0]?.delta).toEqual({ role: 'assistant', tool_calls: [{ index: 0, id: 'c1', type: 'function', function: { name: 'soma', arguments: '{}' } }] });
    expect(chunks[1]?.choices[0]?.finish_reason).toBe('tool_calls');
  });

  it('falls over before its first part, and names the model that answers', async () => {
    const chunks = await collect(await setUp([DOWN], ['Oi']).chat.chunks(ask(), caller()));
    expect(chunks[0]?.model).toBe('second-medium');
    expect(chunks.at(-1)?.tecnocursos?.served_by).toMatchObject({ provider: 'second', fallback_from: 'first', attempts: 2 });
  });

  it('rejects before the first part when nobody answers', async () => {
    await expect(setUp([DOWN], [DOWN]).chat.chunks(ask(), caller())).rejects.toMatchObject({ code: 'provider_unavailable' });
  });

  it('gives the parts themselves to who wants them', async () => {
    const served = await setUp(['a']).chat.stream(ask(), caller());
    const types: string[] = [];
    for await (const { type } of served.parts) types.push(type);
    expect(types).toEqual(['text', 'finish']);
    expect(served.costMicros()).toBe(600);
  });
});

describe('the list of models', () => {
  it('has the tiers and each configured model of each active vendor, with its end', () => {
    const { data } = setUp().list.list();
    expect(data.map(({ id }) => id)).toEqual(['economy', 'standard', 'premium', 'first/first-small', 'first/first-medium', 'first/first-large', 'second/second-small', 'second/second-medium', 'second/second-large']);
    expect(data[5]).toEqual({ id: 'first/first-large', object: 'model', created: 0, owned_by: 'first', tecnocursos: { provider: 'first', mode: 'live', tiers: ['premium'], shutdown_date: '2027-01-31' } });
  });
});
