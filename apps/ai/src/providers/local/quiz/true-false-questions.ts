import type { QuestionDraft } from './question-draft.js';
import type { QuizContext, QuizSentence } from './quiz-context.js';
import { matchOnce, rivals } from './term-match.js';
import { textHash } from './text-hash.js';

/** Longer statements are hard to hold in mind; they come last. */
const COMFORTABLE = 150;

/** Sentences as they are, and sentences with a term put in another's place or denied, in turn. */
export function trueFalseQuestions(context: QuizContext): QuestionDraft[] {
  const first = textHash(context.sentences.map(({ text }) => text).join('\n')) % 2;
  const byLength = [...context.sentences].sort((one, other) => Number(one.text.length > COMFORTABLE) - Number(other.text.length > COMFORTABLE));
  return byLength.map((sentence, index) => ((index + first) % 2 === 0 ? falseStatement(sentence, context) : undefined) ?? trueStatement(sentence, context));
}

function trueStatement(sentence: QuizSentence, context: QuizContext): QuestionDraft {
  return { ...draftOf(sentence, context, sentence.text), answer: context.phrases.yes, distractors: [context.phrases.no], explanation: context.phrases.explanation(sentence.text) };
}

function falseStatement(sentence: QuizSentence, context: QuizContext): QuestionDraft | undefined {
  for (const term of context.terms) {
    const match = matchOnce(sentence, term);
    const rival = match && rivals(term, sentence, context)[0];
    if (!match || !rival) continue;
    const swapped = sentence.text.slice(0, match.start) + (match.start === 0 ? rival.display : rival.inline) + sentence.text.slice(match.end);
    return wrong(sentence, swapped, context);
  }
  const { negatable, negated, negation } = context.text;
  return negatable.test(sentence.text) && !negation.test(sentence.text) ? wrong(sentence, sentence.text.replace(negatable, negated), context) : undefined;
}

function wrong(sentence: QuizSentence, statement: string, context: QuizContext): QuestionDraft {
  const { phrases } = context;
  return { ...draftOf(sentence, context, statement), answer: phrases.no, distractors: [phrases.yes], explanation: phrases.explanationOfFalse(sentence.text) };
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
