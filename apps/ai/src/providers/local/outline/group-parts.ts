import type { LessonPart } from './lesson-parts.js';

/** Up to this multiple of a lesson's length a document stays one lesson. */
const ONE_LESSON = 1.5;
const LONGEST_LESSON = 2.2;
const INSIDE_CHAPTER_PENALTY = 0.12;
const STUB_SHARE = 0.4;
const STUB_PENALTY = 0.5;

interface Best {
  readonly cost: number;
  readonly start: number;
}

/** Consecutive parts as lessons near the wanted length, chapters kept whole where that costs little. Every part is in one lesson. */
export function groupParts(parts: readonly LessonPart[], lessonWords: number): LessonPart[][] {
  const total = parts.reduce((sum, { words }) => sum + words, 0);
  if (total <= lessonWords * ONE_LESSON || parts.length < 2) return [[...parts]];
  const best: Best[] = [{ cost: 0, start: 0 }];
  for (let end = 1; end <= parts.length; end += 1) best.push(bestLessonEndingAt(end, parts, best, lessonWords));
  const lessons: LessonPart[][] = [];
  for (let end = parts.length; end > 0;) {
    const start = best[end]?.start ?? 0;
    lessons.unshift(parts.slice(start, end));
    end = start;
  }
  return lessons;
}

function bestLessonEndingAt(end: number, parts: readonly LessonPart[], best: readonly Best[], lessonWords: number): Best {
  let found: Best = { cost: Infinity, start: end - 1 };
  let words = 0;
  for (let start = end - 1; start >= 0; start -= 1) {
    words += parts[start]?.words ?? 0;
    if (words > lessonWords * LONGEST_LESSON && start < end - 1) break;
    const cost = (best[start]?.cost ?? 0) + lessonCost(words, startPenalty(start, parts), lessonWords);
    if (cost < found.cost) found = { cost, start };
  }
  return found;
}

function lessonCost(words: number, beginning: number, lessonWords: number): number {
  const deviation = (words - lessonWords) / lessonWords;
  return deviation ** 2 + beginning + (words < lessonWords * STUB_SHARE ? STUB_PENALTY : 0);
}

const startPenalty = (start: number, parts: readonly LessonPart[]): number => (start > 0 && parts[start]?.opensChapter === false ? INSIDE_CHAPTER_PENALTY : 0);
