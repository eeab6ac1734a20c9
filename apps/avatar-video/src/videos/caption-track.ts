import { z } from 'zod';

/** Words as the narration's service times them. */
export const SpokenWordsSchema = z.array(z.looseObject({ text: z.string(), start_ms: z.number(), end_ms: z.number(), sentence: z.int() }));
export type SpokenWords = z.infer<typeof SpokenWordsSchema>;

interface Cue {
  readonly startMs: number;
  readonly endMs: number;
  readonly text: string;
}

/** Two lines of 42 characters, as captions usually have. */
const CUE_LETTERS = 84;

/** WebVTT of a text whose words are timed. */
export function captionsOfWords(words: SpokenWords): string {
  const cues: Cue[] = [];
  let open: SpokenWords = [];
  const close = (): void => {
    const [first, last] = [open[0], open.at(-1)];
    if (first && last) cues.push({ startMs: first.start_ms, endMs: last.end_ms, text: open.map(({ text }) => text).join(' ') });
    open = [];
  };
  for (const word of words) {
    const letters = open.reduce((sum, { text }) => sum + text.length + 1, 0);
    if (open.length > 0 && (open[0]?.sentence !== word.sentence || letters + word.text.length > CUE_LETTERS)) close();
    open.push(word);
  }
  close();
  return webVtt(cues);
}

/** WebVTT of a text whose length alone is known: each piece lasts as long as its letters do. */
export function captionsOfText(text: string, durationMs: number): string {
  const pieces = text.split(/(?<=[.!?…])\s+|\n+/u).flatMap(shortened).filter((piece) => piece !== '');
  const total = pieces.reduce((sum, piece) => sum + piece.length, 0);
  let letters = 0;
  return webVtt(pieces.map((piece) => {
    const startMs = Math.round((letters / total) * durationMs);
    letters += piece.length;
    return { startMs, endMs: Math.round((letters / total) * durationMs), text: piece };
  }));
}

function shortened(sentence: string): string[] {
  const lines: string[] = [];
  for (const word of sentence.trim().split(/\s+/)) {
    const last = lines.at(-1);
    if (last !== undefined && last.length + word.length < CUE_LETTERS) lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(word);
  }
  return lines;
}

/** W3C WebVTT: `-->`, `&` and `<` have a meaning of their own. */
const webVtt = (cues: readonly Cue[]): string =>
  ['WEBVTT', ...cues.map(({ startMs, endMs, text }) => `${clockTime(startMs)} --> ${clockTime(endMs)}\n${text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/-->/g, '→')}`), ''].join('\n\n');

function clockTime(milliseconds: number): string {
  const [hours, minutes, seconds] = [Math.floor(milliseconds / 3_600_000), Math.floor(milliseconds / 60_000) % 60, (milliseconds % 60_000) / 1_000];
  return `${String(hours).padStart(2, '0')}:${String(minutes).padStart(2, '0')}:${seconds.toFixed(3).padStart(6, '0')}`;
}
