import type { SpeechSentence, SpeechWord } from '../ssml/speech-script.js';
import type { Span } from './span.js';
import { estimateWords } from './word-estimate.js';

/** Words between two places where a pause is expected: the end of a sentence, or a pause that the author asked for. */
export type WordGroup = readonly SpeechWord[];

/** A stretch that is so many times faster or slower than the whole says that a pause was mistaken for another. */
const PLAUSIBLE = 2.2;

export function groupsOf(sentences: readonly SpeechSentence[]): WordGroup[] {
  const groups: SpeechWord[][] = [];
  for (const { items } of sentences) {
    groups.push([]);
    for (const item of items) {
      if (item.kind === 'pause') groups.push([]);
      else groups.at(-1)?.push(item);
    }
  }
  return groups.filter((group) => group.length > 0);
}

/** Places groups of words between the longest silences, and words inside their group by their length. Where that makes no sense, all by their length. */
export function estimateByPauses(groups: readonly WordGroup[], sounding: Span, gaps: readonly Span[]): Span[] {
  const breaks = gaps.toSorted((a, b) => lengthOf(b) - lengthOf(a)).slice(0, groups.length - 1).toSorted((a, b) => a.start - b.start);
  const plain = (): Span[] => estimateWords(groups.flat(), sounding);
  if (breaks.length !== groups.length - 1) return plain();
  const spans = groups.map((_, index) => ({ start: breaks[index - 1]?.end ?? sounding.start, end: breaks[index]?.start ?? sounding.end }));
  const pace = spans.reduce((sum, span) => sum + lengthOf(span), 0) / lettersOf(groups.flat());
  const isPlausible = groups.every((group, index) => {
    const ratio = lengthOf(spans[index] ?? sounding) / lettersOf(group) / pace;
    return ratio < PLAUSIBLE && ratio > 1 / PLAUSIBLE;
  });
  return isPlausible ? groups.flatMap((group, index) => estimateWords(group, spans[index] ?? sounding)) : plain();
}

const lengthOf = ({ start, end }: Span): number => end - start;
const lettersOf = (words: WordGroup): number => words.reduce((sum, { spoken }) => sum + spoken.length + 1, 0);
