import type { Span } from './span.js';

/** What a comma or a stop inside a phrase takes, and what every word takes besides its letters, in letters. */
const PAUSE_LETTERS = 4;
const WORD_LETTERS = 1.5;

/** Spreads words over the span in which they are known to sound, by the length of what is spoken. */
export function estimateWords(words: readonly { readonly spoken: string }[], within: Span): Span[] {
  const weights = words.map(({ spoken }, index) => {
    const letters = (spoken.match(/[\p{L}\p{N}]/gu)?.length ?? 0) + WORD_LETTERS;
    return { letters, pause: index < words.length - 1 && /[.,;:!?…]$/u.test(spoken) ? PAUSE_LETTERS : 0 };
  });
  const total = weights.reduce((sum, { letters, pause }) => sum + letters + pause, 0);
  const samplesPerLetter = (within.end - within.start) / Math.max(1, total);
  let position = within.start;
  return weights.map(({ letters, pause }) => {
    const start = Math.round(position);
    const end = Math.round(position + letters * samplesPerLetter);
    position += (letters + pause) * samplesPerLetter;
    return { start, end };
  });
}
