import { AppError, type Document, type Language, type Outline, type OutlineLesson } from '@tecnocursos/contracts';
import { hasText, sectionsOf, titleHeading, type Section } from '../document/sections.js';
import { termsOf } from '../document/terms.js';
import { phrasesOf } from '../phrases/phrases.js';
import { glossaryText } from '../text/definitions.js';
import { cleanTitle, shortTitle } from '../text/headings.js';
import type { RankedTerm, TermIndex } from '../text/key-terms.js';
import { oneLine } from '../text/sentences.js';
import { textLanguage } from '../text/text-language.js';
import { groupParts } from './group-parts.js';
import { lessonParts, type LessonPart } from './lesson-parts.js';
import { lessonObjectives } from './objectives.js';
import { splitLongSection } from './split-long-section.js';
import { summarize, summarizeLeads } from './summary.js';
import { lessonTitle } from './titles.js';

/** Of the document, as measured on the bundled lesson: pauses, greetings and connecting phrases come on top of its words. */
const WORDS_PER_MINUTE = 115;
const KEY_TERMS = 8;
/** Greeting, connecting phrases and farewell of a lesson. */
const FRAME_WORDS = 90;

interface Context {
  readonly document: Document;
  readonly language: Language;
  readonly sections: readonly Section[];
  readonly terms: TermIndex;
}

export function writeOutline(document: Document, language: Language, lessonMinutes: number, wantedTitle: string | undefined): Outline {
  const lessonWords = lessonMinutes * WORDS_PER_MINUTE;
  const sections = sectionsOf(document, textLanguage(language)).flatMap((section) => splitLongSection(section, lessonWords));
  if (!sections.some(({ blocks, title }) => hasText(blocks) || title !== undefined)) {
    throw new AppError('document_has_no_text', 'The document has no text that could be narrated. Add text, or captions to its pictures.');
  }
  const context: Context = { document, language, sections, terms: termsOf(sections, language) };
  const groups = groupParts(lessonParts(sections, lessonWords), lessonWords);
  const title = wantedTitle !== undefined && wantedTitle.trim() !== '' ? oneLine(wantedTitle) : documentTitle(context);
  const lessons = groups.map((parts, index) => writeLesson(parts, index, groups.length, title, context));
  return { title, summary: summarizeLeads(sections, language, 3), lessons: withDistinctTitles(lessons, language) };
}

function documentTitle({ document, language, sections }: Context): string {
  const heading = document.blocks[titleHeading(document, textLanguage(language)) ?? -1];
  const sole = sections.filter(({ title }) => title !== undefined);
  const name = heading?.type === 'heading' ? heading.text : sole.length === 1 && sole[0]?.level === 1 ? sole[0].title ?? document.title : document.title;
  return cleanTitle(name, textLanguage(language));
}

function writeLesson(parts: readonly LessonPart[], index: number, count: number, courseTitle: string, { language, sections, terms }: Context): OutlineLesson {
  const own = parts.flatMap((part) => part.sections);
  const text = textLanguage(language);
  const phrases = phrasesOf(language);
  const ranked = terms.rank(new Set(own.map((section) => sections.indexOf(section))), KEY_TERMS);
  const title = count === 1 ? courseTitle : lessonTitle(parts, ranked, phrases, text, terms.evidence);
  return {
    number: index + 1,
    title: shortTitle(title ?? phrases.lessonName(index + 1), 100),
    first_block: own[0]?.firstBlock ?? 0,
    end_block: own.at(-1)?.endBlock ?? 1,
    objectives: lessonObjectives({ sections: own, terms: ranked, courseTitle }, terms, text, phrases),
    key_terms: ranked.map(keyTerm),
    summary: summarize(own, language, 3),
    estimated_minutes: minutes(own),
  };
}

const keyTerm = ({ display, definition }: RankedTerm): OutlineLesson['key_terms'][number] => ({
  term: display,
  ...(definition && { definition: glossaryText(definition) }),
});

function minutes(sections: readonly Section[]): number {
  const words = FRAME_WORDS + sections.reduce((sum, section) => sum + section.words, 0);
  return Math.max(0.5, Math.round((words / WORDS_PER_MINUTE) * 10) / 10);
}

/** Lessons cut from one section share its name: they are numbered. */
function withDistinctTitles(lessons: readonly OutlineLesson[], language: Language): OutlineLesson[] {
  const seen = new Map<string, number>();
  const total = new Map<string, number>();
  for (const { title } of lessons) total.set(title, (total.get(title) ?? 0) + 1);
  return lessons.map((lesson) => {
    if (total.get(lesson.title) === 1) return lesson;
    const part = (seen.get(lesson.title) ?? 0) + 1;
    seen.set(lesson.title, part);
    return { ...lesson, title: phrasesOf(language).partName(lesson.title, part) };
  });
}
