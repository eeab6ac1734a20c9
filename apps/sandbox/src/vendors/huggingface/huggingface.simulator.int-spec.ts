import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { InferenceClient, InferenceClientProviderApiError } from '@huggingface/inference';
import { startSandbox, type RunningSandbox } from '../../sandbox.starter.js';
import { recordExchanges, type RecordedExchange } from '../../testing/exchange-recorder.fixture.js';
import { validateExchange, validateNamed } from '../../testing/vendor-specs.harness.js';

const SPEC = 'huggingface.json';
const TOKEN = 'hf_test0123456789abcdef';
const MODEL = 'openai/gpt-oss-120b';
const SENTIMENT = 'cardiffnlp/twitter-xlm-roberta-base-sentiment';
const TEXT = 'As abelhas produzem mel. Elas vivem em colmeias. A rainha põe os ovos.';
const SEARCH = { type: 'function', function: { name: 'search_lessons', parameters: { type: 'object', properties: { query: { type: 'string' } }, required: ['query'], additionalProperties: false } } };
type ChatArguments = Parameters<InferenceClient['chatCompletion']>[0];

describe('the Hugging Face simulator, driven by the official SDK', () => {
  let sandbox: RunningSandbox;
  let exchanges: RecordedExchange[];
  let clientAt: (path: string) => InferenceClient;

  const chat = (more: Partial<ChatArguments> = {}): ReturnType<InferenceClient['chatCompletion']> =>
    clientAt('/v1').chatCompletion({ model: MODEL, messages: [{ role: 'user', content: TEXT }], ...more });
  const classify = (inputs: string, model = SENTIMENT): ReturnType<InferenceClient['textClassification']> => clientAt(`/hf-inference/models/${model}`).textClassification({ model, inputs });
  const refusal = async (call: Promise<unknown>): Promise<{ status: number; body: unknown }> => {
    const error: unknown = await call.then(() => undefined, (reason: unknown) => reason);
    if (!(error instanceof InferenceClientProviderApiError)) throw new Error(`not refused by the API: ${String(error)}`);
    return error.httpResponse;
  };

  beforeAll(async () => {
    sandbox = await startSandbox({ seed: 13 });
    const recorder = recordExchanges();
    exchanges = recorder.exchanges;
    clientAt = (path) => new InferenceClient(TOKEN, { endpointUrl: `${sandbox.url}/huggingface${path}`, retry_on_error: false, fetch: recorder.fetch });
  });
  afterEach(() => {
    sandbox.configure({ reset: true });
    for (const { method, path, status, request, response, events } of exchanges.splice(0)) {
      if (status >= 400) continue;
      expect(validateExchange(SPEC, method, path.replace('/huggingface', ''), { request, ...(response !== undefined && { response: { status, body: response } }) })).toEqual([]);
      for (const event of events) expect(validateNamed(SPEC, 'ChatCompletionStreamOutput', event)).toEqual([]);
    }
  });
  afterAll(() => sandbox.close());

  it('answers with the text’s own sentences', async () => {
    const { choices, usage, model } = await chat();
    expect(choices[0]).toMatchObject({ finish_reason: 'stop', message: { role: 'assistant', content: expect.stringContaining('colmeias') } });
    expect(usage.total_tokens).toBe(usage.prompt_tokens + usage.completion_tokens);
    expect([model, usage.prompt_tokens > 15]).toEqual([MODEL, true]);
  });

  it('streams the same answer', async () => {
    const whole = await chat();
    let text = '';
    let total = 0;
    for await (const { choices, usage } of clientAt('/v1').chatCompletionStream({ model: MODEL, messages: [{ role: 'user', content: TEXT }], stream_options: { include_usage: true } })) {
      text += choices[0]?.delta.content ?? '';
      total = usage?.total_tokens ?? total;
    }
    expect([text, total]).toEqual([whole.choices[0]?.message.content, whole.usage.total_tokens]);
  });

  it('keeps to a schema, ends at a limit, calls a tool', async () => {
    const schema = { type: 'object', properties: { title: { type: 'string' } }, required: ['title'], additionalProperties: false };
    const shaped = await chat({ response_format: { type: 'json_schema', json_schema: { name: 'x', schema, strict: true } } });
    expect(JSON.parse(shaped.choices[0]?.message.content ?? '')).toEqual({ title: expect.any(String) });
    expect(await chat({ max_tokens: 3 })).toMatchObject({ choices: [{ finish_reason: 'length' }], usage: { completion_tokens: 3 } });
    const called = await chat({ tools: [SEARCH], tool_choice: 'required' });
    expect(called.choices[0]).toMatchObject({ finish_reason: 'tool_calls', message: { tool_calls: [{ type: 'function', function: { name: 'search_lessons', arguments: expect.stringContaining('query') } }] } });
  });

  it('routes by policy and provider, and says who served', async () => {
    const served = async (model: string): Promise<string | null> => {
      const answer = await fetch(`${sandbox.url}/huggingface/v1/chat/completions`, {
        method: 'POST', headers: { authorization: `Bearer ${TOKEN}`, 'content-type': 'application/json' }, body: JSON.stringify({ model, messages: [{ role: 'user', content: 'Oi' }] }),
      });
      return answer.headers.get('x-inference-provider');
    };
    expect(await Promise.all([`${MODEL}:groq`, `${MODEL}:cheapest`, 'openai/gpt-oss-20b:cheapest', 'some/other-model'].map(served))).toEqual(['groq', 'together', 'fireworks-ai', 'together']);
    expect(await refusal(chat({ model: `${MODEL}:nobody` }))).toMatchObject({ status: 400, body: { error: { code: 'model_not_supported' } } });
    expect(await refusal(chat({ model: 'gpt-4' }))).toMatchObject({ status: 400, body: { error: { code: 'model_not_found' } } });
    const list = (await (await fetch(`${sandbox.url}/huggingface/v1/models`, { headers: { authorization: `Bearer ${TOKEN}` } })).json()) as { data: { id: string; providers: { status: string }[] }[] };
    expect(list.data.find(({ id }) => id === MODEL)?.providers[0]).toMatchObject({ provider: 'groq', status: 'live', context_length: 131_072 });
  });

  it.each([
    ['Adorei a aula, foi excelente!', 'positive'], ['Que aula horrível, detestei.', 'negative'], ['A aula começa às oito.', 'neutral'], ['I did not like it, it was bad', 'negative'], ['não foi ruim', 'positive'],
  ])('tells the mood of “%s”', async (text, label) => {
    const classes = await classify(text);
    expect(classes[0]?.label).toBe(label);
    expect(classes.reduce((sum, { score }) => sum + score, 0)).toBeCloseTo(1, 6);
  });

  it('names classes as the model does', async () => {
    expect((await classify('I love it', 'distilbert/distilbert-base-uncased-finetuned-sst-2-english'))[0]?.label).toBe('POSITIVE');
    expect((await classify('Adorei, ótimo, perfeito', 'nlptown/bert-base-multilingual-uncased-sentiment'))[0]?.label).toBe('5 stars');
    expect((await classify('horrible, awful', 'cardiffnlp/twitter-roberta-base-sentiment'))[0]?.label).toBe('LABEL_0');
    expect(await refusal(classify('bom dia '.repeat(600)))).toMatchObject({ status: 400, body: { error: expect.stringContaining('size of tensor') } });
  });

  it('classifies without training', async () => {
    const model = 'facebook/bart-large-mnli';
    const classes = await clientAt(`/hf-inference/models/${model}`).zeroShotClassification({ model, inputs: 'As abelhas e o mel', parameters: { candidate_labels: ['futebol', 'mel', 'música'] } });
    expect(classes[0]?.label).toBe('mel');
    expect(classes.reduce((sum, { score }) => sum + score, 0)).toBeCloseTo(1, 6);
  });

  it.each([
    ['unauthorized', 401, { error: 'Invalid username or password.' }], ['quota_exhausted', 402, { error: expect.stringContaining('credits') }], ['rate_limited', 429, { error: expect.any(String) }],
    ['server_error', 500, { error: expect.any(String) }], ['unavailable', 503, { error: expect.objectContaining({ code: 'server_overloaded' }) }],
  ] as const)('words %s as the vendor does', async (fault, status, body) => {
    sandbox.configure({ vendor: 'huggingface', faults: [{ fault }] });
    expect(await refusal(chat())).toMatchObject({ status, body });
  });

  it('loads a model first', async () => {
    sandbox.configure({ vendor: 'huggingface', operation: 'hf-inference', faults: [{ fault: 'unavailable' }] });
    expect(await refusal(classify('Oi'))).toMatchObject({ status: 503, body: { error: `Model ${SENTIMENT} is currently loading`, estimated_time: 20 } });
  });

  it('names the place at fault, and asks for a token', async () => {
    const post = (headers: Record<string, string>, body: object): Promise<Response> => fetch(`${sandbox.url}/huggingface/v1/chat/completions`, { method: 'POST', headers, body: JSON.stringify(body) });
    const bad = await post({ authorization: `Bearer ${TOKEN}` }, { model: MODEL, messages: [{ role: 'user' }] });
    expect([bad.status, await bad.json()]).toEqual([422, { error: 'Input validation error: `messages.0.content` is missing', error_type: 'validation' }]);
    expect((await post({}, {})).status).toBe(401);
  });
});
