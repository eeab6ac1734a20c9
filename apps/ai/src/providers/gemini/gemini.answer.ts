import type { Usage } from '@tecnocursos/contracts';
import { ProviderFailure, type FailureKind } from '@tecnocursos/provider-kit';
import { z } from 'zod';
import type { FinishReason, Generation, GenerationPart, ToolCall } from '../../ports/language-model.port.js';
import { houseCallId } from './gemini.tool-call-id.js';

const count = z.int().nonnegative().nullish();
const UsageSchema = z.looseObject({
  promptTokenCount: count, cachedContentTokenCount: count, toolUsePromptTokenCount: count, candidatesTokenCount: count, thoughtsTokenCount: count,
});
const PartSchema = z.looseObject({
  text: z.string().nullish(),
  thought: z.boolean().nullish(),
  thoughtSignature: z.string().nullish(),
  functionCall: z.looseObject({ id: z.string().nullish(), name: z.string(), args: z.record(z.string(), z.unknown()).nullish() }).nullish(),
});
const ResponseSchema = z.looseObject({
  candidates: z.array(z.looseObject({ content: z.looseObject({ parts: z.array(PartSchema).nullish() }).nullish(), finishReason: z.string().nullish() })).nullish(),
  promptFeedback: z.looseObject({ blockReason: z.string().nullish() }).nullish(),
  usageMetadata: UsageSchema.nullish(),
  modelVersion: z.string().nullish(),
  responseId: z.string().nullish(),
});
type WireResponse = z.infer<typeof ResponseSchema>;

const BLOCKED_BY_CONTENT: ReadonlySet<string> = new Set([
  'SAFETY', 'RECITATION', 'BLOCKLIST', 'PROHIBITED_CONTENT', 'SPII', 'IMAGE_SAFETY', 'IMAGE_PROHIBITED_CONTENT', 'IMAGE_RECITATION',
]);
const UNSPECIFIED = 'BLOCK_REASON_UNSPECIFIED';

/** `promptTokenCount` counts cached tokens too, `candidatesTokenCount` no thoughts. */
function usageOf(wire: z.infer<typeof UsageSchema> | null | undefined): Usage {
  const cached = wire?.cachedContentTokenCount ?? 0;
  return {
    input_tokens: Math.max(0, (wire?.promptTokenCount ?? 0) - cached) + (wire?.toolUsePromptTokenCount ?? 0),
    ...(cached > 0 && { cached_input_tokens: cached }),
    output_tokens: (wire?.candidatesTokenCount ?? 0) + (wire?.thoughtsTokenCount ?? 0),
  };
}

/** Reads the one response of `generateContent`, or the many of its stream: each holds a piece of the answer, the last one the usage and the reason of its end. */
export class GeminiAnswerReader {
  private model: string;
  private responseId: string | undefined;
  private usage: Usage | undefined;
  private finishReason: string | undefined;
  private blockReason: string | undefined;
  private text = '';
  private readonly toolCalls: ToolCall[] = [];

  constructor(
    requestedModel: string,
    private readonly warnings: readonly string[],
  ) {
    this.model = requestedModel;
  }

  /** What has been billed so far. */
  get billed(): { usage?: Usage; model: string } {
    return { ...(this.usage && { usage: this.usage }), model: this.model };
  }

  read(raw: unknown): GenerationPart[] {
    const parsed = ResponseSchema.safeParse(raw);
    if (!parsed.success) throw new ProviderFailure('malformed', 'Gemini’s answer has a shape that is not known.', { ...this.billed, cause: parsed.error });
    this.remember(parsed.data);
    return (parsed.data.candidates?.[0]?.content?.parts ?? []).flatMap((part) => this.partOf(part));
  }

  /** The last part. Throws `content_policy` for what was blocked, `malformed` for an answer without content, `unavailable` for a stream that broke off. */
  finish(): Extract<GenerationPart, { type: 'finish' }> {
    this.throwIfBlocked();
    if (this.finishReason === undefined && (this.text !== '' || this.toolCalls.length > 0)) throw this.failure('unavailable', 'The answer broke off before its end.');
    if (this.finishReason !== 'STOP' && this.finishReason !== 'MAX_TOKENS' && this.finishReason !== undefined) {
      throw this.failure('malformed', 'The answer ended for a reason that makes it of no use.');
    }
    if (this.text === '' && this.toolCalls.length === 0) throw this.failure('malformed', 'The model answered nothing.');
    const finishReason: FinishReason = this.finishReason === 'MAX_TOKENS' ? 'length' : this.toolCalls.length > 0 ? 'tool_calls' : 'stop';
    return { type: 'finish', finishReason, model: this.model, usage: this.usage ?? usageOf(undefined), warnings: this.warnings };
  }

  generation(): Generation {
    const { finishReason, model, usage, warnings } = this.finish();
    return { text: this.text, toolCalls: this.toolCalls, finishReason, model, usage, warnings, ...(this.responseId !== undefined && { vendorRequestId: this.responseId }) };
  }

  private remember({ modelVersion, responseId, usageMetadata, promptFeedback, candidates }: WireResponse): void {
    if (modelVersion) this.model = modelVersion;
    this.responseId = responseId ?? this.responseId;
    if (usageMetadata) this.usage = usageOf(usageMetadata);
    this.blockReason = promptFeedback?.blockReason ?? this.blockReason;
    this.finishReason = candidates?.[0]?.finishReason ?? this.finishReason;
  }

  private partOf({ text, thought, thoughtSignature, functionCall }: z.infer<typeof PartSchema>): GenerationPart[] {
    if (functionCall) {
      const index = this.toolCalls.length;
      const own = { ...(functionCall.id ? { id: functionCall.id } : {}), ...(thoughtSignature ? { thoughtSignature } : {}) };
      const call = { id: houseCallId(own, `${this.responseId ?? 'answer'}-${index}`), name: functionCall.name, arguments: JSON.stringify(functionCall.args ?? {}) };
      this.toolCalls.push(call);
      return [{ type: 'tool_call', index, ...call }];
    }
    if (!text || thought) return [];
    this.text += text;
    return [{ type: 'text', text }];
  }

  private throwIfBlocked(): void {
    if (this.blockReason !== undefined && this.blockReason !== UNSPECIFIED) throw this.failure('content_policy', 'Gemini blocked the request for its content.', this.blockReason);
    if (BLOCKED_BY_CONTENT.has(this.finishReason ?? '')) throw this.failure('content_policy', 'Gemini blocked the answer for its content.');
    if (this.finishReason === 'LANGUAGE') throw this.failure('unsupported', 'Gemini does not speak the language of this request.');
  }

  private failure(kind: FailureKind, detail: string, vendorCode = this.finishReason): ProviderFailure {
    const { billed, responseId } = this;
    return new ProviderFailure(kind, detail, { ...billed, ...(vendorCode !== undefined && { vendorCode }), ...(responseId !== undefined && { vendorRequestId: responseId }) });
  }
}
