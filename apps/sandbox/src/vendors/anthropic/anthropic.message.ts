import { SchemaRefused } from '../../compose/compose-value.js';
import { FLAG_LIMIT, type Harm } from '../../compose/moderation.js';
import { harmOf, reply, type Conversation, type ReplyEnd } from '../../compose/reply.js';
import { readPictureSize, type PictureSize } from '../../media/picture-size.js';
import type { SimulatorContext } from '../../simulator/vendor-simulator.js';
import { countTokens } from '../../tokens/token-counter.js';
import { refuse } from './anthropic.errors.js';
import { requireModel } from './anthropic.models.js';
import { blocksOf, textOf, type Block, type CountRequest, type CreateRequest, type ImageBlock, type ToolResultBlock } from './anthropic.request.js';

export type AnswerBlock =
  | { readonly type: 'text'; readonly text: string; readonly citations: null }
  | { readonly type: 'tool_use'; readonly id: string; readonly name: string; readonly input: object; readonly caller: { readonly type: 'direct' } };

export interface WireUsage {
  readonly input_tokens: number;
  readonly output_tokens: number;
  readonly cache_creation_input_tokens: number;
  readonly cache_read_input_tokens: number;
  readonly [name: string]: unknown;
}

export interface WireAnswer {
  readonly id: string;
  readonly type: 'message';
  readonly role: 'assistant';
  readonly model: string;
  readonly content: readonly AnswerBlock[];
  readonly stop_reason: string | null;
  readonly stop_sequence: string | null;
  readonly usage: WireUsage;
  readonly [name: string]: unknown;
}

/** What the models refuse for real is far more; these suffice to try what a refusal leads to. */
const REFUSED: readonly Harm[] = ['illicit/violent', 'sexual/minors', 'self-harm/instructions', 'hate/threatening'];
const REFUSAL_TOKENS = 4;
const TOKENS_AROUND_MESSAGE = 4;
const TOKENS_FOR_TOOLS = 340;
/** Tokens of a picture: width × height ÷ 750, at most 1,600 or so after the vendor has made it smaller. */
const PIXELS_PER_TOKEN = 750;
const MOST_PICTURE_TOKENS = 1_600;
const LONGEST_SIDE_PIXELS = 8_000;

/** Answers a checked request. @throws AnthropicRefusal for an unknown model, a prompt that is too long, a schema that nothing fits. */
export function answer(request: CreateRequest, context: SimulatorContext): WireAnswer {
  const inputTokens = countInput(request, context.now());
  const conversation = conversationOf(request);
  if (isRefused(conversation)) return message(request, context, { content: [], end: { reason: 'refusal' }, inputTokens, outputTokens: REFUSAL_TOKENS });
  try {
    const { text, call, end, outputTokens } = reply(conversation);
    const content: AnswerBlock[] = call
      ? [{ type: 'tool_use', id: `toolu_01${context.newToken(22)}`, name: call.name, input: call.input, caller: { type: 'direct' } }]
      : [{ type: 'text', text, citations: null }];
    return message(request, context, { content, end: call ? { reason: 'tool_use' } : endOf(end), inputTokens, outputTokens });
  } catch (error) {
    if (error instanceof SchemaRefused) throw refuse(`output_config.format.schema: ${error.message}`);
    throw error;
  }
}

/** An answer without content, as a model may give. */
export const emptyAnswer = (request: CreateRequest, context: SimulatorContext): WireAnswer =>
  message(request, context, { content: [], end: { reason: 'end_turn' }, inputTokens: countInput(request, context.now()), outputTokens: 1 });

/** Tokens of the prompt. @throws AnthropicRefusal for an unknown model, or a prompt that does not fit it. */
export function countInput(request: CountRequest, now: number): number {
  const { context } = requireModel(request.model, now);
  const blocks = [...systemBlocks(request), ...request.messages.flatMap(({ content }) => blocksOf(content))];
  const tools = request.tools && request.tools.length > 0 ? TOKENS_FOR_TOOLS + countTokens(JSON.stringify(request.tools)) : 0;
  const schema = request.output_config?.format ? countTokens(JSON.stringify(request.output_config.format.schema)) : 0;
  const tokens = blocks.reduce((sum, block) => sum + blockTokens(block), tools + schema + TOKENS_AROUND_MESSAGE * (request.messages.length + 1));
  if (tokens > context) throw refuse(`prompt is too long: ${tokens} tokens > ${context} maximum`);
  return tokens;
}

function blockTokens(block: Block): number {
  switch (block.type) {
    case 'text':
      return countTokens(block.text);
    case 'thinking':
      return countTokens(block.thinking);
    case 'image':
      return pictureTokens(sizeOf(block));
    case 'tool_use':
      return countTokens(block.name) + countTokens(JSON.stringify(block.input));
    case 'tool_result':
      return blocksOf(block.content).reduce((sum, inner) => sum + blockTokens(inner), 0);
  }
}

function pictureTokens(size: PictureSize | undefined): number {
  return size ? Math.min(MOST_PICTURE_TOKENS, Math.ceil((size.width * size.height) / PIXELS_PER_TOKEN)) : MOST_PICTURE_TOKENS;
}

function sizeOf({ source }: ImageBlock): PictureSize | undefined {
  if (source.type !== 'base64') return undefined;
  const size = readPictureSize(Buffer.from(source.data, 'base64'));
  if (!size) throw refuse('messages.0.content.0.image.source.base64: Could not process image');
  if (Math.max(size.width, size.height) > LONGEST_SIDE_PIXELS) {
    throw refuse(`messages.0.content.0.image.source.base64: At least one of the image dimensions exceed max allowed size: ${LONGEST_SIDE_PIXELS} pixels`);
  }
  return size;
}

const systemBlocks = ({ system }: CountRequest): readonly Block[] => blocksOf(system);

function conversationOf(request: CreateRequest): Conversation {
  const { messages, tools, tool_choice: choice, max_tokens: limit, stop_sequences: stop = [], output_config: output } = request;
  const start = messages.findLastIndex(({ role }) => role === 'assistant') + 1;
  const blocks = messages.slice(start).filter(({ role }) => role === 'user').flatMap(({ content }) => blocksOf(content));
  const instructions = [textOf(systemBlocks(request)), ...messages.filter(({ role }) => role === 'system').map(({ content }) => textOf(blocksOf(content)))].join('\n').trim();
  const question = textOf(blocks) || textOf(messages.filter(({ role }) => role === 'user').flatMap(({ content }) => blocksOf(content)));
  return {
    instructions, user: question, limit, stop, schema: output?.format?.schema, isJson: /\bJSON\b/.test(instructions),
    pictures: blocks.filter((block): block is ImageBlock => block.type === 'image').map(sizeOf),
    toolResults: blocks.filter((block): block is ToolResultBlock => block.type === 'tool_result').map(({ content }) => textOf(blocksOf(content))),
    tools: (tools ?? []).map(({ name, input_schema: parameters }) => ({ name, parameters })),
    toolChoice: choice === undefined ? 'auto' : choice.type === 'tool' ? { name: choice.name ?? '' } : choice.type === 'any' ? 'required' : choice.type,
  };
}

function isRefused(conversation: Conversation): boolean {
  const scores = harmOf(conversation);
  return REFUSED.some((harm) => scores[harm] > FLAG_LIMIT);
}

interface End {
  readonly reason: string;
  readonly sequence?: string;
}

function endOf(end: ReplyEnd): End {
  if (end.by === 'stop') return { reason: 'stop_sequence', sequence: end.sequence };
  return { reason: end.by === 'limit' ? 'max_tokens' : 'end_turn' };
}

interface Made {
  readonly content: readonly AnswerBlock[];
  readonly end: End;
  readonly inputTokens: number;
  readonly outputTokens: number;
}

function message({ model }: CreateRequest, context: SimulatorContext, { content, end, inputTokens, outputTokens }: Made): WireAnswer {
  return {
    id: `msg_01${context.newToken(22)}`, type: 'message', role: 'assistant', model, content, stop_reason: end.reason, stop_sequence: end.sequence ?? null,
    stop_details: end.reason === 'refusal' ? { type: 'refusal', category: null, explanation: null } : null, container: null,
    usage: {
      input_tokens: inputTokens, output_tokens: outputTokens, cache_creation_input_tokens: 0, cache_read_input_tokens: 0,
      cache_creation: { ephemeral_5m_input_tokens: 0, ephemeral_1h_input_tokens: 0 }, output_tokens_details: null, inference_geo: null, server_tool_use: null,
      service_tier: 'standard', speed: 'standard',
    },
  };
}
