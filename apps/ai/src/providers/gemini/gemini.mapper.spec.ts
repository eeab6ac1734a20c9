import { describe, expect, it } from 'vitest';
import type { GenerationRequest } from '../../ports/language-model.port.js';
import { SEARCH_TOOL, SUMMARY_SCHEMA, user } from '../../testing/language-model.fixture.js';
import { toGenerateContent } from './gemini.mapper.js';
import { geminiCallId, houseCallId } from './gemini.tool-call-id.js';

const ask = (more: Partial<GenerationRequest> = {}): GenerationRequest => ({ model: 'gemini-3.8-flash', messages: [user('Oi')], ...more });
const mapped = (more: Partial<GenerationRequest> = {}): ReturnType<typeof toGenerateContent>['parameters'] => toGenerateContent(ask(more), []).parameters;
const ONE_REQUEST = { automaticContinuation: false, automaticFunctionCalling: { disable: true } };

describe('the request to Gemini', () => {
  it('has what was asked for and nothing else', () => {
    expect(mapped({ model: 'models/gemini-3.8-flash' })).toEqual({
      model: 'gemini-3.8-flash', contents: [{ role: 'user', parts: [{ text: 'Oi' }] }], config: { safetySettings: [], ...ONE_REQUEST },
    });
  });

  it('sends every option that the vendor has', () => {
    const { config } = mapped({ maxOutputTokens: 9, temperature: 0, topP: 0.5, seed: 7, stop: ['FIM'], output: { name: 'x', schema: SUMMARY_SCHEMA }, messages: [{ role: 'system', content: 'um' }, { role: 'system', content: 'dois' }, user('Oi')] });
    expect(config).toEqual({
      systemInstruction: 'um\n\ndois', safetySettings: [], maxOutputTokens: 9, temperature: 0, topP: 0.5, seed: 7, stopSequences: ['FIM'], responseMimeType: 'application/json',
      responseJsonSchema: SUMMARY_SCHEMA, ...ONE_REQUEST,
    });
    expect(mapped({ json: true }).config).toMatchObject({ responseMimeType: 'application/json' });
  });

  it('warns of a seed that does not fit', () => {
    const { parameters, warnings } = toGenerateContent(ask({ seed: 2 ** 40 }), []);
    expect([warnings.length, parameters.config.seed]).toEqual([1, undefined]);
  });

  it('sends pictures by bytes and by address, in the finest resolution asked for', () => {
    const bytes = { type: 'image', source: { mediaType: 'image/png', base64: 'AAAA' }, detail: 'low' } as const;
    const address = { type: 'image', source: { url: 'https://example.com/a/celula.JPG?size=2' }, detail: 'high' } as const;
    const { contents, config } = mapped({ messages: [user('Veja:', bytes, address)] });
    expect(contents).toEqual([{ role: 'user', parts: [{ text: 'Veja:' }, { inlineData: { mimeType: 'image/png', data: 'AAAA' } }, { fileData: { fileUri: 'https://example.com/a/celula.JPG?size=2', mimeType: 'image/jpeg' } }] }]);
    expect(config.mediaResolution).toBe('MEDIA_RESOLUTION_HIGH');
    expect(mapped({ messages: [user(bytes)] }).config.mediaResolution).toBe('MEDIA_RESOLUTION_LOW');
    expect(mapped({ messages: [user({ ...bytes, detail: 'auto' })] }).config.mediaResolution).toBeUndefined();
  });

  it.each([['auto', { mode: 'AUTO' }], ['none', { mode: 'NONE' }], ['required', { mode: 'ANY' }], [{ name: 'search_lessons' }, { mode: 'ANY', allowedFunctionNames: ['search_lessons'] }]] as const)('chooses tools: %j', (toolChoice, functionCallingConfig) => {
    expect(mapped({ tools: [SEARCH_TOOL], toolChoice }).config).toMatchObject({
      tools: [{ functionDeclarations: [{ name: 'search_lessons', description: SEARCH_TOOL.description, parametersJsonSchema: SEARCH_TOOL.parameters }] }], toolConfig: { functionCallingConfig },
    });
  });

  it('gives calls back with their signature, and names results after their calls', () => {
    const signed = houseCallId({ thoughtSignature: 'c2lnbmF0dXJl' }, 'r1-0');
    const { contents } = mapped({
      messages: [
        user('Oi'), { role: 'assistant', content: 'Vou ver.', toolCalls: [{ id: signed, name: 'search_lessons', arguments: '{"query":"luz"}' }, { id: 'call_openai', name: 'open_lesson', arguments: '' }] },
        { role: 'tool', toolCallId: signed, content: '{"found":2}' }, { role: 'tool', toolCallId: 'call_openai', content: 'Aberta.' },
      ],
    });
    expect(contents).toEqual([
      { role: 'user', parts: [{ text: 'Oi' }] },
      { role: 'model', parts: [{ text: 'Vou ver.' }, { functionCall: { name: 'search_lessons', args: { query: 'luz' } }, thoughtSignature: 'c2lnbmF0dXJl' }, { functionCall: { id: 'call_openai', name: 'open_lesson', args: {} } }] },
      { role: 'user', parts: [{ functionResponse: { name: 'search_lessons', response: { found: 2 } } }, { functionResponse: { id: 'call_openai', name: 'open_lesson', response: { output: 'Aberta.' } } }] },
    ]);
  });

  it('refuses a result without a call, and leaves broken arguments to other vendors', () => {
    expect(() => mapped({ messages: [user('Oi'), { role: 'tool', toolCallId: 'x', content: '1' }] })).toThrow(expect.objectContaining({ kind: 'invalid_request', field: 'messages' }));
    expect(() => mapped({ messages: [user('Oi'), { role: 'assistant', content: '', toolCalls: [{ id: 'a', name: 'x', arguments: '{"q":' }] }] })).toThrow(expect.objectContaining({ kind: 'unsupported', field: 'messages' }));
  });
});

describe('ids of calls', () => {
  it.each([
    [{}, 'gemini-call-r1-0'],
    [{ id: 'fc_1' }, 'fc_1'],
    [{ thoughtSignature: 'AbCd+/==' }, 'gemini-call-r1-0#AbCd+/=='],
    [{ id: 'fc#1', thoughtSignature: 'AbCd+/==' }, 'fc#1#AbCd+/=='],
  ])('%j travels as %s and comes back', (own, house) => {
    expect(houseCallId(own, 'r1-0')).toBe(house);
    expect(geminiCallId(house)).toEqual(own);
  });
});
