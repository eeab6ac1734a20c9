import type { Usage } from '@tecnocursos/contracts';
import { ProviderFailure } from '@tecnocursos/provider-kit';
import type { GenerationPart } from '../ports/language-model.port.js';
import { fieldsOf, finishOf, isFields, malformed, textOf, usageOf } from './openai-chat-answer.js';
import { abortFailure } from './abort-failure.js';

/** Reads the chunks of one streamed completion; the finish comes last, although usage comes after the finish reason. */
export class ChatChunkReader {
  private usage: Usage = {};
  private model: string;
  private finishReason: unknown;
  private refusal = '';
  private hasText = false;
  private readonly openCalls = new Set<number>();

  constructor(
    requestedModel: string,
    private readonly warnings: readonly string[],
  ) {
    this.model = requestedModel;
  }

  /** The parts of a chunk: mostly one. */
  read(chunk: unknown): GenerationPart[] {
    if (!isFields(chunk)) throw malformed('The vendor sent a chunk that is no object.', this.usage, this.model);
    this.model = textOf(chunk['model']) || this.model;
    if (isFields(chunk['usage'])) this.usage = usageOf(chunk['usage']);
    const choice: unknown = Array.isArray(chunk['choices']) ? chunk['choices'][0] : undefined;
    if (!isFields(choice)) return [];
    this.finishReason = choice['finish_reason'] ?? this.finishReason;
    const delta = fieldsOf(choice['delta']);
    this.refusal += textOf(delta['refusal']);
    const parts: GenerationPart[] = [];
    const text = textOf(delta['content']);
    if (text !== '') parts.push({ type: 'text', text });
    if (Array.isArray(delta['tool_calls'])) for (const piece of delta['tool_calls']) parts.push(this.readPiece(piece));
    this.hasText ||= text !== '';
    return parts;
  }

  /** The last part. @throws ProviderFailure when the stream broke off, or held a refusal or nothing. */
  finish(): GenerationPart {
    const { finishReason, refusal, hasText, usage, model, warnings } = this;
    const hasToolCalls = this.openCalls.size > 0;
    if (finishReason === undefined && refusal === '') {
      if (hasText || hasToolCalls) throw new ProviderFailure('unavailable', 'The stream broke off before its end.', { usage, model });
      throw malformed('The stream is empty.', usage, model);
    }
    return { type: 'finish', finishReason: finishOf({ finishReason, refusal, hasText, hasToolCalls, usage, model }), model, usage, warnings };
  }

  /** `id` and `name` are told once, whatever the vendor repeats. */
  private readPiece(piece: unknown): GenerationPart {
    const { index, id, function: called } = fieldsOf(piece);
    const { name, arguments: text } = fieldsOf(called);
    const place = typeof index === 'number' && Number.isInteger(index) && index >= 0 ? index : 0;
    if (this.openCalls.has(place)) return { type: 'tool_call', index: place, arguments: textOf(text) };
    if (typeof id !== 'string' || typeof name !== 'string') throw malformed('The vendor sent a tool call without an id or name.', this.usage, this.model);
    this.openCalls.add(place);
    return { type: 'tool_call', index: place, id, name, arguments: textOf(text) };
  }
}

/** Parts of a streamed completion. Clients end an aborted stream in silence; here that is a failure. */
export async function* readChunks(chunks: AsyncIterable<unknown>, reader: ChatChunkReader, signal: AbortSignal): AsyncGenerator<GenerationPart> {
  for await (const chunk of chunks) {
    for (const part of reader.read(chunk)) yield part;
  }
  if (signal.aborted) throw abortFailure(signal);
  yield reader.finish();
}

/** As `readChunks`, of chunks that come several together: texts that arrived at once leave as one part. */
export async function* readBatches(batches: AsyncIterable<readonly unknown[]>, reader: ChatChunkReader, signal: AbortSignal): AsyncGenerator<GenerationPart> {
  for await (const batch of batches) yield* joined(batch.flatMap((chunk) => reader.read(chunk)));
  if (signal.aborted) throw abortFailure(signal);
  yield reader.finish();
}

function joined(parts: readonly GenerationPart[]): GenerationPart[] {
  const result: GenerationPart[] = [];
  for (const part of parts) {
    const last = result.at(-1);
    if (part.type === 'text' && last?.type === 'text') result[result.length - 1] = { type: 'text', text: last.text + part.text };
    else result.push(part);
  }
  return result;
}
