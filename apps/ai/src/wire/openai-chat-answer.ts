import type { Usage } from '@tecnocursos/contracts';
import { ProviderFailure } from '@tecnocursos/provider-kit';
import type { FinishReason, Generation, ToolCall } from '../ports/language-model.port.js';

type Fields = Readonly<Record<string, unknown>>;

const FINISH_REASONS: Readonly<Record<string, FinishReason>> = {
  stop: 'stop', length: 'length', tool_calls: 'tool_calls', function_call: 'tool_calls',
  // Of servers that run text-generation-inference, which give its own names.
  eos_token: 'stop', stop_sequence: 'stop',
};

/** What is known of an answer when it has ended. */
export interface AnswerEnd {
  readonly finishReason: unknown;
  readonly refusal: string;
  readonly hasText: boolean;
  readonly hasToolCalls: boolean;
  readonly usage: Usage;
  readonly model: string;
}

export const isFields = (value: unknown): value is Fields => typeof value === 'object' && value !== null && !Array.isArray(value);
export const fieldsOf = (value: unknown): Fields => (isFields(value) ? value : {});
export const textOf = (value: unknown): string => (typeof value === 'string' ? value : '');

const countOf = (value: unknown): number => (typeof value === 'number' && Number.isSafeInteger(value) && value > 0 ? value : 0);

/** `prompt_tokens` counts the cached ones too, `completion_tokens` those of reasoning. Empty when the vendor does not say. */
export function usageOf(value: unknown): Usage {
  if (!isFields(value)) return {};
  const cached = countOf(fieldsOf(value['prompt_tokens_details'])['cached_tokens']);
  const usage: Usage = { input_tokens: Math.max(0, countOf(value['prompt_tokens']) - cached), output_tokens: countOf(value['completion_tokens']) };
  if (cached > 0) usage.cached_input_tokens = cached;
  return usage;
}

/**
 * A `chat.completion` in our words. Looks at the fields that are used and at no others: answers are long and many.
 * @throws ProviderFailure `content_policy` for a refusal, `malformed` for an empty answer or one of another shape.
 */
export function readCompletion(answer: unknown, requestedModel: string, warnings: readonly string[]): Generation {
  const choices = fieldsOf(answer)['choices'];
  const choice: unknown = Array.isArray(choices) ? choices[0] : undefined;
  const message = fieldsOf(choice)['message'];
  if (!isFields(answer) || !isFields(choice) || !isFields(message)) throw malformed('The vendor sent no completion.', usageOf(fieldsOf(answer)['usage']), requestedModel);
  const text = textOf(message['content']);
  const usage = usageOf(answer['usage']);
  const model = textOf(answer['model']) || requestedModel;
  const toolCalls = readToolCalls(message['tool_calls'], usage, model);
  const finishReason = finishOf({
    finishReason: choice['finish_reason'], refusal: textOf(message['refusal']), hasText: text !== '', hasToolCalls: toolCalls.length > 0, usage, model,
  });
  return { text, toolCalls, finishReason, model, usage, warnings };
}

/** How an answer ended, or the failure that it is. */
export function finishOf({ finishReason, refusal, hasText, hasToolCalls, usage, model }: AnswerEnd): FinishReason {
  if (refusal !== '' || finishReason === 'content_filter') throw new ProviderFailure('content_policy', 'The model refused to answer this request.', { usage, model });
  const known = typeof finishReason === 'string' ? FINISH_REASONS[finishReason] : undefined;
  if (known === undefined) throw malformed('The answer ended for a reason that is not known.', usage, model);
  if (!hasText && !hasToolCalls) {
    throw malformed(known === 'length' ? 'The limit on output tokens was reached before the first word of the answer.' : 'The answer is empty.', usage, model);
  }
  // A call that the request named itself ends with `stop`.
  return hasToolCalls && known === 'stop' ? 'tool_calls' : known;
}

function readToolCalls(value: unknown, usage: Usage, model: string): ToolCall[] {
  if (!Array.isArray(value)) return [];
  return value.map((call: unknown) => {
    const { id, function: called } = fieldsOf(call);
    const { name, arguments: text } = fieldsOf(called);
    if (typeof id !== 'string' || typeof name !== 'string' || typeof text !== 'string') throw malformed('The vendor sent a tool call without an id, name or arguments.', usage, model);
    return { id, name, arguments: text };
  });
}

export const malformed = (detail: string, usage: Usage, model: string): ProviderFailure => new ProviderFailure('malformed', detail, { usage, model });
