import type { WordTiming } from '@tecnocursos/contracts';

/** One slide of a lesson as it was spoken. `start_ms` and `end_ms` count from the start of the lesson, the words' times from the start of the slide. */
export interface NarratedSlide {
  title: string;
  start_ms: number;
  end_ms: number;
  words: readonly WordTiming[];
}

/** A written word with its punctuation, and when it is heard in the lesson. */
export interface SpokenWord {
  text: string;
  start_ms: number;
  end_ms: number;
  sentence: number;
}

const ONLY_CLOSING = /^[,.;:!?…)\]}»”’%]+$/u;
const ONLY_OPENING = /^[([{«“‘]+$/u;

/** The words of a slide in lesson time: inside the slide, never going back, free punctuation joined to its word. */
export function spokenWords(slide: NarratedSlide): SpokenWord[] {
  const words: SpokenWord[] = [];
  let opening: SpokenWord | undefined;
  for (const timing of slide.words) {
    const word = placeWord(timing, slide, words.at(-1)?.start_ms ?? slide.start_ms);
    if (word.text === '') continue;
    const previous = words.at(-1);
    if (ONLY_CLOSING.test(word.text) && previous !== undefined) {
      words[words.length - 1] = { ...previous, text: previous.text + word.text, end_ms: Math.max(previous.end_ms, word.end_ms) };
    } else if (ONLY_OPENING.test(word.text)) {
      opening = opening === undefined ? word : { ...opening, text: opening.text + word.text };
    } else {
      words.push(opening === undefined ? word : { ...word, text: opening.text + word.text, start_ms: opening.start_ms });
      opening = undefined;
    }
  }
  return words;
}

function placeWord(timing: WordTiming, slide: NarratedSlide, earliest: number): SpokenWord {
  const start = clamp(slide.start_ms + timing.start_ms, earliest, slide.end_ms);
  return {
    text: plainText(timing.text),
    start_ms: start,
    end_ms: clamp(slide.start_ms + timing.end_ms, start, slide.end_ms),
    sentence: timing.sentence,
  };
}

function clamp(value: number, low: number, high: number): number {
  return Math.round(Math.max(low, Math.min(value, high)));
}

/** One line without control characters, which WebVTT and JSON readers stumble over. */
export function plainText(text: string): string {
  return text.replace(/[\s\p{Cc}\p{Zl}\p{Zp}]+/gu, ' ').trim();
}
