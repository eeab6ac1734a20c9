import { z } from 'zod';
import { PROVIDER_ERRORS } from './ai.contract.js';
import { ServedBySchema } from './common.js';
import { ModelTierSchema, RoutingSchema } from './routing.contract.js';
import { defineRpc, defineStream } from './rpc.js';

/** OpenAI's Chat Completions as far as vendors share it. Unknown fields are ignored and named in `warnings`, so that clients of any age work. */
const TextPartSchema = z.object({ type: z.literal('text'), text: z.string() });
const ImagePartSchema = z.object({
  type: z.literal('image_url'),
  image_url: z.object({ url: z.string().max(14_000_000).regex(/^(https:\/\/|data:image\/(png|jpeg|webp|gif);base64,)/, 'Use an https address or a data: URL of a PNG, JPEG, WebP or GIF.'), detail: z.enum(['auto', 'low', 'high']).optional() }),
});
const textContent = z.union([z.string(), z.array(TextPartSchema).min(1)]);

export const ChatToolCallSchema = z.object({ id: z.string(), type: z.literal('function'), function: z.object({ name: z.string(), arguments: z.string() }) });

export const ChatMessageSchema = z.discriminatedUnion('role', [
  z.object({ role: z.enum(['system', 'developer']), content: textContent }),
  z.object({ role: z.literal('user'), content: z.union([z.string(), z.array(z.discriminatedUnion('type', [TextPartSchema, ImagePartSchema])).min(1)]) }),
  z.object({ role: z.literal('assistant'), content: textContent.nullish(), tool_calls: z.array(ChatToolCallSchema).optional() }),
  z.object({ role: z.literal('tool'), tool_call_id: z.string(), content: textContent }),
]);
export type ChatMessage = z.infer<typeof ChatMessageSchema>;

const jsonSchema = z.record(z.string(), z.unknown());

export const ChatRequestSchema = z.looseObject({
  model: z.string().min(1).max(160).meta({ description: 'a tier (`economy`, `standard`, `premium`), a vendor’s model (`gpt-6-luna`) or `vendor/model`' }),
  messages: z.array(ChatMessageSchema).min(1).max(500),
  max_completion_tokens: z.int().min(1).max(200_000).optional(),
  max_tokens: z.int().min(1).max(200_000).optional().meta({ description: 'the older name of `max_completion_tokens`' }),
  temperature: z.number().min(0).max(2).nullish(),
  top_p: z.number().min(0).max(1).nullish(),
  stop: z.union([z.string(), z.array(z.string()).max(4)]).nullish(),
  seed: z.int().nullish(),
  response_format: z
    .discriminatedUnion('type', [
      z.object({ type: z.literal('text') }),
      z.object({ type: z.literal('json_object') }),
      z.object({ type: z.literal('json_schema'), json_schema: z.object({ name: z.string().min(1).max(64), schema: jsonSchema, strict: z.boolean().nullish(), description: z.string().optional() }) }),
    ])
    .optional(),
  tools: z.array(z.object({ type: z.literal('function'), function: z.object({ name: z.string().min(1).max(64), description: z.string().optional(), parameters: jsonSchema.optional(), strict: z.boolean().nullish() }) })).max(128).optional(),
  tool_choice: z.union([z.enum(['none', 'auto', 'required']), z.object({ type: z.literal('function'), function: z.object({ name: z.string() }) })]).optional(),
  n: z.literal(1).optional(),
  user: z.string().max(256).optional(),
  stream: z.boolean().nullish(),
  stream_options: z.object({ include_usage: z.boolean().optional() }).nullish(),
  tecnocursos: RoutingSchema.optional().meta({ description: 'house extension: routing' }),
});
export type ChatRequest = z.infer<typeof ChatRequestSchema>;

export const ChatUsageSchema = z.object({
  prompt_tokens: z.int().nonnegative(),
  completion_tokens: z.int().nonnegative(),
  total_tokens: z.int().nonnegative(),
  prompt_tokens_details: z.object({ cached_tokens: z.int().nonnegative() }),
});

const FinishReasonSchema = z.enum(['stop', 'length', 'tool_calls', 'content_filter']);
const extension = z.object({ served_by: ServedBySchema, warnings: z.array(z.string()) });

export const ChatCompletionSchema = z.object({
  id: z.string(),
  object: z.literal('chat.completion'),
  created: z.int(),
  model: z.string(),
  choices: z.array(z.object({
    index: z.int(),
    message: z.object({ role: z.literal('assistant'), content: z.string().nullable(), refusal: z.null(), tool_calls: z.array(ChatToolCallSchema).optional() }),
    logprobs: z.null(),
    finish_reason: FinishReasonSchema,
  })),
  usage: ChatUsageSchema,
  tecnocursos: extension,
});
export type ChatCompletion = z.infer<typeof ChatCompletionSchema>;

export const ChatChunkSchema = z.object({
  id: z.string(),
  object: z.literal('chat.completion.chunk'),
  created: z.int(),
  model: z.string(),
  choices: z.array(z.object({
    index: z.int(),
    delta: z.object({
      role: z.literal('assistant').optional(),
      content: z.string().optional(),
      tool_calls: z.array(z.object({ index: z.int(), id: z.string().optional(), type: z.literal('function').optional(), function: z.object({ name: z.string().optional(), arguments: z.string().optional() }) })).optional(),
    }),
    logprobs: z.null(),
    finish_reason: FinishReasonSchema.nullable(),
  })),
  usage: ChatUsageSchema.nullish(),
  tecnocursos: extension.optional(),
});
export type ChatChunk = z.infer<typeof ChatChunkSchema>;

export const completeChat = defineRpc('ai.chat.complete.v1', {
  summary: 'One answer of a language model',
  request: ChatRequestSchema,
  reply: ChatCompletionSchema,
  timeoutMs: 120_000,
  errors: PROVIDER_ERRORS,
});

export const streamChat = defineStream('ai.chat.stream.v1', {
  summary: 'An answer of a language model, as it is written; errors come before the first part, or end the stream',
  request: ChatRequestSchema,
  part: ChatChunkSchema,
  timeoutMs: 600_000,
  errors: PROVIDER_ERRORS,
});

export const ChatModelSchema = z.object({
  id: z.string(),
  object: z.literal('model'),
  created: z.int(),
  owned_by: z.string(),
  tecnocursos: z.object({ provider: z.string(), mode: z.enum(['live', 'sandbox', 'local']), tiers: z.array(ModelTierSchema), shutdown_date: z.string().optional() }).optional(),
});

export const listChatModels = defineRpc('ai.model.list.v1', {
  summary: 'Models and tiers that `ai.chat.complete.v1` takes',
  request: z.strictObject({}),
  reply: z.object({ object: z.literal('list'), data: z.array(ChatModelSchema) }),
});
