import type Anthropic from '@anthropic-ai/sdk';
import { transformJSONSchema } from '@anthropic-ai/sdk/lib/transform-json-schema';
import { ProviderFailure } from '@tecnocursos/provider-kit';
import type { ContentPart, GenerationRequest, JsonSchema, ModelMessage, ToolCall } from '../../ports/language-model.port.js';
import { plainCallId } from '../../wire/tool-call-id.js';

export const EFFORTS = ['low', 'medium', 'high', 'xhigh', 'max'] as const;
export type Effort = (typeof EFFORTS)[number];

export interface AnthropicRequest {
  readonly body: Anthropic.MessageCreateParamsNonStreaming;
  readonly warnings: readonly string[];
}

type Role = 'user' | 'assistant';
type ImageMediaType = Anthropic.Base64ImageSource['media_type'];

/** The vendor requires a limit; what its larger models still answer without streaming within ten minutes. */
export const DEFAULT_MAX_TOKENS = 8_192;
const IMAGE_TYPES: readonly string[] = ['image/jpeg', 'image/png', 'image/gif', 'image/webp'] satisfies ImageMediaType[];
const JSON_INSTRUCTION = 'Answer with one JSON object and nothing else: no Markdown fence, no words before or after it.';

/** House request → Messages API, version 2026-10-21. Throws `ProviderFailure` `unsupported` for what this vendor cannot take. */
export function toMessagesRequest(request: GenerationRequest, effort?: Effort): AnthropicRequest {
  const system = [...systemTexts(request.messages), ...(request.json && !request.output ? [JSON_INSTRUCTION] : [])];
  const choice = toolChoiceOf(request);
  const outputConfig = {
    ...(effort && { effort }),
    ...(request.output && { format: { type: 'json_schema' as const, schema: outputSchema(request.output.schema) } }),
  };
  return {
    body: {
      model: request.model,
      max_tokens: request.maxOutputTokens ?? DEFAULT_MAX_TOKENS,
      messages: turnsOf(request.messages),
      ...(system.length > 0 && { system: system.join('\n\n') }),
      ...(request.stop && request.stop.length > 0 && { stop_sequences: [...request.stop] }),
      ...(Object.keys(outputConfig).length > 0 && { output_config: outputConfig }),
      ...(request.tools && request.tools.length > 0 && { tools: request.tools.map(toTool) }),
      ...(choice && { tool_choice: choice }),
    },
    warnings: warningsOf(request),
  };
}

function warningsOf(request: GenerationRequest): string[] {
  const images = request.messages.flatMap((message) => (message.role === 'user' ? message.content : [])).filter((part) => part.type === 'image');
  return [
    ...(request.temperature === undefined ? [] : ['temperature: Anthropic no longer takes it; the model’s own sampling was used']),
    ...(request.topP === undefined ? [] : ['top_p: Anthropic no longer takes it; the model’s own sampling was used']),
    ...(request.seed === undefined ? [] : ['seed: Anthropic has none; the answer cannot be repeated']),
    ...(request.json && !request.output ? ['json: Anthropic has no JSON mode without a schema; the model was asked for JSON in words'] : []),
    ...(images.some(({ detail }) => detail === 'low' || detail === 'high') ? ['detail: Anthropic scales pictures itself'] : []),
  ];
}

const systemTexts = (messages: readonly ModelMessage[]): string[] => messages.flatMap((message) => (message.role === 'system' ? [message.content] : []));

/** Neighbours of the same role become one turn: results of several tools must stand together in the turn after the calls. */
function turnsOf(messages: readonly ModelMessage[]): Anthropic.MessageParam[] {
  const turns: { role: Role; content: Anthropic.ContentBlockParam[] }[] = [];
  for (const message of messages) {
    if (message.role === 'system') continue;
    const role: Role = message.role === 'assistant' ? 'assistant' : 'user';
    const content = blocksOf(message);
    const last = turns.at(-1);
    if (last?.role === role) last.content.push(...content);
    else if (content.length > 0) turns.push({ role, content });
  }
  return turns;
}

function blocksOf(message: Exclude<ModelMessage, { role: 'system' }>): Anthropic.ContentBlockParam[] {
  switch (message.role) {
    case 'user':
      return message.content.map(toBlock);
    case 'assistant':
      // An empty text block is refused.
      return [...(message.content === '' ? [] : [{ type: 'text' as const, text: message.content }]), ...(message.toolCalls ?? []).map(toToolUse)];
    case 'tool':
      return [{ type: 'tool_result', tool_use_id: plainCallId(message.toolCallId), content: message.content }];
  }
}

function toBlock(part: ContentPart): Anthropic.TextBlockParam | Anthropic.ImageBlockParam {
  if (part.type === 'text') return { type: 'text', text: part.text };
  const { source } = part;
  if ('url' in source) return { type: 'image', source: { type: 'url', url: source.url } };
  if (!isImageType(source.mediaType)) {
    throw new ProviderFailure('unsupported', `Anthropic takes no ${source.mediaType} pictures; send JPEG, PNG, GIF or WebP.`, { field: 'messages' });
  }
  return { type: 'image', source: { type: 'base64', media_type: source.mediaType, data: source.base64 } };
}

const isImageType = (mediaType: string): mediaType is ImageMediaType => IMAGE_TYPES.includes(mediaType);

function toToolUse(call: ToolCall): Anthropic.ToolUseBlockParam {
  return { type: 'tool_use', id: plainCallId(call.id), name: call.name, input: argumentsOf(call) };
}

function argumentsOf(call: ToolCall): unknown {
  try {
    const value: unknown = JSON.parse(call.arguments === '' ? '{}' : call.arguments);
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value;
  } catch {
    // told below, with every other text that is no object
  }
  throw new ProviderFailure('unsupported', `The arguments of the call of ${call.name} are not a JSON object, which Anthropic needs.`, { field: 'messages' });
}

function toTool({ name, description, parameters }: NonNullable<GenerationRequest['tools']>[number]): Anthropic.Tool {
  return { name, ...(description !== undefined && { description }), input_schema: { ...parameters, type: 'object' } };
}

function toolChoiceOf({ tools, toolChoice }: GenerationRequest): Anthropic.ToolChoice | undefined {
  if (!tools || tools.length === 0 || toolChoice === undefined) return undefined;
  if (typeof toolChoice === 'object') return { type: 'tool', name: toolChoice.name };
  return { type: ({ auto: 'auto', none: 'none', required: 'any' } as const)[toolChoice] };
}

/** The vendor takes a part of JSON Schema; its own helper moves the rest, such as bounds of numbers, into descriptions. */
function outputSchema(schema: JsonSchema): Record<string, unknown> {
  try {
    return transformJSONSchema(schema) as Record<string, unknown>;
  } catch (cause) {
    throw new ProviderFailure('unsupported', 'Anthropic cannot take this output schema: every part of it must have a type.', { field: 'output.schema', cause });
  }
}
