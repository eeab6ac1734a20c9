import { describe, expect, it } from 'vitest';
import { ProviderFailure } from '@tecnocursos/provider-kit';
import type { GenerationPart, GenerationRequest } from '../ports/language-model.port.js';
import { readCompletion, usageOf } from './openai-chat-answer.js';
import { ChatChunkReader, readChunks } from './openai-chat-stream.js';
import { toChatWire } from './openai-chat.js';

const MODEL = 'a-model';
const ask = (more: Partial<GenerationRequest> = {}): GenerationRequest => ({ model: MODEL, messages: [{ role: 'user', content: [{ type: 'text', text: 'Oi' }] }], ...more });

describe('toChatWire', () => {
  it('says no more than it is told', () => {
    expect(toChatWire(ask())).toEqual({ body: { model: MODEL, messages: [{ role: 'user', content: 'Oi' }] }, warnings: [] });
  });

  it('writes every kind of message', () => {
    const { body } = toChatWire(ask({
      messages: [
        { role: 'system', content: 's' },
        { role: 'user', content: [{ type: 'text', text: 'a' }, { type: 'image', source: { mediaType: 'image/png', base64: 'AAAA' }, detail: 'high' }, { type: 'image', source: { url: 'https://example.com/a.png' } }] },
        { role: 'assistant', content: '', toolCalls: [{ id: '1', name: 'f', arguments: '{"a":1}' }] },
        { role: 'tool', toolCallId: '1', content: 'r' },
        { role: 'assistant', content: '' },
      ],
    }));
    expect(body.messages).toEqual([
      { role: 'system', content: 's' },
      { role: 'user', content: [{ type: 'text', text: 'a' }, { type: 'image_url', image_url: { url: 'data:image/png;base64,AAAA', detail: 'high' } }, { type: 'image_url', image_url: { url: 'https://example.com/a.png' } }] },
      { role: 'assistant', content: null, tool_calls: [{ id: '1', type: 'function', function: { name: 'f', arguments: '{"a":1}' } }] },
      { role: 'tool', tool_call_id: '1', content: 'r' },
      { role: 'assistant', content: '' },
    ]);
  });

  it('asks for a schema strictly, and speaks of JSON only when nobody does', () => {
    const schema = { type: 'object' };
    expect(toChatWire(ask({ output: { name: 'o', schema }, json: true })).body).toMatchObject({ response_format: { type: 'json_schema', json_schema: { name: 'o', schema, strict: true } }, messages: [{ role: 'user' }] });
    expect(toChatWire(ask({ json: true })).body).toMatchObject({ response_format: { type: 'json_object' }, messages: [{ role: 'system', content: expect.stringContaining('JSON') }, { content: 'Oi' }] });
    expect(toChatWire(ask({ json: true, messages: [{ role: 'user', content: [{ type: 'text', text: 'a' }, { type: 'text', text: 'em json' }] }] })).body.messages).toHaveLength(1);
  });

  it('names tools, and leaves a choice out when there are none', () => {
    const tools = [{ name: 'f', description: 'd', parameters: { type: 'object' } }];
    expect(toChatWire(ask({ tools, toolChoice: { name: 'f' } })).body).toMatchObject({ tools: [{ type: 'function', function: tools[0] }], tool_choice: { type: 'function', function: { name: 'f' } } });
    expect(toChatWire(ask({ tools: [], toolChoice: 'auto' })).body).not.toHaveProperty('tool_choice');
  });

  it('warns of stop sequences beyond the fourth', () => {
    expect(toChatWire(ask({ stop: ['a', 'b', 'c', 'd', 'e'] }))).toMatchObject({ body: { stop: ['a', 'b', 'c', 'd'] }, warnings: [expect.stringContaining('first 4 of 5')] });
    expect(toChatWire(ask({ stop: [] })).body).not.toHaveProperty('stop');
  });
});

describe('readCompletion', () => {
  const completion = (message: unknown, finish: unknown): object => ({ model: 'm', choices: [{ message, finish_reason: finish }], usage: { prompt_tokens: 3, completion_tokens: 2 } });

  it('takes a call that the request named for a call, though it ends with stop', () => {
    const call = { id: '1', type: 'function', function: { name: 'f', arguments: '{}' } };
    expect(readCompletion(completion({ content: null, tool_calls: [call] }, 'stop'), MODEL, [])).toMatchObject({ finishReason: 'tool_calls', text: '', toolCalls: [{ id: '1', name: 'f', arguments: '{}' }] });
  });

  it.each([[null], ['text'], [[]], [{}], [{ choices: [] }], [{ choices: [{}] }], [{ choices: 'x' }], [completion('text', 'stop')], [completion({ content: ['a'] }, 'stop')], [completion({ content: 'a' }, null)]])('calls %j malformed', (answer) => {
    expect(() => readCompletion(answer, MODEL, [])).toThrow(expect.objectContaining({ kind: 'malformed' }));
  });

  it('counts nothing that is no count', () => {
    expect(usageOf({ prompt_tokens: 10, completion_tokens: -1, prompt_tokens_details: { cached_tokens: 30 } })).toEqual({ input_tokens: 0, output_tokens: 0, cached_input_tokens: 30 });
    expect([usageOf(undefined), usageOf({ prompt_tokens: '7' })]).toEqual([{}, { input_tokens: 0, output_tokens: 0 }]);
  });
});

describe('readChunks', () => {
  const chunk = (delta: object, finish: string | null = null): object => ({ model: 'm', choices: [{ index: 0, delta, finish_reason: finish }] });
  const usage = { model: 'm', choices: [], usage: { prompt_tokens: 3, completion_tokens: 2 } };
  async function read(chunks: readonly unknown[], signal = new AbortController().signal): Promise<GenerationPart[]> {
    const source = (async function* () {
      yield* chunks;
    })();
    const parts: GenerationPart[] = [];
    for await (const part of readChunks(source, new ChatChunkReader(MODEL, ['w']), signal)) parts.push(part);
    return parts;
  }

  it('ends once, with the usage that comes last', async () => {
    expect(await read([chunk({ role: 'assistant', content: '' }), chunk({ content: 'O' }), chunk({ content: 'i' }), chunk({}, 'stop'), usage])).toEqual([
      { type: 'text', text: 'O' }, { type: 'text', text: 'i' }, { type: 'finish', finishReason: 'stop', model: 'm', usage: { input_tokens: 3, output_tokens: 2 }, warnings: ['w'] },
    ]);
  });

  it('tells id and name of several calls once each, whatever is repeated', async () => {
    const piece = (index: number, id: string, text: string): object => ({ index, id, type: 'function', function: { name: `f${index}`, arguments: text } });
    const parts = await read([chunk({ tool_calls: [piece(0, 'a', '{'), piece(1, 'b', '')] }), chunk({ tool_calls: [piece(0, 'a', '}')] }), chunk({}, 'tool_calls')]);
    expect(parts).toEqual([
      { type: 'tool_call', index: 0, id: 'a', name: 'f0', arguments: '{' }, { type: 'tool_call', index: 1, id: 'b', name: 'f1', arguments: '' },
      { type: 'tool_call', index: 0, arguments: '}' }, { type: 'finish', finishReason: 'tool_calls', model: 'm', usage: {}, warnings: ['w'] },
    ]);
  });

  it.each<[string, string, unknown[]]>([
    ['no chunks', 'malformed', []], ['chunks that are none', 'malformed', ['x']], ['no end', 'unavailable', [chunk({ content: 'O' })]], ['a filter at its end', 'content_policy', [chunk({ content: 'O' }), chunk({}, 'content_filter'), usage]],
    ['a call without a name', 'malformed', [chunk({ tool_calls: [{ index: 0, function: { arguments: '' } }] })]],
  ])('says what a stream with %s is', async (_title, kind, chunks) => {
    await expect(read(chunks)).rejects.toMatchObject({ kind });
  });

  it('does not take an aborted stream for a whole one', async () => {
    const reason = new ProviderFailure('timeout', 'too slow');
    await expect(read([chunk({ content: 'O' }), chunk({}, 'stop')], AbortSignal.abort(reason))).rejects.toBe(reason);
  });
});
