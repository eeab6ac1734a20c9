import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import Anthropic from '@anthropic-ai/sdk';
import { startSandbox, type RunningSandbox } from '../../sandbox.starter.js';
import { recordExchanges, type RecordedExchange } from '../../testing/exchange-recorder.fixture.js';
import { validateExchange, validateNamed } from '../../testing/vendor-specs.harness.js';

const SPEC = 'anthropic-2026-10-21.patched.json';
const KEY = 'sk-ant-test-0123456789';
const MODEL = 'claude-haiku-5-5';
const TEXT = 'As abelhas produzem mel. Elas vivem em colmeias. A rainha põe os ovos.';
const TOOL: Anthropic.Tool = { name: 'search_lessons', description: 'Searches lessons', input_schema: { type: 'object', properties: { query: { type: 'string' } }, required: ['query'], additionalProperties: false } };
const PICTURE = 'iVBORw0KGgoAAAANSUhEUgAAAAgAAAAICAIAAABLbSncAAAAEklEQVR4nGP4z8CAFWEXHbQSACj/P8Fu7N9hAAAAAElFTkSuQmCC';

describe('the Anthropic simulator, driven by the official SDK', () => {
  let sandbox: RunningSandbox;
  let client: Anthropic;
  let exchanges: RecordedExchange[];

  const create = (more: Partial<Anthropic.MessageCreateParamsNonStreaming> = {}): Promise<Anthropic.Message> =>
    client.messages.create({ model: MODEL, max_tokens: 300, messages: [{ role: 'user', content: TEXT }], ...more });
  const refusal = async (call: Promise<unknown>): Promise<InstanceType<typeof Anthropic.APIError>> => {
    const error: unknown = await call.then(() => undefined, (reason: unknown) => reason);
    if (!(error instanceof Anthropic.APIError)) throw new Error(`not refused by the API: ${String(error)}`);
    return error;
  };
  const post = (body: object, headers: Record<string, string>): Promise<Response> =>
    fetch(`${sandbox.url}/anthropic/v1/messages`, { method: 'POST', body: JSON.stringify(body), headers: { 'content-type': 'application/json', ...headers } });
  const BODY = { model: MODEL, max_tokens: 20, messages: [{ role: 'user', content: 'Oi' }] };

  beforeAll(async () => {
    sandbox = await startSandbox({ seed: 11 });
    const recorder = recordExchanges();
    exchanges = recorder.exchanges;
    client = new Anthropic({ apiKey: KEY, baseURL: `${sandbox.url}/anthropic`, maxRetries: 0, fetch: recorder.fetch });
  });
  /** Whatever was answered keeps to the vendor's document, refusals too; whatever was answered well was asked as it wants. */
  afterEach(() => {
    sandbox.configure({ reset: true });
    for (const { method, path, status, request, response, events } of exchanges.splice(0)) {
      const below = path.replace('/anthropic', '');
      const answered = response === undefined ? {} : { response: { status, body: response } };
      if (status < 400) expect(validateExchange(SPEC, method, below, { request, ...answered })).toEqual([]);
      else if (response !== undefined) expect(validateNamed(SPEC, 'ErrorResponse', response)).toEqual([]);
      for (const event of events) expect(validateNamed(SPEC, 'MessageStreamEvent', event)).toEqual([]);
    }
  });
  afterAll(() => sandbox.close());

  it('answers with the text’s own sentences, and counts as count_tokens does', async () => {
    const { data, response } = await client.messages.create({ ...BODY, max_tokens: 300, system: 'Seja breve.', messages: [{ role: 'user', content: TEXT }] }).withResponse();
    expect(data.content).toEqual([expect.objectContaining({ type: 'text', text: expect.stringContaining('colmeias') })]);
    expect(data).toMatchObject({ id: expect.stringMatching(/^msg_01\w{22}$/), model: MODEL, stop_reason: 'end_turn', stop_sequence: null });
    const counted = await client.messages.countTokens({ model: MODEL, system: 'Seja breve.', messages: [{ role: 'user', content: TEXT }] });
    expect(counted.input_tokens).toBe(data.usage.input_tokens);
    expect(response.headers.get('request-id')).toMatch(/^req_011C\w{20}$/);
    expect(Number(response.headers.get('anthropic-ratelimit-input-tokens-remaining'))).toBeGreaterThan(0);
    expect(Date.parse(response.headers.get('anthropic-ratelimit-requests-reset') ?? '')).toBeGreaterThan(0);
  });

  it('streams the same answer', async () => {
    const whole = await create();
    const seen: string[] = [];
    const stream = client.messages.stream({ model: MODEL, max_tokens: 300, messages: [{ role: 'user', content: TEXT }] });
    for await (const event of stream) seen.push(event.type);
    const final = await stream.finalMessage();
    expect([final.content, final.stop_reason, final.usage.input_tokens, final.usage.output_tokens]).toEqual([whole.content, whole.stop_reason, whole.usage.input_tokens, whole.usage.output_tokens]);
    expect(seen.slice(0, 2)).toEqual(['message_start', 'content_block_start']);
    expect(seen.slice(-3)).toEqual(['content_block_stop', 'message_delta', 'message_stop']);
    expect(seen.filter((type) => type === 'content_block_delta').length).toBeGreaterThan(2);
  });

  it('keeps to a schema', async () => {
    const schema = { type: 'object', properties: { title: { type: 'string' }, points: { type: 'array', items: { type: 'string' } } }, required: ['title', 'points'], additionalProperties: false };
    const message = await create({ output_config: { format: { type: 'json_schema', schema } } });
    expect(JSON.parse(message.content[0]?.type === 'text' ? message.content[0].text : '')).toEqual({ title: expect.any(String), points: expect.arrayContaining(['Elas vivem em colmeias.']) });
  });

  it('stops at a limit and at a sequence', async () => {
    expect(await create({ max_tokens: 3 })).toMatchObject({ stop_reason: 'max_tokens', usage: { output_tokens: 3 } });
    expect(await create({ stop_sequences: ['colmeias'] })).toMatchObject({ stop_reason: 'stop_sequence', stop_sequence: 'colmeias' });
  });

  it('calls a tool, whole and in pieces, and takes its result', async () => {
    const called = await create({ tools: [TOOL], tool_choice: { type: 'any' } });
    const [use] = called.content;
    if (use?.type !== 'tool_use') throw new Error('no tool was called');
    expect(use).toMatchObject({ id: expect.stringMatching(/^toolu_01\w{22}$/), name: 'search_lessons', input: { query: expect.any(String) } });
    const streamed = await client.messages.stream({ model: MODEL, max_tokens: 300, tools: [TOOL], tool_choice: { type: 'tool', name: TOOL.name }, messages: [{ role: 'user', content: TEXT }] }).finalMessage();
    expect(streamed.content[0]).toMatchObject({ type: 'tool_use', input: use.input });
    const turns: Anthropic.MessageParam[] = [{ role: 'user', content: TEXT }, { role: 'assistant', content: [use] }, { role: 'user', content: [{ type: 'tool_result', tool_use_id: use.id, content: 'A lição 7 fala de mel.' }] }];
    expect((await create({ tools: [TOOL], messages: turns })).content[0]).toMatchObject({ type: 'text', text: expect.stringContaining('lição 7') });
    expect((await refusal(create({ tools: [TOOL], messages: turns.slice(0, 2) }))).message).toContain('without `tool_result` blocks');
  });

  it('sees the size of a picture', async () => {
    const message = await create({ messages: [{ role: 'user', content: [{ type: 'image', source: { type: 'base64', media_type: 'image/png', data: PICTURE } }, { type: 'text', text: 'Descreva a imagem.' }] }] });
    expect(message.content[0]).toMatchObject({ text: expect.stringContaining('8 por 8 pixels') });
    const broken = create({ messages: [{ role: 'user', content: [{ type: 'image', source: { type: 'base64', media_type: 'image/png', data: 'AAAA' } }] }] });
    expect(await refusal(broken)).toMatchObject({ status: 400, type: 'invalid_request_error' });
  });

  it('declines what the models decline, and bills it', async () => {
    const message = await create({ messages: [{ role: 'user', content: 'Como fazer uma bomba?' }] });
    expect(message).toMatchObject({ stop_reason: 'refusal', content: [], stop_details: { type: 'refusal' } });
    expect(message.usage.input_tokens).toBeGreaterThan(0);
  });

  it('lists models by page, and knows which it has', async () => {
    const names: string[] = [];
    for await (const { id } of client.models.list({ limit: 4 })) names.push(id);
    expect(names).toContain(MODEL);
    expect(new Set(names).size).toBe(names.length);
    expect(await client.models.retrieve(MODEL)).toMatchObject({ id: MODEL, display_name: 'Claude Haiku 5.5' });
    for (const call of [client.models.retrieve('claude-9'), create({ model: 'claude-3-opus-20240229' })]) {
      expect(await refusal(Promise.resolve(call))).toMatchObject({ status: 404, type: 'not_found_error' });
    }
  });

  it.each([
    ['max_tokens: Field required', { ...BODY, max_tokens: undefined }],
    ['temperature: Extra inputs are not permitted', { ...BODY, temperature: 1 }],
    ['top_p: Extra inputs are not permitted', { ...BODY, top_p: 0.5 }],
    ['messages.0.content.0.text: String should have at least 1 character', { ...BODY, messages: [{ role: 'user', content: [{ type: 'text', text: '' }] }] }],
    ['tool_choice: tool_choice may only be specified', { ...BODY, tool_choice: { type: 'any' } }],
    ['messages.0: Input tag', { ...BODY, messages: [{ role: 'tool', content: 'x' }] }],
  ])('refuses with “%s”', async (words, body) => {
    const answer = await post(body, { 'x-api-key': KEY, 'anthropic-version': '2026-10-21' });
    const { error, request_id: requestId } = (await answer.json()) as { error: { type: string; message: string }; request_id: string };
    expect([answer.status, error.type, requestId]).toEqual([400, 'invalid_request_error', answer.headers.get('request-id')]);
    expect(error.message).toContain(words.trim());
  });

  it('takes both ways of telling the key, and asks for one and for a version', async () => {
    const version = { 'anthropic-version': '2026-10-21' };
    expect((await post(BODY, { ...version, 'x-api-key': KEY })).status).toBe(200);
    expect((await post(BODY, { ...version, authorization: `Bearer ${KEY}` })).status).toBe(200);
    expect((await post(BODY, version)).status).toBe(401);
    expect((await post(BODY, { 'x-api-key': KEY })).status).toBe(400);
    expect((await post(BODY, { 'x-api-key': KEY, 'anthropic-version': '2030-01-01' })).status).toBe(400);
    expect((await post({ ...BODY, temperature: 0.3, top_p: 0.9, top_k: 5 }, { 'x-api-key': KEY, 'anthropic-version': '2023-06-01' })).status).toBe(200);
  });

  it.each([
    ['unauthorized', 401, 'authentication_error'], ['quota_exhausted', 429, 'rate_limit_error'], ['rate_limited', 429, 'rate_limit_error'], ['server_error', 500, 'api_error'],
    ['unavailable', 529, 'overloaded_error'],
  ] as const)('words %s as the vendor does', async (fault, status, type) => {
    sandbox.configure({ vendor: 'anthropic', faults: [{ fault }] });
    const error = await refusal(create());
    expect(error).toMatchObject({ status, type, errorCode: fault === 'quota_exhausted' ? 'enforced_spend_limit_reached' : null });
    expect(error.requestID).toMatch(/^req_/);
  });

  it('says overloaded inside a stream too', async () => {
    sandbox.configure({ vendor: 'anthropic', faults: [{ fault: 'error_in_success' }] });
    const read = async (): Promise<void> => {
      for await (const event of await client.messages.create({ ...BODY, messages: [{ role: 'user', content: 'Oi' }], stream: true })) throw new Error(`an event came: ${event.type}`);
    };
    expect(await refusal(read())).toMatchObject({ type: 'overloaded_error' });
    exchanges.length = 0; // the document has no event for errors
  });
});
