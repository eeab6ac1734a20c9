import { ownObjectives } from '../document/own-objectives.js';
import type { Section } from '../document/sections.js';
import { inSentence, isGenericTitle } from '../text/headings.js';
import type { TermIndex, RankedTerm } from '../text/key-terms.js';
import type { TextLanguage } from '../text/text-language.js';
import { tokenize } from '../text/words.js';
import type { Phrases } from '../phrases/phrases.js';

export interface LessonMatter {
  readonly sections: readonly Section[];
  readonly terms: readonly RankedTerm[];
  readonly courseTitle: string;
}

const MOST = 5;
const LONGEST_TITLE = 110;

/** What a student can do after the lesson: from its headings first, then from the terms that it defines. */
export function lessonObjectives(lesson: LessonMatter, index: TermIndex, language: TextLanguage, phrases: Phrases): string[] {
  const { sections, terms } = lesson;
  const own = ownObjectives(sections, language);
  if (own !== undefined) return own;
  const titles = subjectTitles(sections, language).filter((title) => title.toLowerCase() !== lesson.courseTitle.toLowerCase());
  const all = titles.map((title, turn) => phrases.objective(title, inSentence(title, index.evidence), articleOf(title, index), turn));
  const clear = all.filter((objective) => !objective.includes(':'));
  const fromTitles = clear.length >= 2 ? clear : all;
  const room = Math.max(MOST - fromTitles.length, titles.length > 0 ? 1 : MOST);
  const fromTerms = terms
    .filter(({ definition, inline }) => definition !== undefined && !titles.some((title) => title.toLowerCase().includes(inline.toLowerCase())))
    .slice(0, room)
    .map(({ inline, definition }) => phrases.objectiveOfDefinition(inline, articleOfTerm(inline, definition?.article, index), /^(?:são|are)/.test(definition?.verb ?? '')));
  return [...new Set([...spread(fromTitles, MOST - Math.min(1, fromTerms.length)), ...fromTerms])].slice(0, MOST);
}

/** Titles of the highest level that a lesson has several of. */
function subjectTitles(sections: readonly Section[], language: TextLanguage): string[] {
  const titled = sections.filter(({ title }) => title !== undefined && title.length <= LONGEST_TITLE && !isGenericTitle(title, language));
  const levels = [...new Set(titled.map(({ level }) => level))].sort((one, other) => one - other);
  for (const level of levels) {
    const upTo = titled.filter((section) => section.level <= level);
    if (upTo.length >= 2) return [...new Set(upTo.map(({ title }) => title ?? ''))];
  }
  return titled.map(({ title }) => title ?? '');
}

/** Evenly chosen, so that a lesson of many sections is covered from end to end. */
function spread<T>(items: readonly T[], count: number): T[] {
  if (items.length <= count) return [...items];
  return Array.from({ length: count }, (_, index) => items[Math.floor((index * items.length) / count)]).filter((item) => item !== undefined);
}

export function articleOf(title: string, index: TermIndex): string | undefined {
  const first = tokenize(title)[0]?.lower;
  return first === undefined ? undefined : index.evidence.articleOf(first);
}

const articleOfTerm = (term: string, article: string | undefined, index: TermIndex): string | undefined =>
  article !== undefined && /^(?:o|a|os|as|the)$/.test(article) ? article : articleOf(term, index);
