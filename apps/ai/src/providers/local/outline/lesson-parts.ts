import type { Section } from '../document/sections.js';

/** What lessons are put together of: one or more sections that stay together. */
export interface LessonPart {
  readonly sections: readonly Section[];
  readonly words: number;
  /** Whether it begins a part of the highest level, where a lesson best begins. */
  readonly opensChapter: boolean;
}

/** Parts longer than this share of a lesson are taken apart, if their headings allow. */
const LARGEST_SHARE = 0.8;

/**
 * Sections as parts: of the highest heading level that divides the document; too long ones by the next level; sections
 * without text of their own go with what follows.
 */
export function lessonParts(sections: readonly Section[], lessonWords: number): LessonPart[] {
  const level = dividingLevel(sections);
  const chapters = cutAt(sections, (section) => section.level > 0 && section.level <= level);
  const parts = chapters.flatMap((chapter) => takeApart(chapter, level, lessonWords).map((part, index) => partOf(part, index === 0)));
  return withoutEmpty(parts);
}

/** The smallest level that has two headings or more. */
function dividingLevel(sections: readonly Section[]): number {
  for (let level = 1; level <= 6; level += 1) {
    if (sections.filter((section) => section.level > 0 && section.level <= level).length > 1) return level;
  }
  return 6;
}

function cutAt(sections: readonly Section[], begins: (section: Section) => boolean): Section[][] {
  const parts: Section[][] = [];
  for (const section of sections) {
    const current = parts.at(-1);
    if (current === undefined || begins(section)) parts.push([section]);
    else current.push(section);
  }
  return parts;
}

function takeApart(chapter: readonly Section[], level: number, lessonWords: number): Section[][] {
  if (wordsOf(chapter) <= lessonWords * LARGEST_SHARE) return [[...chapter]];
  if (level > 6) return chapter.map((section) => [section]);
  const parts = cutAt(chapter, (section) => section.level > 0 && section.level <= level + 1);
  return parts.length > 1 ? parts.flatMap((part) => takeApart(part, level + 1, lessonWords)) : takeApart(chapter, level + 1, lessonWords);
}

const wordsOf = (sections: readonly Section[]): number => sections.reduce((sum, { words }) => sum + words, 0);

const partOf = (sections: readonly Section[], opensChapter: boolean): LessonPart => ({ sections, words: wordsOf(sections), opensChapter });

function withoutEmpty(parts: readonly LessonPart[]): LessonPart[] {
  const kept: LessonPart[] = [];
  let waiting: LessonPart | undefined;
  for (const part of parts) {
    const joined = waiting === undefined ? part : { sections: [...waiting.sections, ...part.sections], words: part.words, opensChapter: waiting.opensChapter };
    waiting = joined.words === 0 ? joined : undefined;
    if (waiting === undefined) kept.push(joined);
  }
  if (waiting === undefined) return kept;
  const last = kept.pop();
  return [...kept, last === undefined ? waiting : { ...last, sections: [...last.sections, ...waiting.sections] }];
}
