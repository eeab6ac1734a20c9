import { countTokens } from '../../tokens/token-counter.js';
import { check, compileCheck, requireObject } from './openai.checks.js';
import { refuse } from './openai.errors.js';
import { requireModel } from './openai.models.js';
import type { FunctionTool, OutputFormat, Turn } from './openai.turn.js';
import { readPicture, type PromptPicture } from './openai.vision.js';

interface Part {
  readonly type: string;
  readonly text?: string;
  readonly refusal?: string;
  readonly image_url?: string | null;
  readonly detail?: string | null;
}

export interface InputItem {
  readonly type?: string;
  readonly role?: string;
  readonly content?: string | readonly Part[] | null;
  readonly name?: string;
  readonly arguments?: string;
  readonly output?: unknown;
}

/** The body of `POST /v1/responses`, as far as the simulator looks into it. */
export interface ResponsesRequest {
  readonly model: string;
  readonly input: string | readonly InputItem[];
  readonly instructions?: string | null;
  readonly stream?: boolean | null;
  readonly store?: boolean | null;
  readonly background?: boolean | null;
  readonly previous_response_id?: string | null;
  readonly max_output_tokens?: number | null;
  readonly temperature?: number | null;
  readonly top_p?: number | null;
  readonly text?: { readonly format?: { readonly type: string; readonly name?: string; readonly schema?: Record<string, unknown>; readonly strict?: boolean | null }; readonly verbosity?: string | null };
  readonly tools?: readonly (FunctionTool & { readonly type: string })[] | null;
  readonly tool_choice?: string | { readonly type: string; readonly name?: string };
  readonly reasoning?: { readonly effort?: string | null } | null;
  readonly metadata?: Readonly<Record<string, string>> | null;
  readonly moderation?: { readonly model: string } | null;
  readonly parallel_tool_calls?: boolean | null;
  readonly truncation?: string | null;
  readonly user?: string;
  readonly safety_identifier?: string | null;
  readonly prompt_cache_key?: string | null;
}

const text = { type: 'string' };
const optional = (type: string, more: object = {}): object => ({ type: [type, 'null'], ...more });
const tagged = (type: string, properties: object, required: readonly string[] = []): object => ({
  type: 'object', properties: { type: { const: type }, ...properties }, required: ['type', ...required],
});
const PART = {
  type: 'object', discriminator: { propertyName: 'type' }, required: ['type'],
  oneOf: [
    tagged('input_text', { text }, ['text']),
    tagged('input_image', { image_url: optional('string'), file_id: optional('string'), detail: { enum: ['auto', 'low', 'high', 'original', null] } }),
    tagged('output_text', { text }, ['text']), tagged('refusal', { refusal: text }, ['refusal']), tagged('input_file', {}), tagged('input_audio', {}),
    tagged('summary_text', {}), tagged('tether_browsing_display', {}), tagged('computer_screenshot', {}), tagged('scoped_content', {}), tagged('text', { text }),
  ],
};
const ITEM = {
  type: 'object',
  properties: { type: text, role: { enum: ['assistant', 'system', 'developer', 'user'] }, content: { type: ['string', 'array', 'null'], items: PART } },
  if: { properties: { type: { const: 'message' } } }, then: { required: ['role', 'content'] },
};
const FORMAT = {
  type: 'object', discriminator: { propertyName: 'type' }, required: ['type'],
  oneOf: [tagged('text', {}), tagged('json_object', {}), tagged('json_schema', { name: text, schema: { type: 'object' }, strict: optional('boolean'), description: text }, ['name', 'schema'])],
};
const ANYTHING = Object.fromEntries(
  ['include', 'conversation', 'context_management', 'prompt', 'prompt_cache_options', 'prompt_cache_retention', 'service_tier', 'stream_options', 'top_logprobs', 'max_tool_calls', 'prompt_cache_key'].map((name) => [name, {}]),
);
const validate = compileCheck({
  type: 'object', required: ['model', 'input'], additionalProperties: false,
  properties: {
    model: text, input: { type: ['string', 'array'], items: ITEM }, instructions: optional('string'), stream: optional('boolean'), store: optional('boolean'), background: optional('boolean'),
    previous_response_id: optional('string'), max_output_tokens: optional('integer', { minimum: 16 }), temperature: optional('number', { minimum: 0, maximum: 2 }),
    top_p: optional('number', { minimum: 0, maximum: 1 }), text: { type: 'object', properties: { format: FORMAT, verbosity: { enum: ['low', 'medium', 'high', null] } } },
    tools: optional('array', { items: { type: 'object', properties: { type: text, name: text, parameters: optional('object') }, required: ['type'] } }), tool_choice: { type: ['string', 'object'] },
    reasoning: optional('object', { properties: { effort: { enum: ['none', 'minimal', 'low', 'medium', 'high', 'xhigh', 'max', null] } } }), metadata: optional('object', { additionalProperties: text, maxProperties: 16 }),
    moderation: optional('object', { properties: { model: text }, required: ['model'] }), parallel_tool_calls: optional('boolean'), truncation: { enum: ['auto', 'disabled', null] }, user: text,
    safety_identifier: optional('string', { maxLength: 64 }), ...ANYTHING,
  },
});
const CHOICES = ['none', 'auto', 'required'];
/** Marks around each item, and before the answer. */
const ITEM_TOKENS = 3;

/** @throws OpenAiRefusal as the vendor refuses. */
export function readResponsesRequest(json: unknown, now: number): ResponsesRequest {
  const body = requireObject(json);
  check(validate, body);
  const request = body as unknown as ResponsesRequest;
  const model = requireModel(request.model, 'chat', 'v1/responses', now);
  if (model.isFirstReasoning && (request.temperature ?? 1) !== 1) {
    throw refuse("Unsupported parameter: 'temperature' is not supported with this model.", 'temperature', 'unsupported_parameter');
  }
  const nameless = (request.tools ?? []).findIndex(({ type, name }) => type === 'function' && !name);
  if (nameless >= 0) throw refuse(`Missing required parameter: 'tools[${nameless}].name'.`, `tools[${nameless}].name`, 'missing_required_parameter');
  if (request.background && request.store === false) throw refuse("Background mode requires 'store' to be true.", 'background', 'invalid_value');
  return request;
}

/** Items of a request; a plain text is a message of the user. */
export const inputItems = ({ input }: ResponsesRequest): readonly InputItem[] => (typeof input === 'string' ? [{ role: 'user', content: input }] : input);

/** `earlier` are the items of the responses that this one goes on from. */
export function responsesTurn(request: ResponsesRequest, earlier: readonly InputItem[]): Turn {
  const pictures: PromptPicture[] = [];
  const items = [...earlier, ...inputItems(request)];
  const read = items.map((item) => ({ kind: item.role ?? item.type ?? '', text: textOf(item, pictures) }));
  const users = read.filter(({ kind }) => kind === 'user').map((item) => item.text);
  const results = read.filter(({ kind }) => kind === 'function_call_output').map((item) => item.text);
  const endsWithToolResult = read.at(-1)?.kind === 'function_call_output';
  const user = users.some((part) => part.includes('<document>')) ? users.join('\n\n') : (users.at(-1) ?? '');
  const system = read.filter(({ kind }) => kind === 'system' || kind === 'developer').map((item) => item.text);
  return {
    prompt: { instructions: [request.instructions ?? '', ...system].join('\n'), user: endsWithToolResult ? `${user}\n<document>\n${results.join('\n')}\n</document>` : user },
    pictures, endsWithToolResult,
    textTokens: read.reduce((sum, item) => sum + ITEM_TOKENS + countTokens(item.text), ITEM_TOKENS + countTokens(request.instructions ?? '')),
    format: formatOf(request, users), formatParam: 'text.format',
    tools: (request.tools ?? []).filter(({ type }) => type === 'function'),
    toolChoice: choiceOf(request.tool_choice ?? 'auto'),
    tokenLimit: request.max_output_tokens ?? undefined,
    stop: [],
  };
}

function textOf(item: InputItem, pictures: PromptPicture[]): string {
  if (item.type === 'function_call') return `${item.name ?? ''} ${item.arguments ?? ''}`;
  if (item.type === 'function_call_output') return typeof item.output === 'string' ? item.output : JSON.stringify(item.output ?? '');
  if (typeof item.content === 'string' || !item.content) return item.content ?? '';
  return item.content
    .flatMap(({ type, text: own, refusal, image_url: url, detail }) => {
      if (type === 'input_image' && url) pictures.push(readPicture(url, detail));
      return own ?? refusal ?? [];
    })
    .join('\n');
}

function formatOf({ text: { format } = {}, instructions }: ResponsesRequest, users: readonly string[]): OutputFormat {
  if (format?.type === 'json_schema') return { type: 'json_schema', name: format.name ?? '', schema: format.schema ?? {}, strict: format.strict };
  if (format?.type !== 'json_object') return { type: 'text' };
  if (!/json/i.test(`${users.join(' ')} ${instructions ?? ''}`)) {
    throw refuse("Response input messages must contain the word 'json' in some form to use 'text.format' of type 'json_object'.", 'input');
  }
  return { type: 'json_object' };
}

function choiceOf(choice: NonNullable<ResponsesRequest['tool_choice']>): Turn['toolChoice'] {
  if (typeof choice !== 'string') return choice.type === 'function' && choice.name ? { name: choice.name } : 'auto';
  if (!CHOICES.includes(choice)) throw refuse(`Invalid value: '${choice}'. Supported values are: 'none', 'auto', and 'required'.`, 'tool_choice', 'invalid_value');
  return choice as 'none' | 'auto' | 'required';
}
