import { describe, expect, it } from 'vitest';
import { chaptersOf } from './chapters.js';

const titled = (...slides: [title: string, seconds: number][]) => {
  let start = 0;
  return slides.map(([title, seconds]) => ({ title, start_ms: start, end_ms: (start += seconds * 1_000) }));
};
const shown = (...slides: [title: string, seconds: number][]) => chaptersOf(titled(...slides)).map(({ title, start_ms, end_ms }) => [title, start_ms / 1_000, end_ms / 1_000]);

describe('chaptersOf', () => {
  it('begins a chapter where the title changes', () => {
    expect(shown(['A', 10], ['B', 20], ['B', 5], ['C', 9])).toEqual([['A', 0, 10], ['B', 10, 35], ['C', 35, 44]]);
  });

  it('joins a chapter under five seconds to the one before, or after when it is the first', () => {
    expect(shown(['A', 2], ['B', 20], ['C', 3], ['D', 8], ['E', 1])).toEqual([['B', 0, 25], ['D', 25, 34]]);
    expect(shown(['A', 10], ['B', 1], ['A', 10])).toEqual([['A', 0, 21]]);
    expect(shown(['A', 1], ['B', 1], ['C', 9])).toEqual([['C', 0, 11]]);
    expect(shown(['A', 1])).toEqual([['A', 0, 1]]);
  });

  it('covers the whole video without gaps', () => {
    const chapters = chaptersOf(titled(['A', 3], ['B', 3], ['C', 3], ['D', 30], ['E', 4], ['F', 4]));
    expect(chapters[0]?.start_ms).toBe(0);
    expect(chapters.at(-1)?.end_ms).toBe(47_000);
    chapters.slice(1).forEach((chapter, index) => expect(chapter.start_ms).toBe(chapters[index]?.end_ms));
  });
});
