import type { Outline, OutlineLesson } from '@tecnocursos/contracts';

const LONGEST_SUMMARY = 2_000;

/** Outlines of consecutive parts of one document as its outline: lessons numbered through, a key term with the first lesson that has it. */
export function mergeOutlines(outlines: readonly [Outline, ...Outline[]]): Outline {
  const seen = new Set<string>();
  const lessons = outlines.flatMap(({ lessons: of }) => of).map((lesson, index): OutlineLesson => ({
    ...lesson,
    number: index + 1,
    key_terms: lesson.key_terms.filter(({ term }) => isNew(seen, term.toLowerCase())),
  }));
  return { title: outlines[0].title, summary: joinedSummaries(outlines.map(({ summary }) => summary.trim()).filter((summary) => summary !== '')), lessons };
}

/** Whole summaries, as many as there is room for; one of each part would be no summary for a book. */
function joinedSummaries(summaries: readonly string[]): string {
  const firsts = summaries.length <= 3 ? summaries : summaries.map((summary) => /^.+?[.!?…](?=\s|$)/su.exec(summary)?.[0] ?? summary);
  let joined = '';
  for (const summary of firsts) if (joined.length + summary.length < LONGEST_SUMMARY) joined += `${joined === '' ? '' : ' '}${summary}`;
  return joined;
}

function isNew(seen: Set<string>, key: string): boolean {
  if (seen.has(key)) return false;
  seen.add(key);
  return true;
}

/** The lessons of a part of a document, whose blocks were counted from its beginning, as lessons of the whole. */
export const shifted = (outline: Outline, by: number): Outline => ({
  ...outline,
  lessons: outline.lessons.map((lesson) => ({ ...lesson, first_block: lesson.first_block + by, end_block: lesson.end_block + by })),
});
