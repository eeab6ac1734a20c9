import type { RankedTerm } from '../text/key-terms.js';
import { inSentence, isGenericTitle, shortTitle, type WordKnowledge } from '../text/headings.js';
import type { TextLanguage } from '../text/text-language.js';
import type { Phrases } from '../phrases/phrases.js';
import type { LessonPart } from './lesson-parts.js';

const LONGEST = 80;

/** Names of the parts of a lesson: the subjects that it goes through. */
export function partTitles(parts: readonly LessonPart[]): string[] {
  const titles = parts.flatMap(({ sections }) => sections.find(({ title }) => title !== undefined)?.title ?? []);
  return [...new Set(titles)];
}

/** A lesson named after its parts; after its terms when no heading names it. */
export function lessonTitle(parts: readonly LessonPart[], terms: readonly RankedTerm[], phrases: Phrases, language: TextLanguage, knowledge: WordKnowledge): string | undefined {
  const all = partTitles(parts);
  const specific = all.filter((title) => !isGenericTitle(title, language));
  const titles = specific.length > 0 ? specific : all;
  if (titles.length === 0) return titleOfTerms(terms, language);
  const [first = ''] = titles;
  if (titles.length === 1) return shortTitle(first);
  if (isOneChapter(parts)) return shortTitle(first);
  return joinedTitles(titles, language, knowledge, LONGEST) ?? firstOfMany(titles, phrases, knowledge);
}

/** A chapter and nothing but its subsections. */
function isOneChapter([first, ...rest]: readonly LessonPart[]): boolean {
  const level = first?.sections[0]?.level ?? 0;
  return first?.opensChapter === true && level > 0 && rest.length > 0 && rest.every(({ opensChapter, sections }) => !opensChapter && (sections[0]?.level ?? 0) > level);
}

function firstOfMany([first = '', second = '']: readonly string[], phrases: Phrases, knowledge: WordKnowledge): string {
  const both = phrases.andMore([first, inSentence(second, knowledge)]);
  return both.length <= LONGEST && !/[?!:.]/.test(first + second) ? both : phrases.andMore([shortTitle(first, LONGEST - phrases.andMore([]).length)]);
}

/** "Fase clara e fase escura", or nothing when that is too long for a title. */
export function joinedTitles(titles: readonly string[], language: TextLanguage, knowledge: WordKnowledge, limit: number): string | undefined {
  if (titles.length > 3 || titles.some((title) => /[?!:.]/.test(title)) || titles.length === 0) return undefined;
  const [first = '', ...rest] = titles;
  const inline = [first, ...rest.map((title) => inSentence(title, knowledge))];
  const joined = inline.length === 1 ? first : `${inline.slice(0, -1).join(', ')} ${language.and} ${inline.at(-1) ?? ''}`;
  return joined.length <= limit ? joined : undefined;
}

function titleOfTerms(terms: readonly RankedTerm[], language: TextLanguage): string | undefined {
  const [first, second] = terms;
  if (!first) return undefined;
  return second ? `${first.display} ${language.and} ${second.inline}` : first.display;
}
