import { describe, expect, it } from 'vitest';
import { MARKING } from './espeak-text.js';
import { alignWords, FRAME, soundingSpan } from './word-alignment.js';
import { estimateWords } from '../../narration/word-estimate.js';

/** Noise-like frames; `words` gives the index of the word in each frame, -1 for silence. */
function recordings(words: readonly number[]): { plain: Int16Array; marked: Int16Array } {
  const sample = (index: number): number => (words[Math.floor(index / FRAME)] === -1 ? 0 : 8_000 * Math.sin(index * 1.7));
  const plain = Int16Array.from({ length: words.length * FRAME }, (_, index) => sample(index));
  const marked = plain.map((value, index) => value * ((MARKING[(words[Math.floor(index / FRAME)] ?? 0) % MARKING.length] ?? 100) / 100));
  return { plain, marked };
}

const frames = (...runs: [word: number, count: number][]): number[] => runs.flatMap(([word, count]) => new Array<number>(count).fill(word));
const align = (words: number[], count: number): [number, number][] | undefined => {
  const { plain, marked } = recordings(words);
  return alignWords(plain, marked, count)?.map(({ start, end }) => [start / FRAME, end / FRAME]);
};

describe('alignWords', () => {
  it('finds words and leaves the silence between them out', () => {
    expect(align(frames([-1, 5], [0, 20], [1, 10], [-1, 8], [2, 30], [3, 12], [-1, 6]), 4)).toEqual([[5, 25], [25, 35], [43, 73], [73, 85]]);
  });

  it('gives a word without sound no time', () => {
    expect(align(frames([0, 20], [2, 20], [3, 20]), 4)).toEqual([[0, 20], [20, 20], [20, 40], [40, 60]]);
    expect(align(frames([0, 20], [1, 20]), 3)).toEqual([[0, 20], [20, 40], [40, 40]]);
    expect(align(frames([1, 20]), 2)).toEqual([[0, 0], [0, 20]]);
  });

  it('is not misled by a few contradicting frames', () => {
    expect(align(frames([0, 20], [1, 2], [0, 10], [1, 20], [0, 1], [1, 9]), 2)).toEqual([[0, 32], [32, 62]]);
  });

  it('refuses recordings that do not run in step or have no order of words', () => {
    const { plain, marked } = recordings(frames([0, 20], [1, 20]));
    expect(alignWords(plain, marked.subarray(1), 2)).toBeNull();
    expect(alignWords(plain, plain, 2)).not.toBeNull();
    expect(align(frames([2, 30], [1, 30], [0, 30], [2, 30], [1, 30], [0, 30]), 3)).toBeUndefined();
    expect(alignWords(new Int16Array(FRAME * 9), new Int16Array(FRAME * 9), 1)).toBeNull();
  });
});

describe('estimates', () => {
  const word = (spoken: string) => ({ written: spoken, spoken, sentence: 0, wordsPerMinute: 155, pitch: 50, gain: 1 });

  it('fills the sounding span in proportion to what is spoken', () => {
    const [first, second, third] = estimateWords([word('a,'), word('fotossíntese'), word('ali')], { start: 100, end: 10_100 });
    expect(first?.start).toBe(100);
    expect(third?.end).toBe(10_100);
    expect(second?.start).toBeGreaterThan(first?.end ?? Infinity);
    expect((second?.end ?? 0) - (second?.start ?? 0)).toBeGreaterThan(2 * ((third?.end ?? 0) - (third?.start ?? 0)));
  });

  it('knows where sound begins and ends', () => {
    expect(soundingSpan(recordings(frames([-1, 3], [0, 4], [-1, 2])).plain)).toEqual({ start: 3 * FRAME, end: 7 * FRAME });
    expect(soundingSpan(new Int16Array(1_000))).toBeNull();
  });
});
