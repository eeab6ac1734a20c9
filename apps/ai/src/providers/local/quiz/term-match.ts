import { isFeminine } from '../speech-text/portuguese/portuguese-gender.js';
import { isPluralNoun } from '../phrases/portuguese-articles.js';
import type { RankedTerm } from '../text/key-terms.js';
import { escapePattern } from '../text/escape-pattern.js';
import type { QuizContext, QuizSentence } from './quiz-context.js';

export interface TermMatch {
  readonly term: RankedTerm;
  readonly start: number;
  readonly end: number;
  /** As it stands in the sentence. */
  readonly written: string;
}

const PATTERNS = new WeakMap<RankedTerm, RegExp>();

/** Where a term stands in a sentence, if it does so exactly once. */
export function matchOnce(sentence: QuizSentence, term: RankedTerm): TermMatch | undefined {
  if (!mentions(sentence, term)) return undefined;
  const matches = [...sentence.text.matchAll(patternOf(term))];
  const [match] = matches;
  if (matches.length !== 1 || !match) return undefined;
  // In capitals inside a sentence it is part of a name.
  if (match.index > 0 && match[0] !== term.inline) return undefined;
  return { term, start: match.index, end: match.index + match[0].length, written: match[0] };
}

function patternOf(term: RankedTerm): RegExp {
  const pattern = PATTERNS.get(term) ?? new RegExp(`(?<![\\p{L}\\p{N}-])${escapePattern(term.inline)}(?![\\p{L}\\p{N}-])`, 'giu');
  PATTERNS.set(term, pattern);
  return pattern;
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
