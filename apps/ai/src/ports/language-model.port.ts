import type { Usage } from '@tecnocursos/contracts';

export type JsonSchema = Readonly<Record<string, unknown>>;

export type ContentPart =
  | { readonly type: 'text'; readonly text: string }
  /** Base64 without line breaks, or an https address that the vendor fetches. */
  | { readonly type: 'image'; readonly source: { readonly mediaType: string; readonly base64: string } | { readonly url: string }; readonly detail?: 'low' | 'high' | 'auto' };

export interface ToolCall {
  readonly id: string;
  readonly name: string;
  /** JSON text, as the model wrote it: not validated. */
  readonly arguments: string;
}

export type ModelMessage =
  | { readonly role: 'system'; readonly content: string }
  | { readonly role: 'user'; readonly content: readonly ContentPart[] }
  | { readonly role: 'assistant'; readonly content: string; readonly toolCalls?: readonly ToolCall[] }
  | { readonly role: 'tool'; readonly toolCallId: string; readonly content: string };

export interface ToolDefinition {
  readonly name: string;
  readonly description?: string;
  readonly parameters: JsonSchema;
}

export interface GenerationRequest {
  /** The vendor's name of the model. */
  readonly model: string;
  /** In order, at least one that is no `system` message. Vendors with a place of their own for instructions get all `system` messages joined there. */
  readonly messages: readonly ModelMessage[];
  readonly maxOutputTokens?: number;
  /** 0 to 2. A vendor without it says so in `warnings`. */
  readonly temperature?: number;
  readonly topP?: number;
  readonly stop?: readonly string[];
  readonly seed?: number;
  /** Structured output: a JSON Schema whose objects are closed and whose properties are all required, as the strictest vendor wants it. */
  readonly output?: { readonly name: string; readonly schema: JsonSchema };
  /** JSON without a schema. */
  readonly json?: true;
  readonly tools?: readonly ToolDefinition[];
  readonly toolChoice?: 'auto' | 'none' | 'required' | { readonly name: string };
}

export type FinishReason = 'stop' | 'length' | 'tool_calls' | 'content_filter';

export interface Generation {
  /** Empty when the model only calls tools. */
  readonly text: string;
  readonly toolCalls: readonly ToolCall[];
  readonly finishReason: FinishReason;
  /** The model that answered, as the vendor names it. */
  readonly model: string;
  /** Tokens as the vendor bills them: `input_tokens` without the cached ones, which are `cached_input_tokens`; `output_tokens` with those of reasoning. */
  readonly usage: Usage;
  /** What the vendor could not honour, in words. */
  readonly warnings: readonly string[];
  readonly vendorRequestId?: string;
}

export type GenerationPart =
  | { readonly type: 'text'; readonly text: string }
  /** A piece of a tool call: `id` and `name` come with its first piece. */
  | { readonly type: 'tool_call'; readonly index: number; readonly id?: string; readonly name?: string; readonly arguments: string }
  /** Always the last part, once. */
  | { readonly type: 'finish'; readonly finishReason: FinishReason; readonly model: string; readonly usage: Usage; readonly warnings: readonly string[] };

export interface ModelCallOptions {
  /** Aborting it ends the vendor's request. */
  readonly signal: AbortSignal;
}

/**
 * A vendor's language model. One HTTP request for each call: retries, time limits and fallback are around it, not in it. Rejects with `ProviderFailure`, or with
 * an error of the vendor's client, which the definition's `toFailure` translates. A refusal for its content is a `content_policy` failure; an answer without
 * text and tool calls is `malformed`.
 */
export interface LanguageModel {
  generate(request: GenerationRequest, options: ModelCallOptions): Promise<Generation>;
  /** The request is sent when the first part is asked for. Leaving the loop early ends it. */
  stream(request: GenerationRequest, options: ModelCallOptions): AsyncIterable<GenerationPart>;
}
