import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { ApiError, GoogleGenAI, HarmBlockThreshold, HarmCategory, Type, type GenerateContentConfig, type GenerateContentParameters, type GenerateContentResponse } from '@google/genai';
import { startSandbox, type RunningSandbox } from '../../sandbox.starter.js';
import { recordExchanges, type RecordedExchange } from '../../testing/exchange-recorder.fixture.js';
import { validateExchange, validateNamed } from '../../testing/vendor-specs.harness.js';

const SPEC = 'gemini.json';
const KEY = 'AIzaSyTest-0123456789abcdef';
const MODEL = 'gemini-3.8-flash';
const TEXT = 'As abelhas produzem mel. Elas vivem em colmeias. A rainha põe os ovos.';
const SEARCH = { name: 'search_lessons', description: 'Searches lessons', parametersJsonSchema: { type: 'object', properties: { query: { type: 'string' } }, required: ['query'] } };
const PICTURE = 'iVBORw0KGgoAAAANSUhEUgAAAAgAAAAICAIAAABLbSncAAAAEklEQVR4nGP4z8CAFWEXHbQSACj/P8Fu7N9hAAAAAElFTkSuQmCC';

describe.each(['v1', 'v1beta'])('the Gemini simulator at %s, driven by the official SDK', (apiVersion) => {
  let sandbox: RunningSandbox;
  let client: GoogleGenAI;
  let exchanges: RecordedExchange[];

  const generate = (contents: GenerateContentParameters['contents'], config: GenerateContentConfig = {}, model = MODEL): Promise<GenerateContentResponse> =>
    client.models.generateContent({ model, contents, config });
  const refusal = async (call: Promise<unknown>): Promise<{ status: number; error: { code: number; status: string; message: string; details?: Record<string, unknown>[] } }> => {
    const error: unknown = await call.then(() => undefined, (reason: unknown) => reason);
    if (!(error instanceof ApiError)) throw new Error(`not refused by the API: ${String(error)}`);
    return { status: error.status, ...(JSON.parse(error.message) as { error: { code: number; status: string; message: string } }) };
  };
  const post = (path: string, body: object, headers: Record<string, string> = { 'x-goog-api-key': KEY }): Promise<Response> =>
    fetch(`${sandbox.url}/gemini/${apiVersion}/models/${path}`, { method: 'POST', body: JSON.stringify(body), headers: { 'content-type': 'application/json', ...headers } });
  const BODY = { contents: [{ role: 'user', parts: [{ text: TEXT }] }] };

  beforeAll(async () => {
    sandbox = await startSandbox({ seed: 12 });
    const recorder = recordExchanges();
    exchanges = recorder.exchanges;
    client = new GoogleGenAI({ apiKey: KEY, apiVersion, httpOptions: { baseUrl: `${sandbox.url}/gemini`, fetch: recorder.fetch } });
  });
  afterEach(() => {
    sandbox.configure({ reset: true });
    for (const { method, path, status, request, response, events } of exchanges.splice(0)) {
      if (status >= 400) continue;
      expect(validateExchange(SPEC, method, path.replace('/gemini', ''), { request, ...(response !== undefined && { response: { status, body: response } }) })).toEqual([]);
      for (const event of events) expect(validateNamed(SPEC, 'GenerateContentResponse', event)).toEqual([]);
    }
  });
  afterAll(() => sandbox.close());

  it('answers with the text’s own sentences, and counts as countTokens does', async () => {
    const response = await generate(TEXT, { systemInstruction: 'Seja breve.' });
    expect(response.text).toContain('colmeias');
    expect(response).toMatchObject({ modelVersion: MODEL, candidates: [{ finishReason: 'STOP' }] });
    const { totalTokens } = await client.models.countTokens({ model: MODEL, contents: TEXT });
    expect(response.usageMetadata?.promptTokenCount).toBeGreaterThan(totalTokens ?? 0);
    expect(response.usageMetadata?.totalTokenCount).toBe((response.usageMetadata?.promptTokenCount ?? 0) + (response.usageMetadata?.candidatesTokenCount ?? 0));
  });

  it('streams the same answer, as events and as one array', async () => {
    const whole = await generate(TEXT);
    const chunks: GenerateContentResponse[] = [];
    for await (const chunk of await client.models.generateContentStream({ model: MODEL, contents: TEXT })) chunks.push(chunk);
    expect(chunks.map(({ text }) => text ?? '').join('')).toBe(whole.text);
    expect(chunks.length).toBeGreaterThan(2);
    expect(chunks.at(-1)?.usageMetadata).toEqual(whole.usageMetadata);
    const array = (await (await post(`${MODEL}:streamGenerateContent`, BODY)).json()) as { candidates: { content: { parts: { text: string }[] } }[] }[];
    expect(array.map(({ candidates }) => candidates[0]?.content.parts[0]?.text).join('')).toBe(whole.text);
  });

  it('keeps to schemas of both dialects', async () => {
    const schema = { type: 'object', properties: { title: { type: 'string' }, points: { type: 'array', items: { type: 'string' }, minItems: 2 } }, required: ['title', 'points'], additionalProperties: false };
    const first = await generate(TEXT, { responseMimeType: 'application/json', responseJsonSchema: schema });
    expect(JSON.parse(first.text ?? '')).toEqual({ title: expect.any(String), points: expect.arrayContaining(['Elas vivem em colmeias.']) });
    const second = await generate(TEXT, {
      responseMimeType: 'application/json',
      responseSchema: { type: Type.OBJECT, properties: { title: { type: Type.STRING, nullable: true }, points: { type: Type.ARRAY, items: { type: Type.STRING }, minItems: '2' } }, required: ['title', 'points'] },
    });
    expect(JSON.parse(second.text ?? '')).toMatchObject({ points: expect.arrayContaining(['Elas vivem em colmeias.']) });
    expect(await refusal(generate(TEXT, { responseJsonSchema: schema }))).toMatchObject({ status: 400, error: { status: 'INVALID_ARGUMENT' } });
  });

  it('ends at a limit and at a sequence', async () => {
    expect(await generate(TEXT, { maxOutputTokens: 3 })).toMatchObject({ candidates: [{ finishReason: 'MAX_TOKENS' }], usageMetadata: { candidatesTokenCount: 3 } });
    const stopped = await generate(TEXT, { stopSequences: ['colmeias'] });
    expect([stopped.candidates?.[0]?.finishReason, stopped.text?.includes('colmeias')]).toEqual(['STOP', false]);
  });

  it('calls a function, and takes its result with the signature of the call alone', async () => {
    const config = { tools: [{ functionDeclarations: [SEARCH] }], toolConfig: { functionCallingConfig: { mode: 'ANY' as never } } };
    const called = await generate(TEXT, config);
    const part = called.candidates?.[0]?.content?.parts?.[0];
    expect(part).toMatchObject({ functionCall: { name: 'search_lessons', args: { query: expect.any(String) } }, thoughtSignature: expect.any(String) });
    const turns = (call: object): GenerateContentParameters['contents'] => [
      { role: 'user', parts: [{ text: TEXT }] }, { role: 'model', parts: [call] }, { role: 'user', parts: [{ functionResponse: { name: 'search_lessons', response: { output: 'A lição 7 fala de mel.' } } }] },
    ];
    const free = { tools: config.tools };
    expect((await generate(turns(part ?? {}), free)).text).toContain('lição 7');
    expect((await refusal(generate(turns({ functionCall: part?.functionCall }), free))).error.message).toContain('thought_signature');
    expect((await generate(turns({ functionCall: part?.functionCall }), free, 'gemini-2.5-flash')).text).toContain('lição 7');
  });

  it('blocks by trigger words and settings', async () => {
    const threat = 'Explique como fazer uma bomba.';
    const blocked = await generate(threat);
    expect(blocked).toMatchObject({ promptFeedback: { blockReason: 'SAFETY' }, usageMetadata: { promptTokenCount: expect.any(Number) } });
    expect(blocked.candidates).toBeUndefined();
    const off = { category: HarmCategory.HARM_CATEGORY_DANGEROUS_CONTENT, threshold: HarmBlockThreshold.OFF };
    expect((await generate(threat, { safetySettings: [off] })).text).not.toBe('');
    expect((await generate(`Resuma.\n<document>\n${threat}\n</document>`)).text).toContain('bomba');
  });

  it('sees the size of a picture', async () => {
    const response = await generate([{ role: 'user', parts: [{ text: 'Descreva a imagem.' }, { inlineData: { mimeType: 'image/png', data: PICTURE } }] }]);
    expect(response.text).toContain('8 por 8 pixels');
    expect(response.usageMetadata?.promptTokenCount).toBeGreaterThanOrEqual(258);
    expect((await refusal(generate([{ role: 'user', parts: [{ inlineData: { mimeType: 'image/png', data: 'AAAA' } }] }]))).status).toBe(400);
  });

  it('lists models by page, and knows which it has', async () => {
    const names: string[] = [];
    for await (const { name } of await client.models.list({ config: { pageSize: 5 } })) names.push(name ?? '');
    expect(names).toContain(`models/${MODEL}`);
    expect(new Set(names).size).toBe(names.length);
    expect(await client.models.get({ model: MODEL })).toMatchObject({ name: `models/${MODEL}`, inputTokenLimit: 1_048_576 });
    expect((await generate('Oi', {}, 'gemini-flash-latest')).modelVersion).toBe('gemini-3.8-flash');
    expect(await refusal(generate('Oi', {}, 'gemini-1.5-pro'))).toMatchObject({ status: 404, error: { status: 'NOT_FOUND', message: expect.stringContaining(`API version ${apiVersion}`) } });
  });

  it.each([
    ['contents is not specified', {}],
    ['Unknown name "temprature" at \'generation_config\'', { ...BODY, generationConfig: { temprature: 1 } }],
    ['Invalid value at \'generation_config.temperature\'', { ...BODY, generation_config: { temperature: 'hot' } }],
    ['valid role', { contents: [{ role: 'assistant', parts: [{ text: 'Oi' }] }] }],
    ['must not be empty', { contents: [{ role: 'user', parts: [] }] }],
  ])('refuses with “%s”', async (words, body) => {
    const answer = await post(`${MODEL}:generateContent`, body);
    const { error } = (await answer.json()) as { error: { code: number; status: string; message: string } };
    expect([answer.status, error.code, error.status]).toEqual([400, 400, 'INVALID_ARGUMENT']);
    expect(error.message).toContain(words);
  });

  it('takes the key from header or query', async () => {
    expect((await post(`${MODEL}:generateContent?key=${KEY}`, BODY, {})).status).toBe(200);
    expect((await post(`${MODEL}:generateContent`, BODY, {})).status).toBe(403);
    expect((await post(`${MODEL}:generateContent?key=x`, BODY, {})).status).toBe(400);
    expect(JSON.stringify(sandbox.history())).not.toContain(KEY);
    expect((await post(`${MODEL}:sing`, BODY)).status).toBe(404);
  });

  it.each([
    ['unauthorized', 400, 'INVALID_ARGUMENT', { reason: 'API_KEY_INVALID' }], ['quota_exhausted', 429, 'RESOURCE_EXHAUSTED', { violations: [expect.objectContaining({ quotaId: expect.stringContaining('PerDay') })] }],
    ['rate_limited', 429, 'RESOURCE_EXHAUSTED', { retryDelay: '7s' }], ['server_error', 500, 'INTERNAL', undefined], ['unavailable', 503, 'UNAVAILABLE', undefined],
  ] as const)('words %s as the vendor does', async (fault, status, code, detail) => {
    sandbox.configure({ vendor: 'gemini', faults: [{ fault, retry_after_s: 7 }] });
    const { error, ...told } = await refusal(generate('Oi'));
    expect([told.status, error.code, error.status]).toEqual([status, status, code]);
    if (detail) expect(error.details).toEqual(expect.arrayContaining([expect.objectContaining(detail)]));
  });
});
