import { SPOKEN_RATE, type SpokenSegment } from './speech-engine.js';

/** What signs take in speech, in letters. */
const weightOf = (character: string): number => (/\p{L}/u.test(character) ? 1 : /\p{N}/u.test(character) ? 3 : /[.!?…]/.test(character) ? 5 : /[,;:]/.test(character) ? 3 : /\s/.test(character) ? 0.3 : 0.1);

/** When each character of a segment's text begins, in seconds; one more at the end of its sound. */
export function characterTimes(characters: readonly string[], { soundStart, soundEnd }: SpokenSegment): number[] {
  const lastLetter = characters.findLastIndex((character) => /[\p{L}\p{N}]/u.test(character));
  const weights = characters.map((character, index) => (index > lastLetter ? 0 : weightOf(character)));
  const total = weights.reduce((sum, weight) => sum + weight, 0) || 1;
  let passed = 0;
  const times = weights.map((weight) => {
    const time = soundStart + ((soundEnd - soundStart) * passed) / total;
    passed += weight;
    return time / SPOKEN_RATE;
  });
  return [...times, soundEnd / SPOKEN_RATE];
}
