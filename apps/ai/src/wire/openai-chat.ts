import type { ContentPart, GenerationRequest, JsonSchema, ModelMessage } from '../ports/language-model.port.js';

/**
 * OpenAI's Chat Completions on the wire, as far as vendors share it: what is sent. Types of our own, because three speak it: the adapters of OpenAI and of
 * Hugging Face, and our own endpoint. `openai-chat-answer.ts` reads what comes back.
 */
export type ChatWireToolCall = { id: string; type: 'function'; function: { name: string; arguments: string } };

export type ChatWirePart = { type: 'text'; text: string } | { type: 'image_url'; image_url: { url: string; detail?: 'low' | 'high' | 'auto' } };

export type ChatWireMessage =
  | { role: 'system'; content: string }
  | { role: 'user'; content: string | ChatWirePart[] }
  | { role: 'assistant'; content: string | null; tool_calls?: ChatWireToolCall[] }
  | { role: 'tool'; tool_call_id: string; content: string };

export type ChatWireResponseFormat = { type: 'json_object' } | { type: 'json_schema'; json_schema: { name: string; schema: Record<string, unknown>; strict: true } };

export type ChatWireTool = { type: 'function'; function: { name: string; description?: string; parameters: Record<string, unknown> } };

/** Without what vendors name differently: the limit on tokens, streaming. */
export interface ChatWireRequest {
  model: string;
  messages: ChatWireMessage[];
  temperature?: number;
  top_p?: number;
  stop?: string[];
  seed?: number;
  response_format?: ChatWireResponseFormat;
  tools?: ChatWireTool[];
  tool_choice?: 'auto' | 'none' | 'required' | { type: 'function'; function: { name: string } };
}

/** Most stop sequences that a request may have (OpenAI's `StopConfiguration`). */
const MAX_STOPS = 4;
const JSON_INSTRUCTION = 'Answer with one JSON object and nothing else.';

/** Big texts and pictures are handed over by reference, never copied. */
export function toChatWire(request: GenerationRequest): { body: ChatWireRequest; warnings: string[] } {
  const { model, temperature, topP, stop, seed, output, tools, toolChoice } = request;
  const messages = request.messages.map(toWireMessage);
  // The vendor refuses `json_object` unless some message speaks of JSON.
  if (request.json && !output && !messages.some(speaksOfJson)) messages.unshift({ role: 'system', content: JSON_INSTRUCTION });
  const body: ChatWireRequest = { model, messages };
  if (temperature !== undefined) body.temperature = temperature;
  if (topP !== undefined) body.top_p = topP;
  if (seed !== undefined) body.seed = seed;
  if (stop !== undefined && stop.length > 0) body.stop = stop.slice(0, MAX_STOPS);
  if (output) body.response_format = { type: 'json_schema', json_schema: { name: output.name, schema: asRecord(output.schema), strict: true } };
  else if (request.json) body.response_format = { type: 'json_object' };
  if (tools && tools.length > 0) {
    body.tools = tools.map(({ name, description, parameters }) => ({
      type: 'function', function: { name, ...(description !== undefined && { description }), parameters: asRecord(parameters) },
    }));
    if (toolChoice !== undefined) body.tool_choice = typeof toolChoice === 'string' ? toolChoice : { type: 'function', function: { name: toolChoice.name } };
  }
  const warnings = stop && stop.length > MAX_STOPS ? [`stop: only the first ${MAX_STOPS} of ${stop.length} sequences are used`] : [];
  return { body, warnings };
}

function toWireMessage(message: ModelMessage): ChatWireMessage {
  switch (message.role) {
    case 'system':
      return { role: 'system', content: message.content };
    case 'user':
      return { role: 'user', content: toWireContent(message.content) };
    case 'assistant':
      return toWireAnswer(message.content, message.toolCalls);
    case 'tool':
      return { role: 'tool', tool_call_id: message.toolCallId, content: message.content };
  }
}

/** A single text stays a string: models without eyes take nothing else. */
function toWireContent(parts: readonly ContentPart[]): string | ChatWirePart[] {
  const [only] = parts;
  return parts.length === 1 && only?.type === 'text' ? only.text : parts.map(toWirePart);
}

function toWirePart(part: ContentPart): ChatWirePart {
  if (part.type === 'text') return { type: 'text', text: part.text };
  const { source, detail } = part;
  const url = 'url' in source ? source.url : `data:${source.mediaType};base64,${source.base64}`;
  return { type: 'image_url', image_url: { url, ...(detail !== undefined && { detail }) } };
}

function toWireAnswer(content: string, toolCalls: Extract<ModelMessage, { role: 'assistant' }>['toolCalls']): ChatWireMessage {
  if (!toolCalls || toolCalls.length === 0) return { role: 'assistant', content };
  const calls = toolCalls.map(({ id, name, arguments: text }): ChatWireToolCall => ({ id, type: 'function', function: { name, arguments: text } }));
  return { role: 'assistant', content: content === '' ? null : content, tool_calls: calls };
}

function speaksOfJson({ content }: ChatWireMessage): boolean {
  if (typeof content === 'string') return /json/i.test(content);
  return content?.some((part) => part.type === 'text' && /json/i.test(part.text)) ?? false;
}

/** Clients' types want it writable; nobody writes to it. */
const asRecord = (schema: JsonSchema): Record<string, unknown> => schema;
