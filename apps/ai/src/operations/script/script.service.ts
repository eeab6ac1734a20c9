import { Inject, Injectable } from '@nestjs/common';
import type { Document, Routing, Slide } from '@tecnocursos/contracts';
import { hashOf, type AttemptResult, type Served } from '@tecnocursos/provider-kit';
import type { AiCaller } from '../../ai-caller.js';
import { AI_CONFIG, type AiConfig } from '../../ai.config.js';
import type { AiProvider } from '../../ports/ai-provider.port.js';
import { divideDocument, type DocumentChunk } from '../chunks.js';
import { PictureDescriber } from '../describe-image/picture-describer.js';
import { assertInside } from '../lesson-range.js';
import { OperationRunner } from '../operation-runner.js';
import { inParts, type PartOf, type PartResult } from '../parts.js';
import { scriptPrompt, ScriptDraftSchema, type ScriptDraft, type ScriptWish } from './script.prompt.js';
import { lengthWarnings, mergeScripts, senseScript } from './script.sense.js';

const ANSWER_FRAME = 2_000;
/** Slides repeat the text once on the slide and once in the narration, with markup; three bytes are about a token. */
const TOKENS_PER_BYTE = 0.6;
const MOST_ANSWER_TOKENS = 16_000;

/** Writes the slides of a lesson. */
@Injectable()
export class ScriptService {
  constructor(
    private readonly runner: OperationRunner,
    private readonly pictures: PictureDescriber,
    @Inject(AI_CONFIG) private readonly config: AiConfig,
  ) {}

  /** @throws AppError `invalid_request` when the lesson lies outside the document. */
  async write(given: Document, wish: ScriptWish, routing: Routing | undefined, caller: AiCaller): Promise<Served<Slide[]>> {
    assertInside(given, wish.lesson);
    const { document, warnings } = await this.pictures.described(given, wish.lesson, wish.language, caller);
    const { first_block: first, end_block: end } = wish.lesson;
    const served = await inParts({
      chunks: await divideDocument(document, this.config.chunkTokens, first, end), caller,
      attempt: (part, limited) => this.scriptOf(document, part, wish, routing, limited),
      merge: mergeScripts,
    });
    const ownLength = served.model === null ? [] : lengthWarnings(served.value, wish.targetMinutes);
    return { ...served, warnings: [...warnings, ...served.warnings, ...ownLength] };
  }

  private scriptOf(document: Document, part: PartOf<DocumentChunk>, wish: ScriptWish, routing: Routing | undefined, caller: AiCaller): Promise<Served<PartResult<Slide[]>>> {
    const { instructions, text } = scriptPrompt(part, wish);
    return this.runner.run<ScriptDraft, PartResult<Slide[]>>({
      operation: 'generate-script', caller, routing, part: part.number, cache: { whole: hashOf(document.blocks), part: [part.number, part.count], wish },
      task: {
        name: 'lesson_script', hasMarkup: true, schema: ScriptDraftSchema, instructions, content: [{ type: 'text', text }],
        answerTokens: Math.min(MOST_ANSWER_TOKENS, Math.ceil(ANSWER_FRAME + Buffer.byteLength(text) * TOKENS_PER_BYTE)),
        sense: (draft, findings) => ({ value: senseScript(document, part.chunk, draft, wish, findings), isWhole: false }),
      },
      hasEngine: (port) => port.author !== undefined,
      engine: (port, signal) => authorScript(port, document, part, wish, signal),
    });
  }
}

function authorScript({ author }: AiProvider, document: Document, { chunk, number }: PartOf<DocumentChunk>, wish: ScriptWish, signal: AbortSignal): Promise<AttemptResult<PartResult<Slide[]>>> | undefined {
  if (!author) return undefined;
  const isWhole = number === 1;
  const lesson = isWhole ? wish.lesson : { ...wish.lesson, first_block: chunk.first, end_block: chunk.end };
  return author.script(document, lesson, { language: wish.language, courseTitle: wish.courseTitle, lessonCount: wish.lessonCount, signal })
    .then((slides) => ({ value: { value: slides, isWhole }, usage: {}, model: null, warnings: unhonoured(wish) }));
}

/** What an engine that works by rules cannot follow. */
function unhonoured({ style, audience, targetMinutes }: ScriptWish): string[] {
  const names = Object.entries({ style, audience, target_minutes: targetMinutes }).flatMap(([name, value]) => (value === undefined ? [] : [`\`${name}\``]));
  return names.length === 0 ? [] : [`The local engine writes from the text alone: ${names.join(', ')} had no effect.`];
}
