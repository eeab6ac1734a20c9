import { describe, expect, it } from 'vitest';
import type { GenerationRequest } from '../../ports/language-model.port.js';
import { SEARCH_TOOL, user } from '../../testing/language-model.fixture.js';
import { toMessagesRequest } from './anthropic.mapper.js';

const ask = (more: Partial<GenerationRequest> = {}): GenerationRequest => ({ model: 'claude-haiku-5-5', messages: [user('Oi')], ...more });

describe('the request to Anthropic', () => {
  it('has what was asked for and nothing else', () => {
    expect(toMessagesRequest(ask())).toEqual({
      body: { model: 'claude-haiku-5-5', max_tokens: 8_192, messages: [{ role: 'user', content: [{ type: 'text', text: 'Oi' }] }] }, warnings: [],
    });
  });

  it('joins instructions, and results of tools into the turn after their calls', () => {
    const calls = [{ id: 'a', name: 'search_lessons', arguments: '{"query":"luz"}' }, { id: 'b', name: 'search_lessons', arguments: '' }];
    const { body } = toMessagesRequest(ask({
      messages: [
        { role: 'system', content: 'um' }, user('Oi'), { role: 'assistant', content: '', toolCalls: calls }, { role: 'tool', toolCallId: 'a', content: 'A' }, { role: 'tool', toolCallId: 'b', content: 'B' },
        user('E agora?'), { role: 'system', content: 'dois' }, { role: 'assistant', content: '' }, user('Alô?'),
      ],
      tools: [SEARCH_TOOL],
    }));
    expect(body.system).toBe('um\n\ndois');
    expect(body.messages).toEqual([
      { role: 'user', content: [{ type: 'text', text: 'Oi' }] },
      { role: 'assistant', content: [{ type: 'tool_use', id: 'a', name: 'search_lessons', input: { query: 'luz' } }, { type: 'tool_use', id: 'b', name: 'search_lessons', input: {} }] },
      { role: 'user', content: [{ type: 'tool_result', tool_use_id: 'a', content: 'A' }, { type: 'tool_result', tool_use_id: 'b', content: 'B' }, { type: 'text', text: 'E agora?' }, { type: 'text', text: 'Alô?' }] },
    ]);
    expect(body.tools).toEqual([{ name: 'search_lessons', description: SEARCH_TOOL.description, input_schema: SEARCH_TOOL.parameters }]);
  });

  it('takes calls that another vendor’s model made', () => {
    const id = 'gemini-call-r1-0#AbCd+/==';
    const { messages } = toMessagesRequest(ask({
      messages: [user('Oi'), { role: 'assistant', content: '', toolCalls: [{ id, name: 'x', arguments: '{}' }] }, { role: 'tool', toolCallId: id, content: '1' }],
    })).body;
    const plain: unknown = expect.stringMatching(/^[a-zA-Z0-9_-]+$/);
    expect(messages.slice(1)).toEqual([
      { role: 'assistant', content: [{ type: 'tool_use', id: plain, name: 'x', input: {} }] }, { role: 'user', content: [{ type: 'tool_result', tool_use_id: plain, content: '1' }] },
    ]);
  });

  it.each([['auto', { type: 'auto' }], ['none', { type: 'none' }], ['required', { type: 'any' }], [{ name: 'search_lessons' }, { type: 'tool', name: 'search_lessons' }]] as const)('chooses tools: %j', (toolChoice, expected) => {
    expect(toMessagesRequest(ask({ tools: [SEARCH_TOOL], toolChoice })).body.tool_choice).toEqual(expected);
    expect(toMessagesRequest(ask({ toolChoice })).body.tool_choice).toBeUndefined();
  });

  it('asks for a schema in the part of JSON Schema that the vendor takes, the rest in words', () => {
    const schema = { type: 'object', properties: { minutes: { type: 'integer', minimum: 1, maximum: 60 } }, required: ['minutes'], additionalProperties: false };
    const { body } = toMessagesRequest(ask({ output: { name: 'x', schema } }), 'high');
    expect(body.output_config).toEqual({
      effort: 'high', format: { type: 'json_schema', schema: { ...schema, properties: { minutes: { type: 'integer', description: '{minimum: 1, maximum: 60}' } } } },
    });
    expect(() => toMessagesRequest(ask({ output: { name: 'x', schema: { properties: {} } } }))).toThrow(expect.objectContaining({ kind: 'unsupported', field: 'output.schema' }));
  });

  it('warns of what it cannot send', () => {
    const { body, warnings } = toMessagesRequest(ask({
      temperature: 0, topP: 1, seed: 1, json: true, messages: [user({ type: 'image', source: { url: 'https://example.com/a.png' }, detail: 'high' })],
    }));
    expect(warnings.map((warning) => warning.split(':')[0])).toEqual(['temperature', 'top_p', 'seed', 'json', 'detail']);
    expect(Object.keys(body)).toEqual(['model', 'max_tokens', 'messages', 'system']);
  });

  it.each([
    ['pictures of other types', ask({ messages: [user({ type: 'image', source: { mediaType: 'image/tiff', base64: 'AAAA' } })] })],
    ['arguments that are no object', ask({ messages: [user('Oi'), { role: 'assistant', content: '', toolCalls: [{ id: 'a', name: 'x', arguments: '[1]' }] }] })],
    ['arguments that are no JSON', ask({ messages: [user('Oi'), { role: 'assistant', content: '', toolCalls: [{ id: 'a', name: 'x', arguments: '{"q":' }] }] })],
  ])('leaves %s to other vendors', (_title, request) => {
    expect(() => toMessagesRequest(request)).toThrow(expect.objectContaining({ kind: 'unsupported', field: 'messages' }));
  });
});
