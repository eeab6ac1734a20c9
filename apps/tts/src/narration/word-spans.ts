import type { WordMark } from '../ports/speech-synthesizer.port.js';
import type { SpeechWord } from '../ssml/speech-script.js';
import { estimateByPauses, type WordGroup } from './estimate-by-pauses.js';
import type { Span } from './span.js';
import { estimateWords } from './word-estimate.js';

export interface PlacedWords {
  /** One per word, in order. */
  readonly spans: readonly Span[];
  readonly timing: 'measured' | 'estimated';
}

export interface Clip {
  readonly sampleRate: number;
  /** From its first to its last sound. */
  readonly sounding: Span;
  /** Silences inside of it; asked for when nothing else is known. */
  readonly gaps: () => readonly Span[];
}

/** Where each word of a clip is heard: as the vendor told, and words that it did not tell of by their length between those that it did. */
export function placeWords(groups: readonly WordGroup[], marks: readonly WordMark[] | undefined, { sampleRate, sounding, gaps }: Clip): PlacedWords {
  const words = groups.flat();
  const inside = (position: number): number => Math.min(sounding.end, Math.max(sounding.start, position));
  const known = new Map<number, Span>();
  for (const { word, startMs, endMs } of marks ?? []) {
    const start = inside(Math.round((startMs * sampleRate) / 1_000));
    known.set(word, { start, end: Math.max(start, inside(Math.round((endMs * sampleRate) / 1_000))) });
  }
  if (known.size === 0) return { spans: estimateByPauses(groups, sounding, gaps()), timing: 'estimated' };
  return { spans: inOrder(fillGaps(words, known, sounding)), timing: known.size === words.length ? 'measured' : 'estimated' };
}

function fillGaps(words: readonly SpeechWord[], known: ReadonlyMap<number, Span>, sounding: Span): Span[] {
  const spans: Span[] = [];
  let from = sounding.start;
  for (let index = 0; index < words.length; index += 1) {
    const span = known.get(index);
    if (span) {
      spans.push(span);
      from = span.end;
      continue;
    }
    let next = index + 1;
    while (next < words.length && !known.has(next)) next += 1;
    const until = Math.max(from, known.get(next)?.start ?? sounding.end);
    spans.push(...estimateWords(words.slice(index, next), { start: from, end: until }));
    index = next - 1;
  }
  return spans;
}

/** Vendors' marks may overlap by some milliseconds; captions must not. */
function inOrder(spans: readonly Span[]): Span[] {
  let earliest = 0;
  return spans.map(({ start, end }) => {
    const from = Math.max(earliest, start);
    earliest = Math.max(from, end);
    return { start: from, end: earliest };
  });
}
