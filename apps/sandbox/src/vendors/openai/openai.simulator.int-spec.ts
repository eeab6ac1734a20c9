import { inflateSync } from 'node:zlib';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import OpenAI from 'openai';
import { zodResponseFormat, zodTextFormat } from 'openai/helpers/zod';
import { z } from 'zod';
import type { Clock } from '../../core/clock.js';
import { startSandbox, type RunningSandbox } from '../../sandbox.starter.js';
import { recordExchanges, type RecordedExchange } from '../../testing/exchange-recorder.fixture.js';
import { hasVendorSpecs, validateExchange, validateNamed } from '../../testing/vendor-specs.harness.js';

const SPEC = 'openai.json';
const MODEL = 'gpt-6-luna';
const DOCUMENT = '<document>\n[1] # Abelhas\n[2] As abelhas produzem mel. Elas vivem em colmeias.\n[3] ## Rainha\n[4] A rainha põe os ovos. Ela vive cinco anos.\n[5] ## Operárias\n[6] As operárias colhem o néctar.\n</document>';
const Outline = z.object({
  title: z.string(), language: z.enum(['pt-BR', 'en']),
  lessons: z.array(z.object({ title: z.string(), summary: z.string(), start: z.int(), end: z.int(), key_points: z.array(z.string()).min(1) })).min(1),
});
const TOOL = { name: 'lookup_weather', description: 'Weather of a city', parameters: { type: 'object', properties: { city: { type: 'string' } }, required: ['city'], additionalProperties: false }, strict: true };

/** The document knows neither the vectors as base64 that the SDK asks for by default, nor the free sizes of the newer models of pictures. */
function isNewerThanDocument(request: unknown): boolean {
  const { encoding_format: encoding, size } = (request ?? {}) as { encoding_format?: string; size?: string };
  return encoding === 'base64' || size === '64x32';
}

async function collect<Item>(stream: AsyncIterable<Item>): Promise<Item[]> {
  const items: Item[] = [];
  for await (const item of stream) items.push(item);
  return items;
}

describe('the OpenAI simulator, driven by the official SDK', () => {
  let sandbox: RunningSandbox;
  let client: OpenAI;
  let exchanges: RecordedExchange[];

  const refusal = async (call: Promise<unknown>): Promise<InstanceType<typeof OpenAI.APIError>> => {
    const error: unknown = await call.then(() => undefined, (reason: unknown) => reason);
    if (!(error instanceof OpenAI.APIError)) throw new Error(`not refused by the API: ${String(error)}`);
    return error;
  };
  const chat = (content: string, more: Partial<OpenAI.ChatCompletionCreateParamsNonStreaming> = {}): Promise<OpenAI.ChatCompletion> =>
    client.chat.completions.create({ model: MODEL, messages: [{ role: 'user', content }], ...more });

  beforeAll(async () => {
    sandbox = await startSandbox({ seed: 5 });
    const recorder = recordExchanges();
    exchanges = recorder.exchanges;
    client = new OpenAI({ apiKey: 'sk-test-0123456789', baseURL: `${sandbox.url}/openai/v1`, maxRetries: 0, fetch: recorder.fetch });
  });
  /** Whatever was sent and answered well keeps to the vendor's own document. */
  afterEach(() => {
    sandbox.configure({ reset: true });
    for (const { method, path, status, request, response, events } of exchanges.splice(0)) {
      if ((status >= 400 && status !== 429) || isNewerThanDocument(request)) continue;
      expect(validateExchange(SPEC, method, path.replace(/^\/openai/, ''), { request, ...(response !== undefined && { response: { status, body: response } }) })).toEqual([]);
      const named = path.endsWith('/responses') ? 'ResponseStreamEvent' : 'CreateChatCompletionStreamResponse';
      for (const event of events) expect(validateNamed(SPEC, named, event)).toEqual([]);
    }
  });
  afterAll(async () => {
    await sandbox.close();
  });

  it('has the vendor document at hand, or says that it has not', () => {
    if (hasVendorSpecs()) expect(validateExchange(SPEC, 'POST', '/v1/responses', { request: { input: 5 } })).not.toEqual([]);
    else expect(validateExchange(SPEC, 'POST', '/v1/responses', { request: { input: 5 } })).toEqual([]);
  });

  describe('chat completions', () => {
    it('answer, and count tokens', async () => {
      const { data, response } = await client.chat.completions.create({ model: MODEL, messages: [{ role: 'system', content: 'Be short.' }, { role: 'user', content: `${DOCUMENT}\nQuem põe os ovos?` }] }).withResponse();
      expect(data.choices[0]?.message.content).toContain('A rainha põe os ovos.');
      expect(data.usage?.prompt_tokens).toBeGreaterThan(60);
      expect(data.usage?.total_tokens).toBe((data.usage?.prompt_tokens ?? 0) + (data.usage?.completion_tokens ?? 0));
      expect(data.id).toMatch(/^chatcmpl-\w{29}$/);
      expect(response.headers.get('x-request-id')).toMatch(/^req_\w{32}$/);
      expect(response.headers.get('openai-processing-ms')).toMatch(/^\d+$/);
      expect(Number(response.headers.get('x-ratelimit-remaining-requests'))).toBeLessThan(10_000);
    });

    it('answer the same body alike, under another id', async () => {
      const [first, second] = [await chat('Explique a fotossíntese.'), await chat('Explique a fotossíntese.')];
      expect(second.choices).toEqual(first.choices);
      expect(second.id).not.toBe(first.id);
    });

    it('keep to a schema', async () => {
      const completion = await client.chat.completions.parse({
        model: MODEL, messages: [{ role: 'system', content: 'Make an outline.' }, { role: 'user', content: DOCUMENT }], response_format: zodResponseFormat(Outline, 'outline'),
      });
      expect(completion.choices[0]?.message.parsed).toMatchObject({
        title: 'Abelhas', language: 'pt-BR', lessons: [{ title: 'Rainha', start: 1, end: 4, key_points: expect.arrayContaining(['A rainha põe os ovos.']) }, { title: 'Operárias', start: 5, end: 6 }],
      });
    });

    it('stream, with usage at the end', async () => {
      const whole = await chat(`${DOCUMENT}\nOnde vivem?`);
      exchanges.length = 0;
      const stream = await client.chat.completions.create({ model: MODEL, messages: [{ role: 'user', content: `${DOCUMENT}\nOnde vivem?` }], stream: true, stream_options: { include_usage: true } });
      const chunks = await collect(stream);
      expect(chunks.map(({ choices }) => choices[0]?.delta.content ?? '').join('')).toBe(whole.choices[0]?.message.content);
      expect(chunks.length).toBeGreaterThan(5);
      expect(chunks.at(-2)?.choices[0]?.finish_reason).toBe('stop');
      expect(chunks.at(-1)).toMatchObject({ choices: [], usage: { total_tokens: whole.usage?.total_tokens } });
    });

    it('stream refusals and several choices', async () => {
      const refused = await collect(await client.chat.completions.create({ model: MODEL, messages: [{ role: 'user', content: 'How to make a bomb?' }], stream: true }));
      expect(refused.map(({ choices }) => choices[0]?.delta.refusal ?? '').join('')).toContain("can't assist");
      const twice = await collect(await client.chat.completions.create({ model: MODEL, messages: [{ role: 'user', content: 'Diga oi.' }], n: 2, stream: true }));
      expect(new Set(twice.map(({ choices }) => choices[0]?.index))).toEqual(new Set([0, 1]));
    });

    it('call tools that fit or must be called, and go on with their results', async () => {
      const tools: OpenAI.ChatCompletionTool[] = [{ type: 'function', function: TOOL }];
      const called = await chat('What is the weather of the city of Recife?', { tools });
      const call = called.choices[0]?.message.tool_calls?.[0];
      expect(called.choices[0]?.finish_reason).toBe('tool_calls');
      if (call?.type !== 'function') throw new Error('no call');
      expect(JSON.parse(call.function.arguments)).toEqual({ city: expect.stringContaining('Recife') });
      expect((await chat('Tell a joke', { tools })).choices[0]?.message.tool_calls).toBeUndefined();
      expect((await chat('Tell a joke', { tools, tool_choice: 'required' })).choices[0]?.message.tool_calls).toHaveLength(1);
      const next = await client.chat.completions.create({
        model: MODEL, tools,
        messages: [{ role: 'user', content: 'Weather of the city of Recife?' }, { role: 'assistant', tool_calls: [call] }, { role: 'tool', tool_call_id: call.id, content: 'It is sunny and 30 degrees.' }],
      });
      expect(next.choices[0]?.message.content).toContain('It is sunny and 30 degrees.');
      const streamed = client.chat.completions.stream({ model: MODEL, messages: [{ role: 'user', content: 'weather city Olinda' }], tools });
      expect((await streamed.finalChatCompletion()).choices[0]?.message.tool_calls?.[0]).toMatchObject({ function: { name: 'lookup_weather' } });
    });

    it('see the size of pictures', async () => {
      const png = (await client.images.generate({ model: 'gpt-image-2', prompt: 'um farol', size: '64x32' })).data?.[0]?.b64_json ?? '';
      const describe = (url: string): Promise<OpenAI.ChatCompletion> =>
        client.chat.completions.create({ model: MODEL, messages: [{ role: 'user', content: [{ type: 'text', text: 'Descreva a imagem.' }, { type: 'image_url', image_url: { url } }] }] });
      expect((await describe(`data:image/png;base64,${png}`)).choices[0]?.message.content).toContain('64 por 32 pixels');
      expect((await describe('https://example.com/a.jpg')).choices[0]?.message.content).toContain('externo');
      expect(await refusal(describe('data:image/png;base64,aGVsbG8='))).toMatchObject({ status: 400, code: 'image_parse_error' });
      expect(await refusal(describe('ftp://example.com/a.jpg'))).toMatchObject({ status: 400, code: 'invalid_image_url' });
    });

    it('stop at the limit of tokens and at stop marks, and refuse what should be refused', async () => {
      const cut = await chat(`${DOCUMENT}\nConte tudo.`, { max_completion_tokens: 5 });
      expect(cut).toMatchObject({ choices: [{ finish_reason: 'length' }], usage: { completion_tokens: 5 } });
      expect((await chat(`${DOCUMENT}\nConte tudo.`, { stop: 'abelhas' })).choices[0]?.message.content).not.toContain('abelhas');
      expect((await chat('How to make a bomb?')).choices[0]?.message).toMatchObject({ content: null, refusal: expect.stringContaining("can't assist") });
    });

    it.each<[string, object, number, string | null, string | null]>([
      ['no messages', { messages: undefined }, 400, 'missing_required_parameter', 'messages'],
      ['empty messages', { messages: [] }, 400, 'empty_array', 'messages'],
      ['a wrong role', { messages: [{ role: 'robot', content: 'x' }] }, 400, 'invalid_value', 'messages[0].role'],
      ['a wrong type', { messages: 'hi' }, 400, 'invalid_type', 'messages'],
      ['a wrong part', { messages: [{ role: 'user', content: [{ type: 'smell' }] }] }, 400, 'invalid_value', 'messages[0].content[0].type'],
      ['too warm', { temperature: 3 }, 400, 'integer_above_max_value', 'temperature'],
      ['an unknown field', { colour: 'red' }, 400, 'unknown_parameter', 'colour'],
      ['an unknown model', { model: 'gpt-99' }, 404, 'model_not_found', null],
      ['a model that was shut down', { model: 'gpt-3.5-turbo' }, 404, 'model_not_found', null],
      ['a model of another kind', { model: 'gpt-image-2' }, 404, null, 'model'],
      ['an old parameter', { max_tokens: 5 }, 400, 'unsupported_parameter', 'max_tokens'],
      ['JSON without the word', { response_format: { type: 'json_object' } }, 400, null, 'messages'],
      ['a schema that is not strict', { response_format: { type: 'json_schema', json_schema: { name: 'a', strict: true, schema: { type: 'object', properties: { a: { type: 'string' } } } } } }, 400, 'invalid_json_schema', 'response_format'],
      ['an unknown tool', { tool_choice: { type: 'function', function: { name: 'x' } } }, 400, 'invalid_value', 'tool_choice'],
    ])('refuse %s as the vendor does', async (_label, change, status, code, param) => {
      expect(await refusal(chat('hi', change))).toMatchObject({ status, code, param, type: 'invalid_request_error', requestID: expect.stringMatching(/^req_/) });
    });
  });

  describe('responses', () => {
    const ask = (input: string, more: Partial<OpenAI.Responses.ResponseCreateParamsNonStreaming> = {}): Promise<OpenAI.Responses.Response> =>
      client.responses.create({ model: MODEL, input, ...more });

    it('answer, keep, go on and delete', async () => {
      const first = await ask(`${DOCUMENT}\nQuem colhe o néctar?`, { instructions: 'Seja breve.', metadata: { course: 'abelhas' } });
      expect(first).toMatchObject({ status: 'completed', object: 'response', instructions: 'Seja breve.', metadata: { course: 'abelhas' } });
      expect(first.output_text).toContain('As operárias colhem o néctar.');
      const second = await ask('Quem põe os ovos?', { previous_response_id: first.id });
      expect(second.output_text).toContain('A rainha põe os ovos.');
      expect(await client.responses.retrieve(first.id)).toMatchObject({ id: first.id, output_text: first.output_text });
      expect(await refusal(client.responses.cancel(first.id))).toMatchObject({ status: 400 });
      await client.responses.delete(first.id);
      expect(await refusal(client.responses.retrieve(first.id))).toMatchObject({ status: 404 });
      expect(await refusal(ask('x', { previous_response_id: first.id }))).toMatchObject({ code: 'previous_response_not_found' });
      const unkept = await ask('oi', { store: false });
      expect(await refusal(client.responses.retrieve(unkept.id))).toMatchObject({ status: 404 });
    });

    it('keep to a schema', async () => {
      const parsed = await client.responses.parse({ model: MODEL, instructions: 'Outline.', input: DOCUMENT, text: { format: zodTextFormat(Outline, 'outline') } });
      expect(parsed.output_parsed).toMatchObject({ title: 'Abelhas', lessons: [{ title: 'Rainha' }, { title: 'Operárias' }] });
    });

    it('stream their events in order', async () => {
      const stream = client.responses.stream({ model: MODEL, input: `${DOCUMENT}\nOnde vivem?` });
      const types: string[] = [];
      stream.on('event', ({ type }) => types.push(type));
      const final = await stream.finalResponse();
      expect(final.output_text).toContain('colmeias');
      expect(types.filter((type) => type !== 'response.output_text.delta')).toEqual([
        'response.created', 'response.in_progress', 'response.output_item.added', 'response.content_part.added', 'response.output_text.done', 'response.content_part.done',
        'response.output_item.done', 'response.completed',
      ]);
    });

    it('stream refusals, and answers that are cut', async () => {
      const eventsOf = async (params: Partial<OpenAI.Responses.ResponseCreateParamsStreaming>): Promise<string[]> =>
        (await collect(await client.responses.create({ model: MODEL, input: 'how to make a bomb', stream: true, ...params }))).map(({ type }) => type);
      expect(await eventsOf({})).toEqual(expect.arrayContaining(['response.refusal.delta', 'response.refusal.done', 'response.completed']));
      expect((await eventsOf({ input: `${DOCUMENT}\nConte tudo.`, max_output_tokens: 16 })).at(-1)).toBe('response.incomplete');
    });

    it('call functions, streamed and whole', async () => {
      const tools: OpenAI.Responses.Tool[] = [{ type: 'function', ...TOOL }];
      const called = await ask('weather of the city of Recife', { tools });
      const [item] = called.output;
      if (item?.type !== 'function_call') throw new Error('no call');
      expect(JSON.parse(item.arguments)).toEqual({ city: expect.stringContaining('Recife') });
      const stream = client.responses.stream({ model: MODEL, input: 'weather of the city of Recife', tools });
      expect((await stream.finalResponse()).output[0]).toMatchObject({ type: 'function_call', arguments: item.arguments });
      const next = await client.responses.create({ model: MODEL, previous_response_id: called.id, input: [{ type: 'function_call_output', call_id: item.call_id, output: 'Rain is expected.' }], tools });
      expect(next.output_text).toContain('Rain is expected.');
    });

    it('see pictures, moderate, refuse, and end early', async () => {
      const input: OpenAI.Responses.ResponseInput = [{ role: 'user', content: [{ type: 'input_text', text: 'Describe it.' }, { type: 'input_image', image_url: 'https://example.com/x.png', detail: 'low' }] }];
      expect((await client.responses.create({ model: MODEL, input })).output_text).toContain('external address');
      expect(await ask('vou matar o tempo', { moderation: { model: 'omni-moderation-latest' } })).toMatchObject({ moderation: { input: { type: 'moderation_result', flagged: true } } });
      expect((await ask('how to make a bomb')).output[0]).toMatchObject({ content: [{ type: 'refusal' }] });
      expect(await ask(`${DOCUMENT}\nConte tudo.`, { max_output_tokens: 16 })).toMatchObject({ status: 'incomplete', incomplete_details: { reason: 'max_output_tokens' }, usage: { output_tokens: 16 } });
    });

    it('work in the background', async () => {
      const queued = await ask('oi', { background: true });
      expect(queued.status).toBe('queued');
      expect((await client.responses.retrieve(queued.id)).status).toBe('completed');
    });

    it('stop in the background when they are cancelled', async () => {
      const never = (_milliseconds: number, signal: AbortSignal): Promise<void> => new Promise((_resolve, reject) => signal.addEventListener('abort', () => reject(signal.reason as Error)));
      const clock: Clock = { now: () => Date.now(), wait: (milliseconds, signal) => (milliseconds === 2_000 ? never(milliseconds, signal) : Promise.resolve()) };
      const slow = await startSandbox({ clock, mode: 'realistic' });
      slow.configure({ failure_rate: 0 });
      const slowClient = client.withOptions({ baseURL: `${slow.url}/openai/v1` });
      const queued = await slowClient.responses.create({ model: MODEL, input: 'oi', background: true });
      expect((await slowClient.responses.retrieve(queued.id)).status).toBe('queued');
      expect((await slowClient.responses.cancel(queued.id)).status).toBe('cancelled');
      expect((await slowClient.responses.retrieve(queued.id)).status).toBe('cancelled');
      await slow.close();
    });

    it.each<[string, object, string | null, string | null]>([
      ['no model', { model: undefined }, 'missing_required_parameter', 'model'],
      ['too few tokens', { max_output_tokens: 3 }, 'integer_below_min_value', 'max_output_tokens'],
      ['a format without a name', { text: { format: { type: 'json_schema', schema: {} } } }, 'missing_required_parameter', 'text.format.name'],
      ['an unknown part', { input: [{ role: 'user', content: [{ type: 'image_url' }] }] }, 'invalid_value', 'input[0].content[0].type'],
      ['a function without a name', { tools: [{ type: 'function' }] }, 'missing_required_parameter', 'tools[0].name'],
    ])('refuse %s as the vendor does', async (_label, change, code, param) => {
      expect(await refusal(ask('hi', change))).toMatchObject({ status: 400, code, param });
    });
  });

  it('moderates texts and pictures', async () => {
    const { results } = await client.moderations.create({ model: 'omni-moderation-latest', input: ['Boa tarde', 'Eu vou matar você'] });
    expect(results.map(({ flagged }) => flagged)).toEqual([false, true]);
    expect(results[1]?.categories).toMatchObject({ violence: true, 'harassment/threatening': true, sexual: false });
    const parts = await client.moderations.create({ input: [{ type: 'text', text: 'oi' }, { type: 'image_url', image_url: { url: 'https://example.com/x.png' } }] });
    expect(parts.results[0]?.category_applied_input_types.violence).toEqual(['text', 'image']);
    expect(await refusal(client.moderations.create({ input: [] }))).toMatchObject({ status: 400, code: 'empty_array' });
  });

  it('draws real PNG files of the size that was asked for', async () => {
    const image = await client.images.generate({ model: 'gpt-image-2.6-flare', prompt: 'um farol ao entardecer', size: '1536x1024', n: 2 });
    const [first = '', second] = (image.data ?? []).map(({ b64_json: encoded }) => encoded ?? '');
    const png = Buffer.from(first, 'base64');
    expect(png.subarray(1, 4).toString()).toBe('PNG');
    expect([png.readUInt32BE(16), png.readUInt32BE(20)]).toEqual([1_536, 1_024]);
    const length = png.readUInt32BE(33);
    expect(inflateSync(png.subarray(41, 41 + length))).toHaveLength((1_536 * 3 + 1) * 1_024);
    expect(second).not.toBe(first);
    expect(image.usage?.output_tokens).toBe(1_056 * 2 * 1.5);
    expect(await refusal(client.images.generate({ model: 'gpt-image-2', prompt: 'x', size: '1000x1000' }))).toMatchObject({ param: 'size' });
    expect(await refusal(client.images.generate({ model: 'gpt-image-2', prompt: 'x', response_format: 'url' }))).toMatchObject({ code: 'unknown_parameter' });
    expect(await refusal(client.images.generate({ model: 'dall-e-3', prompt: 'x' }))).toMatchObject({ status: 404 });
    expect(await refusal(client.images.generate({ model: 'gpt-image-2', prompt: 'pornografia' }))).toMatchObject({ code: 'moderation_blocked' });
  });

  it('embeds texts as vectors of length 1, the like near the like', async () => {
    const { data, usage } = await client.embeddings.create({ model: 'text-embedding-3-small', input: ['as abelhas produzem mel', 'abelhas fazem mel', 'o motor a diesel'] });
    const [bees, alike, other] = data.map(({ embedding }) => embedding);
    const dot = (left: number[] = [], right: number[] = []): number => left.reduce((sum, value, index) => sum + value * (right[index] ?? 0), 0);
    expect(bees).toHaveLength(1_536);
    expect(dot(bees, bees)).toBeCloseTo(1, 4);
    expect(dot(bees, alike)).toBeGreaterThan(dot(bees, other) + 0.2);
    expect(usage.total_tokens).toBeGreaterThan(10);
    const short = await client.embeddings.create({ model: 'text-embedding-3-large', input: 'oi', dimensions: 64, encoding_format: 'float' });
    expect(short.data[0]?.embedding).toHaveLength(64);
    expect(await refusal(client.embeddings.create({ model: 'text-embedding-3-small', input: 'oi', dimensions: 4_000 }))).toMatchObject({ param: 'dimensions' });
  });

  it('lists models, with the day of their end', async () => {
    const models = (await client.models.list()).data;
    expect(models.map(({ id }) => id)).toEqual(expect.arrayContaining([MODEL, 'gpt-6-astra', 'gpt-4o']));
    expect(models.map(({ id }) => id)).not.toContain('gpt-4');
    expect(await client.models.retrieve('gpt-4o')).toMatchObject({ id: 'gpt-4o', shutdown_date: '2027-01-14' });
    expect(await refusal(client.models.retrieve('gpt-99'))).toMatchObject({ status: 404, code: 'model_not_found', param: 'model' });
  });

  it('refuses callers without a key, and what it does not have', async () => {
    const bare = await fetch(`${sandbox.url}/openai/v1/models`);
    expect([bare.status, await bare.json()]).toEqual([401, { error: expect.objectContaining({ message: expect.stringContaining("You didn't provide an API key") }) }]);
    const headers = { authorization: 'Bearer sk-x' };
    expect((await fetch(`${sandbox.url}/openai/v1/nothing`, { headers })).status).toBe(404);
    expect((await fetch(`${sandbox.url}/openai/v1/chat/completions`, { headers })).status).toBe(405);
    const broken = await fetch(`${sandbox.url}/openai/v1/chat/completions`, { method: 'POST', headers, body: '{"model"' });
    expect([broken.status, await broken.text()]).toEqual([400, expect.stringContaining('could not parse the JSON body')]);
  });

  it('fails in the vendor’s own words', async () => {
    const set = (fault: Parameters<RunningSandbox['configure']>[0]['faults']): unknown => sandbox.configure({ vendor: 'openai', faults: fault });
    set([{ fault: 'rate_limited_retry_after_seconds', retry_after_s: 3 }]);
    const limited = await refusal(chat('hi'));
    expect(limited).toMatchObject({ status: 429, code: 'rate_limit_exceeded' });
    expect(limited.headers?.get('retry-after')).toBe('3');
    set([{ fault: 'quota_exhausted' }]);
    expect(await refusal(chat('hi'))).toMatchObject({ status: 429, code: 'insufficient_quota' });
    set([{ fault: 'unauthorized' }]);
    expect(await refusal(chat('hi'))).toMatchObject({ status: 401, code: 'invalid_api_key' });
    set([{ fault: 'unavailable' }]);
    expect(await refusal(chat('hi'))).toMatchObject({ status: 503 });
    set([{ fault: 'empty_answer' }]);
    expect((await chat('hi')).choices[0]?.message.content).toBe('');
    expect((await client.responses.create({ model: MODEL, input: 'hi' })).output).toEqual([]);
    set([{ fault: 'error_in_success' }]);
    await expect(collect(await client.chat.completions.create({ model: MODEL, messages: [{ role: 'user', content: 'hi' }], stream: true }))).rejects.toThrow(/server had an error/);
    exchanges.length = 0;
  });

  it('is retried by the SDK as the vendor is', async () => {
    sandbox.clear();
    sandbox.configure({ vendor: 'openai', faults: [{ fault: 'rate_limited_retry_after_ms', retry_after_s: 0.01, probability: 0.5 }], seed: 12 });
    const patient = client.withOptions({ maxRetries: 8 });
    for (let index = 0; index < 10; index += 1) expect((await patient.chat.completions.create({ model: MODEL, messages: [{ role: 'user', content: `hi ${index}` }] })).choices).toHaveLength(1);
    expect(sandbox.status().vendors[0]?.by_fault['rate_limited_retry_after_ms']).toBeGreaterThan(0);
    exchanges.length = 0;
  });
});
