import { FLAG_LIMIT, moderate } from '../../compose/moderation.js';
import type { SimulatorContext } from '../../simulator/vendor-simulator.js';
import type { ResponsesRequest } from './responses.request.js';
import type { TurnResult, TurnUsage } from './openai.turn.js';

type Status = 'completed' | 'incomplete' | 'in_progress' | 'queued' | 'cancelled';

export type OutputItem = Readonly<Record<string, unknown>> & { readonly id: string; readonly type: string };

export type WireResponse = Readonly<Record<string, unknown>> & { readonly id: string; readonly status: Status; readonly output: readonly OutputItem[] };

const ID_LENGTH = 48;

/** The response object before the model has begun. */
export function emptyResponse(request: ResponsesRequest, status: 'queued' | 'in_progress', context: SimulatorContext): WireResponse {
  const { text, tools, tool_choice: choice, reasoning } = request;
  return {
    id: `resp_${context.newToken(ID_LENGTH).toLowerCase()}`, object: 'response', created_at: Math.floor(context.now() / 1_000), status,
    background: request.background ?? false, error: null, incomplete_details: null, instructions: request.instructions ?? null,
    max_output_tokens: request.max_output_tokens ?? null, model: request.model, output: [], parallel_tool_calls: request.parallel_tool_calls ?? true,
    previous_response_id: request.previous_response_id ?? null, reasoning: { effort: reasoning?.effort ?? null, summary: null },
    service_tier: 'default', store: request.store ?? true, temperature: request.temperature ?? 1,
    text: { verbosity: 'medium', ...text, format: text?.format ?? { type: 'text' } },
    tool_choice: choice ?? 'auto', tools: (tools ?? []).map((tool) => ({ strict: true, ...tool })), top_p: request.top_p ?? 1,
    truncation: request.truncation ?? 'disabled', metadata: request.metadata ?? {},
    ...(request.user !== undefined && { user: request.user }), ...(request.safety_identifier && { safety_identifier: request.safety_identifier }),
    ...(request.prompt_cache_key && { prompt_cache_key: request.prompt_cache_key }),
  };
}

/** The response object with what the model wrote. */
export function finishedResponse(empty: WireResponse, item: OutputItem, result: TurnResult, extras: { now: number; inputText: string; request: ResponsesRequest }): WireResponse {
  const isCut = result.kind === 'text' && result.isCut;
  return {
    ...empty, status: isCut ? 'incomplete' : 'completed', output: [item], usage: usageOf(result.usage),
    ...(isCut ? { incomplete_details: { reason: 'max_output_tokens' } } : { completed_at: Math.floor(extras.now / 1_000) }),
    ...(extras.request.moderation && {
      moderation: { input: moderationOf(extras.inputText, extras.request.moderation.model), output: moderationOf(result.kind === 'calls' ? result.arguments : result.text, extras.request.moderation.model) },
    }),
  };
}

export function outputItem(result: TurnResult, context: SimulatorContext): OutputItem {
  const token = context.newToken(ID_LENGTH).toLowerCase();
  if (result.kind === 'calls') {
    return { id: `fc_${token}`, type: 'function_call', status: 'completed', call_id: `call_${context.newToken(24)}`, name: result.name, arguments: result.arguments };
  }
  const isCut = result.kind === 'text' && result.isCut;
  return { id: `msg_${token}`, type: 'message', status: isCut ? 'incomplete' : 'completed', role: 'assistant', content: [contentPart(result.kind, result.text)] };
}

export const contentPart = (kind: 'text' | 'refusal', text: string): object =>
  kind === 'refusal' ? { type: 'refusal', refusal: text } : { type: 'output_text', text, annotations: [], logprobs: [] };

const usageOf = ({ input, output }: TurnUsage): object => ({
  input_tokens: input, input_tokens_details: { cached_tokens: 0, cache_write_tokens: 0 },
  output_tokens: output, output_tokens_details: { reasoning_tokens: 0 }, total_tokens: input + output,
});

function moderationOf(text: string, model: string): object {
  const scores = moderate(text);
  const categories = Object.fromEntries(Object.entries(scores).map(([harm, score]) => [harm, score >= FLAG_LIMIT]));
  const types = Object.fromEntries(Object.keys(scores).map((harm) => [harm, ['text']]));
  return { type: 'moderation_result', model, flagged: Object.values(categories).includes(true), categories, category_scores: scores, category_applied_input_types: types };
}
