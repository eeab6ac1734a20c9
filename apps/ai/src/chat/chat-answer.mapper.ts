import type { ChatChunk, ChatCompletion, ServedBy, Usage } from '@tecnocursos/contracts';
import type { Generation, GenerationPart } from '../ports/language-model.port.js';

/** What all chunks of an answer share. */
export interface AnswerHead {
  readonly id: string;
  /** Epoch seconds. */
  readonly created: number;
  readonly model: string;
}

type ChatUsage = ChatCompletion['usage'];

/** Tokens as OpenAI counts them: the prompt's with those that were cached. */
export function chatUsage(usage: Usage): ChatUsage {
  const cached = usage.cached_input_tokens ?? 0;
  const prompt = (usage.input_tokens ?? 0) + cached + (usage.cache_write_tokens ?? 0);
  const completion = usage.output_tokens ?? 0;
  return { prompt_tokens: prompt, completion_tokens: completion, total_tokens: prompt + completion, prompt_tokens_details: { cached_tokens: cached } };
}

export function chatCompletion(generation: Generation, head: AnswerHead, servedBy: ServedBy, warnings: string[]): ChatCompletion {
  const { text, toolCalls, finishReason, usage } = generation;
  const calls = toolCalls.length === 0 ? undefined : toolCalls.map(({ id, name, arguments: given }) => ({ id, type: 'function' as const, function: { name, arguments: given } }));
  return {
    id: head.id, object: 'chat.completion', created: head.created, model: head.model,
    choices: [{
      index: 0, message: { role: 'assistant', content: text === '' && calls ? null : text, refusal: null, ...(calls && { tool_calls: calls }) }, logprobs: null, finish_reason: finishReason,
    }],
    usage: chatUsage(usage),
    tecnocursos: { served_by: servedBy, warnings },
  };
}

type Delta = ChatChunk['choices'][number]['delta'];

/** A piece of text or of a tool call as a chunk. */
export function chatChunk(part: Exclude<GenerationPart, { type: 'finish' }>, head: AnswerHead, { isFirst }: { readonly isFirst: boolean }): ChatChunk {
  const delta: Delta = part.type === 'text' ? { content: part.text } : { tool_calls: [toolDelta(part)] };
  return chunkOf(head, isFirst ? { role: 'assistant', ...delta } : delta, null);
}

function toolDelta({ index, id, name, arguments: text }: Extract<GenerationPart, { type: 'tool_call' }>): NonNullable<Delta['tool_calls']>[number] {
  return { index, ...(id !== undefined && { id, type: 'function' }), function: { ...(name !== undefined && { name }), arguments: text } };
}

/** The end of an answer: why it ended and who answered; then, when it was asked for, what it used. */
export function endChunks(finish: Extract<GenerationPart, { type: 'finish' }>, head: AnswerHead, extension: NonNullable<ChatChunk['tecnocursos']>, wish: { readonly includeUsage: boolean }): ChatChunk[] {
  const end: ChatChunk = { ...chunkOf(head, {}, finish.finishReason), tecnocursos: extension };
  if (!wish.includeUsage) return [end];
  return [end, { id: head.id, object: 'chat.completion.chunk', created: head.created, model: head.model, choices: [], usage: chatUsage(finish.usage) }];
}

const chunkOf = ({ id, created, model }: AnswerHead, delta: Delta, finishReason: ChatChunk['choices'][number]['finish_reason']): ChatChunk =>
  ({ id, object: 'chat.completion.chunk', created, model, choices: [{ index: 0, delta, logprobs: null, finish_reason: finishReason }] });
