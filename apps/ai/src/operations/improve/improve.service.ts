import { Inject, Injectable } from '@nestjs/common';
import { AppError, type ImprovedText, type Routing } from '@tecnocursos/contracts';
import type { Served } from '@tecnocursos/provider-kit';
import type { AiCaller } from '../../ai-caller.js';
import { AI_CONFIG, type AiConfig } from '../../ai.config.js';
import { divideText } from '../chunks.js';
import { visibleText } from '../clean-text.js';
import { OperationRunner } from '../operation-runner.js';
import { inParts, type PartOf, type PartResult } from '../parts.js';
import { improvePrompt, ImprovedDraftSchema, type ImprovedDraft, type ImproveWish } from './improve.prompt.js';
import { endsLike, mergeImproved, senseImproved } from './improve.sense.js';

const TOKENS_PER_BYTE = 0.5;
const ANSWER_FRAME = 500;

/** Improves texts. */
@Injectable()
export class ImproveService {
  constructor(
    private readonly runner: OperationRunner,
    @Inject(AI_CONFIG) private readonly config: AiConfig,
  ) {}

  /** @throws AppError `invalid_request` when a tone or level is missing whose goal is asked for. */
  async improve(given: string, wish: ImproveWish, routing: Routing | undefined, caller: AiCaller): Promise<Served<ImprovedText>> {
    for (const goal of ['tone', 'level'] as const) if (wish.goals.includes(goal) && wish[goal] === undefined) throw missing(goal);
    const text = visibleText(given);
    return inParts({
      chunks: await divideText(text, this.config.chunkTokens), caller,
      attempt: (part, limited) => this.improved(text, part, wish, routing, limited),
      merge: mergeImproved,
    });
  }

  private improved(whole: string, part: PartOf<string>, wish: ImproveWish, routing: Routing | undefined, caller: AiCaller): Promise<Served<PartResult<ImprovedText>>> {
    const { instructions, text } = improvePrompt(part.chunk, wish);
    const isWhole = part.number === 1;
    return this.runner.run<ImprovedDraft, PartResult<ImprovedText>>({
      operation: 'improve-text', caller, routing, part: part.number, cache: { part: [part.number, part.count], whole },
      task: {
        name: 'improved_text', schema: ImprovedDraftSchema, instructions, content: [{ type: 'text', text }],
        answerTokens: Math.ceil(ANSWER_FRAME + Buffer.byteLength(part.chunk) * TOKENS_PER_BYTE),
        sense: (draft, findings) => {
          const improved = senseImproved(part.chunk, draft, wish, findings);
          return { value: { ...improved, text: part.count === 1 ? improved.text : endsLike(part.chunk, improved.text) }, isWhole: false };
        },
      },
      hasEngine: (port) => port.editor !== undefined,
      engine: ({ editor }) => {
        const made = editor?.improve(isWhole ? whole : part.chunk, wish);
        return made && Promise.resolve({ value: { value: made.improved, isWhole }, usage: {}, model: null, warnings: made.warnings });
      },
    });
  }
}

function missing(goal: 'tone' | 'level'): AppError {
  const message = `Say which: the goal "${goal}" needs it.`;
  return new AppError('invalid_request', `${goal}: ${message}`, { issues: [{ field: goal, message }] });
}
