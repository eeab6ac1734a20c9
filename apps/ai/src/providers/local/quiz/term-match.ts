import { isFeminine } from '../speech-text/portuguese/portuguese-gender.js';
import { isPluralNoun } from '../phrases/portuguese-articles.js';
import type { RankedTerm } from '../text/key-terms.js';
import type { QuizContext, QuizSentence } from './quiz-context.js';

export interface TermMatch {
  readonly term: RankedTerm;
  readonly start: number;
  readonly end: number;
  /** As it stands in the sentence. */
  readonly written: string;
}

const WORD_CHARACTER = /[\p{L}\p{N}-]/u;

/** Where a term stands in a sentence, if it does so exactly once. */
export function matchOnce(sentence: QuizSentence, term: RankedTerm): TermMatch | undefined {
  if (!mentions(sentence, term)) return undefined;
  const [start, another] = positionsOf(term.inline.toLowerCase(), sentence.text.toLowerCase());
  if (start === undefined || another !== undefined) return undefined;
  const end = start + term.inline.length;
  const written = sentence.text.slice(start, end);
  // In capitals inside a sentence it is part of a name.
  return start > 0 && written !== term.inline ? undefined : { term, start, end, written };
}

/** Where `words` stand as whole words; the first two places at most. */
function positionsOf(words: string, text: string): number[] {
  const positions: number[] = [];
  for (let at = text.indexOf(words); at >= 0 && positions.length < 2; at = text.indexOf(words, at + 1)) {
    if (!WORD_CHARACTER.test(text.charAt(at - 1)) && !WORD_CHARACTER.test(text.charAt(at + words.length))) positions.push(at);
  }
  return positions;
}

/** Whether a sentence speaks of the term in any form. */
export const mentions = ({ stems }: QuizSentence, term: RankedTerm): boolean => term.stems.every((stem) => stems.has(stem));

/** Terms that could stand in the place of `answer` by their grammar, the most alike first; none is in the sentence. */
export function rivals(answer: RankedTerm, sentence: QuizSentence, context: QuizContext): RankedTerm[] {
  return context.terms
    .filter((term) => term !== answer && !sharesWord(term, answer) && !mentions(sentence, term))
    .map((term, rank) => ({ term, likeness: likeness(answer, term, context), rank }))
    .filter(({ likeness: value }) => value >= 0)
    .sort((one, other) => other.likeness - one.likeness || one.rank - other.rank)
    .map(({ term }) => term);
}

const sharesWord = (one: RankedTerm, other: RankedTerm): boolean => one.stems.some((stem) => other.stems.includes(stem));

function likeness(answer: RankedTerm, term: RankedTerm, { language }: QuizContext): number {
  const [a, b] = [answer.inline, term.inline];
  const sameNumber = isPlural(a, language) === isPlural(b, language);
  const sameGender = language === 'en' || isFeminine(firstWord(a)) === isFeminine(firstWord(b));
  // The words around the gap would give another gender or number away.
  if (!sameNumber || !sameGender) return -1;
  return (answer.stems.length === term.stems.length ? 2 : 0) + (/^\p{Lu}/u.test(a) === /^\p{Lu}/u.test(b) ? 1 : 0) + (Boolean(answer.definition) === Boolean(term.definition) ? 1 : 0);
}

const firstWord = (text: string): string => text.split(/\s/)[0] ?? '';

export const isPlural = (term: string, language: QuizContext['language']): boolean =>
  language === 'en' ? /[^su]s$/i.test(term) : isPluralNoun(term);
