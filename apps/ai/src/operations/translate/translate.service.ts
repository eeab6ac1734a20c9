import { Inject, Injectable } from '@nestjs/common';
import type { Routing } from '@tecnocursos/contracts';
import type { Served } from '@tecnocursos/provider-kit';
import type { AiCaller } from '../../ai-caller.js';
import { AI_CONFIG, type AiConfig } from '../../ai.config.js';
import { divideText } from '../chunks.js';
import { visibleText } from '../clean-text.js';
import { endsLike } from '../improve/improve.sense.js';
import { OperationRunner } from '../operation-runner.js';
import { inParts, type PartOf, type PartResult } from '../parts.js';
import { translationPrompt, TranslationDraftSchema, type TranslationDraft } from './translation.prompt.js';
import { senseTranslation } from './translation.sense.js';

const TOKENS_PER_BYTE = 0.4;
const ANSWER_FRAME = 300;

export interface TranslationWish {
  /** BCP 47 tags. */
  readonly target: string;
  readonly source: string | undefined;
}

/** Translates texts. */
@Injectable()
export class TranslateService {
  constructor(
    private readonly runner: OperationRunner,
    @Inject(AI_CONFIG) private readonly config: AiConfig,
  ) {}

  async translate(given: string, wish: TranslationWish, routing: Routing | undefined, caller: AiCaller): Promise<Served<TranslationDraft>> {
    const text = visibleText(given);
    const served = await inParts({
      chunks: await divideText(text, this.config.chunkTokens), caller,
      attempt: (part, limited) => this.translated(part, wish, routing, limited),
      merge: (parts) => ({ text: parts.map((part) => part.text).join(''), source_language: parts[0].source_language }),
    });
    return wish.source === undefined ? served : { ...served, value: { ...served.value, source_language: wish.source } };
  }

  private translated(part: PartOf<string>, { target, source }: TranslationWish, routing: Routing | undefined, caller: AiCaller): Promise<Served<PartResult<TranslationDraft>>> {
    const { instructions, text } = translationPrompt(part.chunk, target, source);
    return this.runner.run<TranslationDraft, PartResult<TranslationDraft>>({
      operation: 'translate', caller, routing, part: part.number,
      task: {
        name: 'translation', schema: TranslationDraftSchema, instructions, content: [{ type: 'text', text }],
        answerTokens: Math.ceil(ANSWER_FRAME + Buffer.byteLength(part.chunk) * TOKENS_PER_BYTE),
        sense: (draft, findings) => {
          const translation = senseTranslation(part.chunk, draft, findings);
          return { value: { ...translation, text: part.count === 1 ? translation.text : endsLike(part.chunk, translation.text) }, isWhole: false };
        },
      },
    });
  }
}
