import { characterTimes } from '../../speech/character-times.js';
import { SPOKEN_RATE, type SpokenText } from '../../speech/speech-engine.js';
import type { PollyOrder } from './aws-polly.request.js';

const WORD = /[\p{L}\p{N}]+(?:['’.,-][\p{L}\p{N}]+)*/gu;

/** One JSON object a line, in the order of time; `start` and `end` are bytes of the input. */
export function speechMarks({ text, segments, markTypes }: PollyOrder, spoken: SpokenText): string {
  const lines: { time: number; line: object }[] = [];
  segments.forEach((segment, index) => {
    const sound = spoken.segments[index];
    if (!sound) return;
    if (markTypes.includes('sentence')) {
      lines.push({ time: ms(sound.soundStart / SPOKEN_RATE), line: { type: 'sentence', ...byteRange(text, segment.at, segment.text.length), value: segment.text } });
    }
    if (!markTypes.includes('word')) return;
    const characters = [...segment.text];
    const times = characterTimes(characters, sound);
    for (const match of segment.text.matchAll(WORD)) {
      const time = ms(times[[...segment.text.slice(0, match.index)].length] ?? 0);
      lines.push({ time, line: { type: 'word', ...byteRange(text, segment.at + match.index, match[0].length), value: match[0] } });
    }
  });
  return lines.map(({ time, line }) => `${JSON.stringify({ time, ...line })}\n`).join('');
}

const ms = (seconds: number): number => Math.round(seconds * 1_000);

const byteRange = (text: string, at: number, length: number): { start: number; end: number } => {
  const start = Buffer.byteLength(text.slice(0, at));
  return { start, end: start + Buffer.byteLength(text.slice(at, at + length)) };
};
