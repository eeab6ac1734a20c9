import { Ajv2020 } from 'ajv/dist/2020.js';
import type { Conversation } from '../../compose/reply.js';
import { readPictureSize, type PictureSize } from '../../media/picture-size.js';
import type { SimulatedRequest } from '../../simulator/vendor-simulator.js';
import { countTokens } from '../../tokens/token-counter.js';
import { invalid } from './huggingface.errors.js';

type Part = { readonly type: 'text'; readonly text: string } | { readonly type: 'image_url'; readonly image_url: { readonly url: string } };

interface Message {
  readonly role: string;
  readonly content?: string | readonly Part[] | null;
  readonly tool_calls?: readonly object[];
}

export interface ChatRequest {
  readonly model: string;
  readonly messages: readonly Message[];
  readonly max_tokens?: number | null;
  readonly max_completion_tokens?: number | null;
  readonly stop?: string | readonly string[] | null;
  readonly stream?: boolean | null;
  readonly stream_options?: { readonly include_usage?: boolean } | null;
  readonly response_format?: { readonly type: string; readonly json_schema?: { readonly schema?: object | null } } | null;
  readonly tools?: readonly { readonly function: { readonly name: string; readonly parameters?: object } }[] | null;
  readonly tool_choice?: 'auto' | 'none' | 'required' | { readonly function: { readonly name: string } } | null;
}

const text = { type: 'string' };
const nullable = (schema: object): object => ({ anyOf: [schema, { type: 'null' }] });
const withNumber = (minimum: number, maximum: number): object => nullable({ type: 'number', minimum, maximum });
const part = {
  type: 'object', required: ['type'],
  anyOf: [
    { properties: { type: { const: 'text' }, text }, required: ['text'] },
    { properties: { type: { const: 'image_url' }, image_url: { type: 'object', required: ['url'], properties: { url: text } } }, required: ['image_url'] },
  ],
};
const message = {
  type: 'object', required: ['role'],
  properties: { role: text, content: { anyOf: [text, { type: 'array', items: part }, { type: 'null' }] }, tool_calls: { type: 'array', items: { type: 'object' } } },
  anyOf: [{ required: ['content'] }, { required: ['tool_calls'] }],
};
const functionOf = (more: object): object => ({ type: 'object', required: ['name'], properties: { name: text, ...more } });

const tool = { type: 'object', required: ['type', 'function'], properties: { type: text, function: functionOf({ parameters: { type: 'object' } }) } };

/** After `ChatCompletionInput` of `@huggingface/tasks`; the router passes on names that it does not know. */
const isChat = new Ajv2020({ strict: false, logger: false }).compile<ChatRequest>({
  type: 'object', required: ['model', 'messages'],
  properties: {
    model: text, messages: { type: 'array', minItems: 1, items: message }, max_tokens: withNumber(1, 1_000_000), max_completion_tokens: withNumber(1, 1_000_000),
    temperature: withNumber(0, 2), top_p: withNumber(0, 1), seed: withNumber(0, Number.MAX_SAFE_INTEGER), frequency_penalty: withNumber(-2, 2), presence_penalty: withNumber(-2, 2),
    stop: nullable({ anyOf: [text, { type: 'array', items: text, maxItems: 4 }] }), stream: nullable({ type: 'boolean' }),
    stream_options: nullable({ type: 'object', properties: { include_usage: { type: 'boolean' } } }),
    response_format: nullable({ type: 'object', required: ['type'], properties: { type: { enum: ['text', 'json_object', 'json_schema'] } } }),
    tools: nullable({ type: 'array', items: tool }),
    tool_choice: nullable({ anyOf: [{ enum: ['auto', 'none', 'required'] }, { type: 'object', required: ['function'], properties: { function: functionOf({}) } }] }),
  },
});

/** @throws HuggingFaceRefusal 422 that names the place at fault. */
export function readChat(request: SimulatedRequest): ChatRequest {
  const body = request.json();
  if (isChat(body)) return body;
  const error = isChat.errors?.[0];
  const missing = error?.keyword === 'required' ? `.${String(error.params['missingProperty'])}` : '';
  throw invalid(`\`${`${error?.instancePath.replaceAll('/', '.') ?? ''}${missing}`.slice(1) || 'body'}\` ${missing === '' ? (error?.message ?? 'is not valid') : 'is missing'}`);
}

export function conversationOf(request: ChatRequest): Conversation {
  const { messages, tools, tool_choice: choice, response_format: format, stop } = request;
  const latest = messages.slice(messages.findLastIndex(({ role }) => role === 'assistant') + 1);
  const asked = latest.filter(({ role }) => role === 'user');
  return {
    instructions: textOf(messages.filter(({ role }) => role === 'system' || role === 'developer')),
    user: textOf(asked) || textOf(messages.filter(({ role }) => role === 'user')),
    pictures: asked.flatMap(picturesOf),
    toolResults: latest.filter(({ role }) => role === 'tool').map((result) => textOf([result])),
    tools: (tools ?? []).map(({ function: { name, parameters } }) => ({ name, parameters })),
    toolChoice: typeof choice === 'object' && choice !== null ? { name: choice.function.name } : (choice ?? 'auto'),
    schema: format?.type === 'json_schema' ? (format.json_schema?.schema ?? undefined) : undefined,
    isJson: format?.type === 'json_object',
    limit: request.max_tokens ?? request.max_completion_tokens ?? undefined,
    stop: typeof stop === 'string' ? [stop] : (stop ?? []),
  };
}

const TOKENS_AROUND_MESSAGE = 4;
const PICTURE_TOKENS = 576;

export function countPrompt({ messages, tools, response_format: format }: ChatRequest): number {
  const inJson = (value: object | null | undefined): number => (value ? countTokens(JSON.stringify(value)) : 0);
  const inMessage = (sent: Message): number => TOKENS_AROUND_MESSAGE + countTokens(textOf([sent])) + picturesOf(sent).length * PICTURE_TOKENS + inJson(sent.tool_calls);
  return messages.reduce((sum, sent) => sum + inMessage(sent), inJson(tools) + inJson(format?.json_schema));
}

const textOf = (messages: readonly Message[]): string =>
  messages.flatMap(({ content }) => (typeof content === 'string' ? [content] : (content ?? []).flatMap((piece) => (piece.type === 'text' ? [piece.text] : [])))).join('\n').trim();

function picturesOf({ content }: Message): (PictureSize | undefined)[] {
  if (typeof content === 'string' || !content) return [];
  return content.flatMap((piece) => (piece.type === 'image_url' ? [sizeOf(piece.image_url.url)] : []));
}

function sizeOf(url: string): PictureSize | undefined {
  if (/^https?:\/\//.test(url)) return undefined;
  const size = readPictureSize(Buffer.from(/^data:image\/[\w.+-]+;base64,(.+)$/s.exec(url)?.[1] ?? '', 'base64'));
  if (!size) throw invalid('cannot read the image of `image_url`');
  return size;
}
