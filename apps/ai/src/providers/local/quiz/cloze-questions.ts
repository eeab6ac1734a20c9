import { capitalized } from '../text/words.js';
import type { QuestionDraft } from './question-draft.js';
import type { QuizContext, QuizSentence } from './quiz-context.js';
import { matchOnce, rivals, type TermMatch } from './term-match.js';

const GAP = '_____';
const DISTRACTORS = 3;
const FEWEST_DISTRACTORS = 2;
/** A gap needs this much sentence around it to be answerable. */
const FEWEST_CHARACTERS_LEFT = 30;

/** Central sentences with a term left out; the other options are terms of the lesson that fit the grammar. */
export function clozeQuestions(context: QuizContext): QuestionDraft[] {
  return context.sentences.flatMap((sentence) => {
    const candidates = context.terms
      .flatMap((term) => matchOnce(sentence, term) ?? [])
      .filter(({ start, end }) => sentence.text.length - (end - start) >= FEWEST_CHARACTERS_LEFT)
      .sort((one, other) => weight(other) - weight(one));
    const drafts = candidates.flatMap((match) => clozeQuestion(sentence, match, context) ?? []);
    return drafts.slice(0, 2);
  });
}

/** Longer terms are better gaps; at the start of a sentence they are guessed from its predicate. */
const weight = ({ term, start }: TermMatch): number => term.score * (start > 0 ? 1.2 : 1);

function clozeQuestion(sentence: QuizSentence, match: TermMatch, context: QuizContext): QuestionDraft | undefined {
  const distractors = rivals(match.term, sentence, context).slice(0, DISTRACTORS).map(({ inline }) => inline);
  if (distractors.length < FEWEST_DISTRACTORS) return undefined;
  const shown = match.start === 0 ? capitalized : (option: string): string => option;
  return {
    kind: 'cloze',
    prompt: context.phrases.cloze(sentence.text.slice(0, match.start) + GAP + sentence.text.slice(match.end)),
    answer: match.written,
    distractors: distractors.map(shown),
    explanation: context.phrases.explanation(sentence.text),
    position: sentence.position,
    source: sentence.text,
    subject: match.term.stems.join(' '),
  };
}
