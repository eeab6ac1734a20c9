import { ChatRequestSchema, type ChatMessage, type ChatRequest } from '@tecnocursos/contracts';
import type { ContentPart, GenerationRequest, ModelMessage, ToolDefinition } from '../ports/language-model.port.js';
import { estimatedTokens } from '../operations/usage.js';

/** A client's request as the port's, without the model, which depends on who answers. Texts and pictures are handed over by reference. */
export type GenerationBase = Omit<GenerationRequest, 'model'>;

const NO_PARAMETERS = { type: 'object', properties: {}, additionalProperties: false } as const;
const DATA_URL = 'data:';

export function toGeneration(request: ChatRequest): GenerationBase {
  const { temperature, top_p: topP, stop, seed, response_format: format, tools, tool_choice: choice } = request;
  const maxOutputTokens = request.max_completion_tokens ?? request.max_tokens;
  const base: { -readonly [Key in keyof GenerationBase]: GenerationBase[Key] } = { messages: request.messages.map(toMessage) };
  if (maxOutputTokens !== undefined) base.maxOutputTokens = maxOutputTokens;
  if (typeof temperature === 'number') base.temperature = temperature;
  if (typeof topP === 'number') base.topP = topP;
  if (stop !== undefined && stop !== null) base.stop = typeof stop === 'string' ? [stop] : stop;
  if (typeof seed === 'number') base.seed = seed;
  if (format?.type === 'json_schema') base.output = { name: format.json_schema.name, schema: format.json_schema.schema };
  else if (format?.type === 'json_object') base.json = true;
  if (tools !== undefined && tools.length > 0) base.tools = tools.map(toTool);
  if (choice !== undefined) base.toolChoice = typeof choice === 'string' ? choice : { name: choice.function.name };
  return base;
}

function toMessage(message: ChatMessage): ModelMessage {
  switch (message.role) {
    case 'system':
    case 'developer':
      return { role: 'system', content: textOf(message.content) };
    case 'user':
      return { role: 'user', content: typeof message.content === 'string' ? [{ type: 'text', text: message.content }] : message.content.map(toPart) };
    case 'assistant':
      return {
        role: 'assistant', content: textOf(message.content ?? ''),
        ...(message.tool_calls && { toolCalls: message.tool_calls.map(({ id, function: called }) => ({ id, name: called.name, arguments: called.arguments })) }),
      };
    case 'tool':
      return { role: 'tool', toolCallId: message.tool_call_id, content: textOf(message.content) };
  }
}

type Text = string | readonly { readonly text: string }[];
const textOf = (content: Text): string => (typeof content === 'string' ? content : content.map(({ text }) => text).join('\n'));

type WirePart = Exclude<Extract<ChatMessage, { role: 'user' }>['content'], string>[number];

function toPart(part: WirePart): ContentPart {
  if (part.type === 'text') return part;
  const { url, detail } = part.image_url;
  return { type: 'image', source: url.startsWith(DATA_URL) ? fromDataUrl(url) : { url }, ...(detail !== undefined && { detail }) };
}

function fromDataUrl(url: string): { mediaType: string; base64: string } {
  const comma = url.indexOf(',');
  return { mediaType: url.slice(DATA_URL.length, url.indexOf(';')), base64: url.slice(comma + 1) };
}

function toTool({ function: { name, description, parameters } }: NonNullable<ChatRequest['tools']>[number]): ToolDefinition {
  return { name, parameters: parameters ?? NO_PARAMETERS, ...(description !== undefined && { description }) };
}

const USUAL_OUTPUT_TOKENS = 4_096;

/** The most that an answer may use, rather more than less. */
export function estimateOf({ messages, tools, maxOutputTokens }: GenerationBase): { input_tokens: number; output_tokens: number } {
  let bytes = tools ? JSON.stringify(tools).length : 0;
  let images = 0;
  for (const { content } of messages) {
    if (typeof content === 'string') bytes += Buffer.byteLength(content);
    else {
      for (const part of content) {
        if (part.type === 'text') bytes += Buffer.byteLength(part.text);
        else images += 1;
      }
    }
  }
  return { input_tokens: estimatedTokens(bytes, images), output_tokens: maxOutputTokens ?? USUAL_OUTPUT_TOKENS };
}

const KNOWN_FIELDS: ReadonlySet<string> = new Set(Object.keys(ChatRequestSchema.shape));

/** Fields of a request that have no effect here. */
export function ignoredFields(request: Readonly<Record<string, unknown>>): string[] {
  const warnings: string[] = [];
  for (const name in request) if (!KNOWN_FIELDS.has(name)) warnings.push(`${name.slice(0, 80)}: is not known here and has no effect`);
  if (request['user'] !== undefined) warnings.push('user: is not passed on to vendors');
  return warnings;
}
