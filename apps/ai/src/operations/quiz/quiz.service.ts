import { Inject, Injectable } from '@nestjs/common';
import type { Document, QuizQuestion, Routing } from '@tecnocursos/contracts';
import { hashOf, type AttemptResult, type Served } from '@tecnocursos/provider-kit';
import type { AiCaller } from '../../ai-caller.js';
import { AI_CONFIG, type AiConfig } from '../../ai.config.js';
import type { AiProvider } from '../../ports/ai-provider.port.js';
import { divideDocument, type DocumentChunk } from '../chunks.js';
import { assertInside } from '../lesson-range.js';
import { OperationRunner } from '../operation-runner.js';
import { inParts, type PartOf, type PartResult } from '../parts.js';
import { quizPrompt, QuizDraftSchema, type QuizDraft, type QuizWish } from './quiz.prompt.js';
import { mergeQuizzes, senseQuiz } from './quiz.sense.js';

const TOKENS_PER_QUESTION = 250;

/** Writes questions about a lesson. */
@Injectable()
export class QuizService {
  constructor(
    private readonly runner: OperationRunner,
    @Inject(AI_CONFIG) private readonly config: AiConfig,
  ) {}

  /** @throws AppError `invalid_request` when the lesson lies outside the document. */
  async write(document: Document, wish: QuizWish, routing: Routing | undefined, caller: AiCaller): Promise<Served<QuizQuestion[]>> {
    assertInside(document, wish.lesson);
    const { first_block: first, end_block: end } = wish.lesson;
    const served = await inParts({
      chunks: await divideDocument(document, this.config.chunkTokens, first, end), caller,
      attempt: (part, limited) => this.quizOf(document, part, wish, routing, limited),
      merge: (quizzes) => mergeQuizzes(quizzes, wish.count),
    });
    const missing = wish.count - served.value.length;
    return missing <= 0 ? served : { ...served, warnings: [...served.warnings, `The text holds ${served.value.length} good questions, not ${wish.count}.`] };
  }

  private quizOf(document: Document, part: PartOf<DocumentChunk>, wish: QuizWish, routing: Routing | undefined, caller: AiCaller): Promise<Served<PartResult<QuizQuestion[]>>> {
    const count = Math.ceil(wish.count / part.count);
    const { instructions, text } = quizPrompt(part.chunk, wish, count);
    return this.runner.run<QuizDraft, PartResult<QuizQuestion[]>>({
      operation: 'generate-quiz', caller, routing, part: part.number, cache: { whole: hashOf(document.blocks), part: [part.number, part.count], wish },
      task: {
        name: 'lesson_quiz', schema: QuizDraftSchema, instructions, content: [{ type: 'text', text }], answerTokens: count * TOKENS_PER_QUESTION,
        sense: (draft, findings) => ({ value: senseQuiz(draft, count, findings), isWhole: false }),
      },
      hasEngine: (port) => port.author !== undefined,
      engine: (port, signal) => authorQuiz(port, document, part, wish, count, signal),
    });
  }
}

function authorQuiz({ author }: AiProvider, document: Document, { chunk, number }: PartOf<DocumentChunk>, { lesson, language, count: wanted }: QuizWish, count: number, signal: AbortSignal): Promise<AttemptResult<PartResult<QuizQuestion[]>>> | undefined {
  if (!author) return undefined;
  const isWhole = number === 1;
  const range = isWhole ? lesson : { ...lesson, first_block: chunk.first, end_block: chunk.end };
  return author.quiz(document, range, { language, count: isWhole ? wanted : count, signal }).then((questions) => ({ value: { value: questions, isWhole }, usage: {}, model: null }));
}
