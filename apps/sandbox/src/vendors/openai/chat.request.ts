import { countTokens } from '../../tokens/token-counter.js';
import { check, compileCheck, requireObject } from './openai.checks.js';
import { refuse } from './openai.errors.js';
import { requireModel, takesMaxTokens } from './openai.models.js';
import type { FunctionTool, OutputFormat, Turn } from './openai.turn.js';
import { readPicture, type PromptPicture } from './openai.vision.js';

interface Part {
  readonly type: string;
  readonly text?: string;
  readonly refusal?: string;
  readonly image_url?: { readonly url: string; readonly detail?: string };
}

interface Message {
  readonly role: string;
  readonly content?: string | readonly Part[] | null;
  readonly name?: string;
  readonly tool_calls?: readonly unknown[] | null;
}

/** The body of `POST /v1/chat/completions`, as far as the simulator looks into it. */
export interface ChatRequest {
  readonly model: string;
  readonly messages: readonly Message[];
  readonly stream?: boolean | null;
  readonly stream_options?: { readonly include_usage?: boolean } | null;
  readonly n?: number | null;
  readonly max_tokens?: number | null;
  readonly max_completion_tokens?: number | null;
  readonly stop?: string | readonly string[] | null;
  readonly temperature?: number | null;
  readonly response_format?: { readonly type: string; readonly json_schema?: { readonly name: string; readonly schema?: Record<string, unknown>; readonly strict?: boolean | null } };
  readonly tools?: readonly { readonly type: string; readonly function?: FunctionTool }[];
  readonly tool_choice?: string | { readonly function?: { readonly name: string } };
}

const text = { type: 'string' };
const optional = (type: string, more: object = {}): object => ({ type: [type, 'null'], ...more });
const tagged = (type: string, properties: object, required: readonly string[] = []): object => ({
  type: 'object', properties: { type: { const: type }, ...properties }, required: ['type', ...required],
});
const PARTS = {
  type: 'object', discriminator: { propertyName: 'type' }, required: ['type'],
  oneOf: [
    tagged('text', { text }, ['text']),
    tagged('image_url', { image_url: { type: 'object', properties: { url: text, detail: { enum: ['auto', 'low', 'high', 'original'] } }, required: ['url'] } }, ['image_url']),
    tagged('input_audio', { input_audio: { type: 'object' } }, ['input_audio']),
    tagged('file', { file: { type: 'object' } }, ['file']),
    tagged('refusal', { refusal: text }, ['refusal']),
  ],
};
const MESSAGE = {
  type: 'object', required: ['role'],
  properties: {
    role: { enum: ['system', 'assistant', 'user', 'function', 'tool', 'developer'] },
    content: { type: ['string', 'array', 'null'], items: PARTS, minItems: 1 },
    name: text, tool_call_id: text, refusal: optional('string'), tool_calls: optional('array'), audio: optional('object'), function_call: optional('object'),
  },
  allOf: [
    { if: { properties: { role: { enum: ['system', 'user', 'developer'] } } }, then: { required: ['content'] } },
    { if: { properties: { role: { const: 'tool' } } }, then: { required: ['content', 'tool_call_id'] } },
  ],
};
const SCHEMA_FORMAT = { type: 'object', properties: { name: text, description: text, schema: { type: 'object' }, strict: optional('boolean') }, required: ['name'] };
const FUNCTION = { type: 'object', properties: { name: { ...text, pattern: '^[a-zA-Z0-9_-]+$' }, description: text, parameters: { type: 'object' }, strict: optional('boolean') }, required: ['name'] };
const validate = compileCheck({
  type: 'object', required: ['messages'], additionalProperties: false,
  properties: {
    model: text, messages: { type: 'array', minItems: 1, items: MESSAGE }, stream: optional('boolean'), stream_options: optional('object'), store: optional('boolean'),
    n: optional('integer', { minimum: 1, maximum: 128 }), max_tokens: optional('integer', { minimum: 1 }), max_completion_tokens: optional('integer', { minimum: 1 }),
    temperature: optional('number', { minimum: 0, maximum: 2 }), top_p: optional('number', { minimum: 0, maximum: 1 }),
    presence_penalty: optional('number', { minimum: -2, maximum: 2 }), frequency_penalty: optional('number', { minimum: -2, maximum: 2 }),
    stop: { type: ['string', 'array', 'null'], maxItems: 4, items: text }, seed: optional('integer'), user: text, metadata: optional('object'), logprobs: optional('boolean'),
    top_logprobs: optional('integer', { minimum: 0, maximum: 20 }), logit_bias: optional('object'), parallel_tool_calls: { type: 'boolean' }, service_tier: optional('string'),
    reasoning_effort: { enum: ['none', 'minimal', 'low', 'medium', 'high', 'xhigh', 'max', null] }, verbosity: { enum: ['low', 'medium', 'high', null] },
    response_format: { type: 'object', discriminator: { propertyName: 'type' }, required: ['type'], oneOf: [tagged('text', {}), tagged('json_object', {}), tagged('json_schema', { json_schema: SCHEMA_FORMAT }, ['json_schema'])] },
    tools: { type: 'array', maxItems: 128, items: { type: 'object', discriminator: { propertyName: 'type' }, required: ['type'], oneOf: [tagged('function', { function: FUNCTION }, ['function']), tagged('custom', { custom: { type: 'object' } }, ['custom'])] } },
    tool_choice: { type: ['string', 'object'] }, functions: { type: 'array' }, function_call: { type: ['string', 'object'] }, modalities: optional('array'), audio: optional('object'),
    prediction: optional('object'), web_search_options: { type: 'object' }, safety_identifier: optional('string'), prompt_cache_key: optional('string'),
    prompt_cache_retention: optional('string'), prompt_cache_options: { type: 'object' }, moderation: optional('object'),
  },
});
const CHOICES = ['none', 'auto', 'required'];

/** @throws OpenAiRefusal as the vendor refuses. */
export function readChatRequest(json: unknown, now: number): ChatRequest {
  const body = requireObject(json);
  if (body['model'] === undefined) throw refuse('you must provide a model parameter');
  check(validate, body);
  const request = body as unknown as ChatRequest;
  const model = requireModel(request.model, 'chat', 'v1/chat/completions', now);
  if (request.max_tokens && !takesMaxTokens(request.model)) {
    throw refuse("Unsupported parameter: 'max_tokens' is not supported with this model. Use 'max_completion_tokens' instead.", 'max_tokens', 'unsupported_parameter');
  }
  if (model.isFirstReasoning && (request.temperature ?? 1) !== 1) {
    throw refuse(`Unsupported value: 'temperature' does not support ${request.temperature} with this model. Only the default (1) value is supported.`, 'temperature', 'unsupported_value');
  }
  if (request.stream_options && !request.stream) throw refuse("The 'stream_options' parameter is only allowed when 'stream' is enabled.", 'stream_options');
  return request;
}

export function chatTurn(request: ChatRequest): Turn {
  const { messages, tool_choice: choice = 'auto', stop } = request;
  const pictures: PromptPicture[] = [];
  const read = messages.map(({ role, content, name, tool_calls: calls }) => ({ role, text: textOf(content, pictures), extra: `${name ?? ''}${calls ? JSON.stringify(calls) : ''}` }));
  const users = read.filter(({ role }) => role === 'user').map((message) => message.text);
  const results = read.filter(({ role }) => role === 'tool' || role === 'function').map((message) => message.text);
  const endsWithToolResult = ['tool', 'function'].includes(read.at(-1)?.role ?? '');
  const user = users.some((part) => part.includes('<document>')) ? users.join('\n\n') : (users.at(-1) ?? '');
  return {
    prompt: {
      instructions: read.filter(({ role }) => role === 'system' || role === 'developer').map((message) => message.text).join('\n'),
      user: endsWithToolResult ? `${user}\n<document>\n${results.join('\n')}\n</document>` : user,
    },
    pictures, endsWithToolResult,
    textTokens: read.reduce((sum, message) => sum + MESSAGE_TOKENS + countTokens(message.text) + countTokens(message.extra), ANSWER_TOKENS),
    format: formatOf(request), formatParam: 'response_format',
    tools: (request.tools ?? []).flatMap((tool) => tool.function ?? []),
    toolChoice: choiceOf(choice),
    tokenLimit: request.max_completion_tokens ?? request.max_tokens ?? undefined,
    stop: typeof stop === 'string' ? [stop] : (stop ?? []),
  };
}

/** Marks around each message, and before the answer (OpenAI cookbook, “How to count tokens with tiktoken”). */
const MESSAGE_TOKENS = 3;
const ANSWER_TOKENS = 3;

function textOf(content: Message['content'], pictures: PromptPicture[]): string {
  if (typeof content === 'string' || !content) return content ?? '';
  return content
    .flatMap(({ text: own, refusal, image_url: picture }) => {
      if (picture) pictures.push(readPicture(picture.url, picture.detail));
      return own ?? refusal ?? [];
    })
    .join('\n');
}

function formatOf({ response_format: format, messages }: ChatRequest): OutputFormat {
  if (format?.type === 'json_schema' && format.json_schema) return { type: 'json_schema', schema: {}, ...format.json_schema };
  if (format?.type !== 'json_object') return { type: 'text' };
  if (!/json/i.test(JSON.stringify(messages))) {
    throw refuse("'messages' must contain the word 'json' in some form, to use 'response_format' of type 'json_object'.", 'messages');
  }
  return { type: 'json_object' };
}

function choiceOf(choice: NonNullable<ChatRequest['tool_choice']>): Turn['toolChoice'] {
  if (typeof choice !== 'string') return choice.function ? { name: choice.function.name } : 'auto';
  if (!CHOICES.includes(choice)) throw refuse(`Invalid value: '${choice}'. Supported values are: 'none', 'auto', and 'required'.`, 'tool_choice', 'invalid_value');
  return choice as 'none' | 'auto' | 'required';
}
