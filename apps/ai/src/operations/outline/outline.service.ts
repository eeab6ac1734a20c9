import { Inject, Injectable } from '@nestjs/common';
import { AppError, type Document, type Outline, type Routing } from '@tecnocursos/contracts';
import { hashOf, ProviderFailure, type AttemptResult, type Served } from '@tecnocursos/provider-kit';
import type { AiCaller } from '../../ai-caller.js';
import { AI_CONFIG, type AiConfig } from '../../ai.config.js';
import type { AiProvider } from '../../ports/ai-provider.port.js';
import { hasText } from '../../providers/local/document/sections.js';
import { divideDocument, type DocumentChunk } from '../chunks.js';
import { OperationRunner } from '../operation-runner.js';
import { inParts, type PartOf, type PartResult } from '../parts.js';
import { mergeOutlines, shifted } from './outline.merge.js';
import { outlinePrompt, OutlineDraftSchema, type OutlineDraft, type OutlineWish } from './outline.prompt.js';
import { senseOutline } from './outline.sense.js';

/** Tokens of the outline for each token of the text, about, and for its frame. */
const ANSWER_SHARE = 0.15;
const ANSWER_FRAME = 1_500;
const BYTES_PER_TOKEN = 4;

/** Divides a document into lessons. */
@Injectable()
export class OutlineService {
  constructor(
    private readonly runner: OperationRunner,
    @Inject(AI_CONFIG) private readonly config: AiConfig,
  ) {}

  /** @throws AppError `document_has_no_text`. */
  async create(document: Document, wish: OutlineWish, routing: Routing | undefined, caller: AiCaller): Promise<Served<Outline>> {
    if (!hasText(document.blocks)) throw new AppError('document_has_no_text', 'The document has no text that could be narrated. Add text, or captions to its pictures.');
    const served = await inParts({
      chunks: await divideDocument(document, this.config.chunkTokens), caller,
      attempt: (part, limited) => this.outlineOf(document, part, wish, routing, limited),
      merge: mergeOutlines,
    });
    return wish.title === undefined || wish.title.trim() === '' ? served : { ...served, value: { ...served.value, title: wish.title.trim() } };
  }

  private outlineOf(document: Document, part: PartOf<DocumentChunk>, wish: OutlineWish, routing: Routing | undefined, caller: AiCaller): Promise<Served<PartResult<Outline>>> {
    const { instructions, text } = outlinePrompt(document, part.chunk, wish);
    return this.runner.run<OutlineDraft, PartResult<Outline>>({
      operation: 'structure-content', caller, routing, part: part.number, cache: { whole: hashOf(document.blocks), part: [part.number, part.count], wish },
      task: {
        name: 'course_outline', schema: OutlineDraftSchema, instructions, content: [{ type: 'text', text }],
        answerTokens: Math.ceil(ANSWER_FRAME + (Buffer.byteLength(text) / BYTES_PER_TOKEN) * ANSWER_SHARE),
        sense: (draft, findings) => ({ value: senseOutline(document, part.chunk, draft, findings), isWhole: false }),
      },
      hasEngine: (port) => port.author !== undefined,
      engine: (port, signal) => authorOutline(port, document, part, wish, signal),
    });
  }
}

/** An engine has no limit of length: asked for the first part, it does the whole. */
function authorOutline({ author }: AiProvider, document: Document, { chunk, number }: PartOf<DocumentChunk>, wish: OutlineWish, signal: AbortSignal): Promise<AttemptResult<PartResult<Outline>>> | undefined {
  if (!author) return undefined;
  const isWhole = number === 1;
  const { language, lessonMinutes, title, audience } = wish;
  const warnings = audience === undefined ? [] : ['The local engine writes for no particular audience: `audience` had no effect.'];
  const blocks = isWhole ? document.blocks : document.blocks.slice(chunk.first, chunk.end);
  return author.outline({ ...document, blocks }, { language, lessonMinutes, signal, ...(title !== undefined && { title }) })
    .then((outline) => ({ value: { value: shifted(outline, isWhole ? 0 : chunk.first), isWhole }, usage: {}, model: null, warnings }), asFailure);
}

/** A part without text is nothing that this engine can do; a language model may. */
function asFailure(error: unknown): never {
  if (error instanceof AppError && error.code === 'document_has_no_text') throw new ProviderFailure('unsupported', error.detail, { cause: error });
  throw error;
}
