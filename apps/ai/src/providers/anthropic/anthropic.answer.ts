import type { Usage } from '@tecnocursos/contracts';
import { ProviderFailure } from '@tecnocursos/provider-kit';
import { z } from 'zod';
import type { FinishReason, Generation, GenerationPart, ToolCall } from '../../ports/language-model.port.js';

const count = z.int().nonnegative().nullish();
const UsageSchema = z.looseObject({ input_tokens: count, output_tokens: count, cache_read_input_tokens: count, cache_creation_input_tokens: count });
type WireUsage = z.infer<typeof UsageSchema>;

const BlockSchema = z.looseObject({ type: z.string(), text: z.string().optional(), id: z.string().optional(), name: z.string().optional(), input: z.unknown().optional() });
const MessageSchema = z.looseObject({ model: z.string(), content: z.array(BlockSchema), stop_reason: z.string().nullable(), usage: UsageSchema });

const DeltaSchema = z.looseObject({ type: z.string(), text: z.string().optional(), partial_json: z.string().optional() });
const EventSchema = z.discriminatedUnion('type', [
  z.looseObject({ type: z.literal('message_start'), message: z.looseObject({ model: z.string(), usage: UsageSchema }) }),
  z.looseObject({ type: z.literal('content_block_start'), index: z.int(), content_block: BlockSchema }),
  z.looseObject({ type: z.literal('content_block_delta'), index: z.int(), delta: DeltaSchema }),
  z.looseObject({ type: z.literal('content_block_stop'), index: z.int() }),
  z.looseObject({ type: z.literal('message_delta'), delta: z.looseObject({ stop_reason: z.string().nullish() }), usage: UsageSchema }),
  z.looseObject({ type: z.literal('message_stop') }),
]);

/** `pause_turn` and a full context end an answer before its own end, as a limit on tokens does. */
const FINISH_REASONS: Readonly<Record<string, FinishReason>> = {
  end_turn: 'stop', stop_sequence: 'stop', max_tokens: 'length', pause_turn: 'length', model_context_window_exceeded: 'length', tool_use: 'tool_calls',
};

/** The vendor's `input_tokens` are already without those of the cache. */
export function usageOf(wire: WireUsage): Usage {
  return {
    input_tokens: wire.input_tokens ?? 0,
    ...(wire.cache_read_input_tokens ? { cached_input_tokens: wire.cache_read_input_tokens } : {}),
    ...(wire.cache_creation_input_tokens ? { cache_write_tokens: wire.cache_creation_input_tokens } : {}),
    output_tokens: wire.output_tokens ?? 0,
  };
}

/** A whole `Message`. Throws `content_policy` for a refusal, `malformed` for an answer without content or of another shape. */
export function toGeneration(wire: unknown, warnings: readonly string[], vendorRequestId?: string): Generation {
  const parsed = MessageSchema.safeParse(wire);
  if (!parsed.success) throw new ProviderFailure('malformed', 'Anthropic’s answer is no message.', { cause: parsed.error });
  const { model, content, stop_reason: stopReason } = parsed.data;
  const usage = usageOf(parsed.data.usage);
  const text = content.map((block) => (block.type === 'text' ? (block.text ?? '') : '')).join('');
  const toolCalls = content.flatMap((block): ToolCall[] =>
    block.type === 'tool_use' && block.id !== undefined && block.name !== undefined ? [{ id: block.id, name: block.name, arguments: JSON.stringify(block.input ?? {}) }] : []);
  const finishReason = finish(stopReason, { empty: text === '' && toolCalls.length === 0, usage, model });
  return { text, toolCalls, finishReason, model, usage, warnings, ...(vendorRequestId !== undefined && { vendorRequestId }) };
}

interface Outcome {
  readonly empty: boolean;
  readonly usage: Usage;
  readonly model: string;
}

function finish(stopReason: string | null | undefined, { empty, usage, model }: Outcome): FinishReason {
  const billed = { usage, model, vendorCode: stopReason ?? 'none' };
  if (stopReason === 'refusal') throw new ProviderFailure('content_policy', 'The model refused to answer this request.', billed);
  const finishReason = FINISH_REASONS[stopReason ?? ''];
  if (!finishReason) throw new ProviderFailure('malformed', 'The answer ended for a reason that is not known.', billed);
  if (empty) throw new ProviderFailure('malformed', 'The model answered nothing.', billed);
  return finishReason;
}

/** Turns the events of one stream into parts. Keeps what is known of the usage, for streams that break. */
export class MessageStreamReader {
  private model = '';
  private wireUsage: WireUsage = {};
  private stopReason: string | null | undefined;
  private empty = true;
  private ended = false;
  /** The vendor numbers blocks, the house numbers calls. */
  private readonly callOfBlock = new Map<number, { readonly call: number; hasArguments: boolean }>();

  constructor(private readonly warnings: readonly string[]) {}

  /** What has been billed so far, once the stream has begun. */
  get billed(): { usage?: Usage; model?: string } {
    return this.model === '' ? {} : { usage: usageOf(this.wireUsage), model: this.model };
  }

  read(raw: unknown): GenerationPart | undefined {
    const parsed = EventSchema.safeParse(raw);
    if (!parsed.success) {
      if (isIgnored(raw)) return undefined;
      throw new ProviderFailure('malformed', 'Anthropic sent a stream event of a shape that is not known.', { ...this.billed, cause: parsed.error });
    }
    const event = parsed.data;
    switch (event.type) {
      case 'message_start':
        this.model = event.message.model;
        this.wireUsage = event.message.usage;
        return undefined;
      case 'content_block_start':
        return this.start(event.index, event.content_block);
      case 'content_block_delta':
        return this.piece(event.index, event.delta);
      case 'content_block_stop':
        return this.stop(event.index);
      case 'message_delta':
        this.stopReason = event.delta.stop_reason;
        this.wireUsage = { ...this.wireUsage, ...withoutNulls(event.usage) };
        return undefined;
      case 'message_stop':
        this.ended = true;
        return undefined;
    }
  }

  /** The last part. Throws when the stream broke off or holds nothing. */
  finish(): GenerationPart {
    if (!this.ended) throw new ProviderFailure('unavailable', 'The stream broke off before its end.', this.billed);
    const usage = usageOf(this.wireUsage);
    const finishReason = finish(this.stopReason, { empty: this.empty, usage, model: this.model });
    return { type: 'finish', finishReason, model: this.model, usage, warnings: this.warnings };
  }

  private start(index: number, block: z.infer<typeof BlockSchema>): GenerationPart | undefined {
    if (block.type === 'text' && block.text) return this.text(block.text);
    if (block.type !== 'tool_use' || block.id === undefined || block.name === undefined) return undefined;
    const call = this.callOfBlock.size;
    this.callOfBlock.set(index, { call, hasArguments: false });
    this.empty = false;
    return { type: 'tool_call', index: call, id: block.id, name: block.name, arguments: '' };
  }

  private piece(index: number, delta: z.infer<typeof DeltaSchema>): GenerationPart | undefined {
    if (delta.type === 'text_delta' && delta.text) return this.text(delta.text);
    const block = this.callOfBlock.get(index);
    if (delta.type !== 'input_json_delta' || !delta.partial_json || !block) return undefined;
    block.hasArguments = true;
    return { type: 'tool_call', index: block.call, arguments: delta.partial_json };
  }

  /** A tool without parameters is called with no text at all. */
  private stop(index: number): GenerationPart | undefined {
    const block = this.callOfBlock.get(index);
    return block && !block.hasArguments ? { type: 'tool_call', index: block.call, arguments: '{}' } : undefined;
  }

  private text(text: string): GenerationPart {
    this.empty = false;
    return { type: 'text', text };
  }
}

/** Events and blocks that later versions add are passed over, as the vendor asks of clients. */
function isIgnored(raw: unknown): boolean {
  if (typeof raw !== 'object' || raw === null || !('type' in raw) || typeof raw.type !== 'string') return false;
  return !EventSchema.options.some(({ shape }) => shape.type.value === raw.type);
}

const withoutNulls = (usage: WireUsage): WireUsage => Object.fromEntries(Object.entries(usage).filter(([, value]) => value !== null && value !== undefined));
