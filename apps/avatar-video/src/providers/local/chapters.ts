import type { Chapter } from '@tecnocursos/contracts';

export interface TitledSpan {
  title: string;
  start_ms: number;
  end_ms: number;
}

/** Shorter chapters cannot be hit in a list, and say nothing. */
const LEAST_MS = 5_000;

/** A chapter begins where the title changes; one that is too short joins the one before it, or after it when it is the first. */
export function chaptersOf(slides: readonly TitledSpan[]): Chapter[] {
  const chapters: Chapter[] = [];
  for (const { title, start_ms, end_ms } of slides) {
    const last = chapters.at(-1);
    if (last?.title === title) last.end_ms = end_ms;
    else if (last && last.end_ms - last.start_ms < LEAST_MS) joinFirst(chapters, { title, start_ms, end_ms });
    else chapters.push({ title, start_ms, end_ms });
  }
  const last = chapters.at(-1);
  const before = chapters.at(-2);
  if (!last || !before || last.end_ms - last.start_ms >= LEAST_MS) return chapters;
  before.end_ms = last.end_ms;
  return chapters.slice(0, -1);
}

/** `last` is too short: the chapter before it takes its time; without one, the next chapter begins where it began. */
function joinFirst(chapters: Chapter[], next: Chapter): void {
  const short = chapters.pop();
  const before = chapters.at(-1);
  if (!before) {
    chapters.push({ ...next, start_ms: short?.start_ms ?? next.start_ms });
    return;
  }
  before.end_ms = next.start_ms;
  if (before.title === next.title) before.end_ms = next.end_ms;
  else chapters.push(next);
}
