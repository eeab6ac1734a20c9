import type { Document, Language, OutlineLesson } from '@tecnocursos/contracts';
import { proseSentences } from '../document/prose.js';
import { sectionsOf, type Section } from '../document/sections.js';
import { termsOf } from '../document/terms.js';
import { phrasesOf, type QuizTexts } from '../phrases/phrases.js';
import type { Definition } from '../text/definitions.js';
import { findDefinition } from '../text/definitions.js';
import type { RankedTerm } from '../text/key-terms.js';
import { rankSentences } from '../text/sentence-ranking.js';
import { textLanguage, type TextLanguage } from '../text/text-language.js';
import { closed, countWords, tokenize } from '../text/words.js';

export interface QuizSentence {
  readonly text: string;
  readonly position: number;
  readonly score: number;
  /** Of all its words. */
  readonly stems: ReadonlySet<string>;
  readonly definition?: Definition;
}

/** What the questions of one lesson are made of. */
export interface QuizContext {
  readonly language: Language;
  readonly text: TextLanguage;
  readonly phrases: QuizTexts;
  readonly sections: readonly Section[];
  /** Usable sentences, the most central first. */
  readonly sentences: readonly QuizSentence[];
  readonly terms: readonly RankedTerm[];
}

const SHORTEST = 35;
const LONGEST = 220;
const FEWEST_WORDS = 6;
const MOST_TERMS = 40;
/** The best ones; a quiz has 20 questions at most. */
const MOST_SENTENCES = 60;
const DEFINITION_BONUS = 1.3;

export function quizContext(document: Document, lesson: OutlineLesson, language: Language): QuizContext {
  const text = textLanguage(language);
  const sections = sectionsOf(document, text, lesson.first_block, lesson.end_block);
  const all = [...new Set(sections.flatMap(({ blocks }) => proseSentences(blocks, language)))];
  const strict = all.filter((sentence) => isUsable(sentence, text));
  const usable = strict.length > 0 ? strict : all.filter((sentence) => countWords(sentence) >= 4 && sentence.length <= LONGEST && !/[:?]$/.test(sentence));
  const scores = rankSentences(usable, text);
  const sentences = usable.map((sentence, position) => {
    const definition = findDefinition(sentence, text);
    return { text: closed(sentence), position, stems: new Set(tokenize(sentence).map(({ lower }) => text.stem(lower))), score: (scores[position] ?? 0) * (definition ? DEFINITION_BONUS : 1), ...(definition && { definition }) };
  });
  const terms = termsOf(sections, language).rank(new Set(sections.keys()), MOST_TERMS);
  return { language, text, phrases: phrasesOf(language).quizTexts, sections, terms, sentences: sentences.sort((one, other) => other.score - one.score || one.position - other.position).slice(0, MOST_SENTENCES) };
}

function isUsable(sentence: string, text: TextLanguage): boolean {
  if (sentence.length < SHORTEST || sentence.length > LONGEST || countWords(sentence) < FEWEST_WORDS) return false;
  if (!/^[\p{Lu}\p{N}]/u.test(sentence) || /[:?]["”]?$/.test(sentence) || /[“”"«»]|https?:|_{2,}/.test(sentence)) return false;
  return !text.pointsBack.test(sentence) && !text.pronounSubject.test(sentence) && !text.leadIn.test(sentence) && !text.refersToPage.test(sentence);
}
