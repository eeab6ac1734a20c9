import type { QuestionDraft } from './question-draft.js';
import type { QuizContext, QuizSentence } from './quiz-context.js';
import { matchOnce, rivals } from './term-match.js';
import { textHash } from './text-hash.js';

/** Sentences as they are, and sentences with a term put in another's place, in turn. */
export function trueFalseQuestions(context: QuizContext): QuestionDraft[] {
  const first = textHash(context.sentences.map(({ text }) => text).join('\n')) % 2;
  return context.sentences.map((sentence, index) => ((index + first) % 2 === 0 ? falseStatement(sentence, context) : undefined) ?? trueStatement(sentence, context));
}

function trueStatement(sentence: QuizSentence, context: QuizContext): QuestionDraft {
  return { ...draftOf(sentence, context, sentence.text), answer: context.phrases.yes, distractors: [context.phrases.no], explanation: context.phrases.explanation(sentence.text) };
}

function falseStatement(sentence: QuizSentence, context: QuizContext): QuestionDraft | undefined {
  for (const term of context.terms) {
    const match = matchOnce(sentence.text, term);
    const rival = match && rivals(term, sentence.text, context)[0];
    if (!match || !rival) continue;
    const swapped = sentence.text.slice(0, match.start) + (match.start === 0 ? rival.display : rival.inline) + sentence.text.slice(match.end);
    return {
      ...draftOf(sentence, context, swapped),
      answer: context.phrases.no,
      distractors: [context.phrases.yes],
      explanation: context.phrases.explanationOfFalse(sentence.text),
    };
  }
  return undefined;
}

function draftOf(sentence: QuizSentence, { phrases }: QuizContext, statement: string): Omit<QuestionDraft, 'answer' | 'distractors' | 'explanation'> {
  return {
    kind: 'true_false',
    prompt: phrases.trueFalse(statement),
    position: sentence.position,
    source: sentence.text,
    subject: `statement ${sentence.position}`,
    fixedOrder: [phrases.yes, phrases.no],
  };
}
