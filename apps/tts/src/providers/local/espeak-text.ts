import type { PlannedWord } from './phrase-plan.js';

/** Begins espeak-ng's inline commands, such as `\u000160A` for amplitude 60. */
const COMMAND = '\u0001';

/** Amplitudes, in per cent, that one word after the other is marked with; neighbours differ clearly, also across one mute word. */
export const MARKING = [100, 60, 35] as const;
/** The same commands without effect: only with them in it has the audio the timing of the marked one, sample by sample. */
export const NO_MARKING = [100] as const;

/**
 * The words as espeak-ng reads them from its standard input. It interprets control characters and `[[phonemes]]`, so neither
 * is let through; SSML stays switched off. Every word begins with a command for its amplitude.
 */
export function espeakText(words: readonly PlannedWord[], amplitudes: readonly number[]): string {
  let speed = words[0]?.wordsPerMinute;
  let pitch = words[0]?.pitch;
  const parts = words.map((word, index) => {
    const changes = `${word.wordsPerMinute === speed ? '' : `${COMMAND}${word.wordsPerMinute}S `}${word.pitch === pitch ? '' : `${COMMAND}${word.pitch}P `}`;
    speed = word.wordsPerMinute;
    pitch = word.pitch;
    return `${changes}${COMMAND}${amplitudes[index % amplitudes.length]}A ${harmless(word.spoken)}`;
  });
  return `${parts.join(' ')}\n`;
}

const harmless = (spoken: string): string => spoken.replaceAll(/[\p{Cc}[\]]+/gu, ' ').trim();
