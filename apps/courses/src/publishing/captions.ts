import { breakCost, BREAK_COST, LINE_LENGTH, wrapInTwoLines } from './caption-breaks.js';
import { spokenWords, type NarratedSlide, type SpokenWord } from './narration.js';
import type { Cue } from './webvtt.js';

export const CAPTION_LIMITS = {
  lineLength: LINE_LENGTH,
  lines: 2,
  minimumMs: 1_000,
  maximumMs: 6_000,
  /** Reading speed that adults follow with ease in Portuguese and English. */
  charactersPerSecond: 20,
  /** Gaps shorter than this are closed, because a caption that blinks distracts. */
  closedGapMs: 250,
} as const;

/**
 * Captions timed to the words: at most two lines of 42 characters, one to six seconds, broken where sentences and clauses end.
 * A cue is shorter than a second, or faster than the reading speed, only where the next words leave no more time.
 */
export function makeCaptions(slides: readonly NarratedSlide[]): Cue[] {
  const drafts = slides.flatMap((slide) => draftSlide(spokenWords(slide).flatMap(splitLongWord), slide.end_ms));
  const end = Math.max(0, ...slides.map((slide) => slide.end_ms));
  return settleTimes(drafts, end).map((cue, index) => ({ id: String(index + 1), ...cue }));
}

type Draft = Omit<Cue, 'id'>;

/** The cheapest way to part a slide's words into cues (shortest path over the places between the words). */
function draftSlide(words: readonly SpokenWord[], slideEnd: number): Draft[] {
  const best: { cost: number; from: number; text: string }[] = [{ cost: 0, from: 0, text: '' }];
  for (let end = 1; end <= words.length; end += 1) {
    best[end] = { cost: Infinity, from: end - 1, text: words[end - 1]?.text ?? '' };
    for (let from = end - 1; from >= 0; from -= 1) {
      const part = words.slice(from, end);
      const wrapped = wrapInTwoLines(part);
      if (wrapped === null || (part.length > 1 && spanOf(part) > CAPTION_LIMITS.maximumMs)) break;
      const cost = (best[from]?.cost ?? Infinity) + wrapped.cost + cueCost(part, words[end], slideEnd);
      if (cost < (best[end]?.cost ?? Infinity)) best[end] = { cost, from, text: wrapped.lines.join('\n') };
    }
  }
  return followBack(words, best);
}

function followBack(words: readonly SpokenWord[], best: readonly { from: number; text: string }[]): Draft[] {
  const drafts: Draft[] = [];
  let end = words.length;
  while (end > 0) {
    const step = best[end];
    const first = words[step?.from ?? 0];
    const last = words[end - 1];
    if (step === undefined || first === undefined || last === undefined) break;
    drafts.unshift({ start_ms: first.start_ms, end_ms: last.end_ms, text: step.text });
    end = step.from;
  }
  return drafts;
}

const CUE_COST = 5;
const SENTENCE_INSIDE_COST = 6;
const PAUSE_INSIDE_COST = 18;
const PAUSE_MS = 600;
const TOO_SHORT_COST = 45;

function cueCost(part: readonly SpokenWord[], next: SpokenWord | undefined, slideEnd: number): number {
  const first = part[0];
  const last = part.at(-1);
  if (first === undefined || last === undefined) return Infinity;
  const time = Math.max(1, (next?.start_ms ?? slideEnd) - first.start_ms);
  const speed = (lengthOf(part) * 1_000) / time;
  return (
    CUE_COST +
    breakCost(last, next) +
    (time < CAPTION_LIMITS.minimumMs ? TOO_SHORT_COST : 0) +
    Math.max(0, speed - CAPTION_LIMITS.charactersPerSecond) * 2 +
    insideCost(part)
  );
}

function insideCost(part: readonly SpokenWord[]): number {
  let cost = 0;
  for (const [index, word] of part.entries()) {
    const next = part[index + 1];
    if (next === undefined) break;
    if (breakCost(word, next) === BREAK_COST.sentence) cost += SENTENCE_INSIDE_COST;
    if (next.start_ms - word.end_ms > PAUSE_MS) cost += PAUSE_INSIDE_COST;
  }
  return cost;
}

/** Lets short cues linger while nobody speaks, and keeps every cue out of the next one's time. */
function settleTimes(drafts: readonly Draft[], lessonEnd: number): Draft[] {
  const settled: Draft[] = [];
  for (const [index, draft] of drafts.entries()) {
    const start = Math.max(draft.start_ms, settled.at(-1)?.end_ms ?? 0);
    const next = drafts[index + 1]?.start_ms ?? Math.max(lessonEnd, draft.end_ms);
    const readable = Math.ceil((draft.text.length * 1_000) / CAPTION_LIMITS.charactersPerSecond);
    const wanted = Math.max(draft.end_ms, start + CAPTION_LIMITS.minimumMs, start + readable);
    const closed = next - wanted < CAPTION_LIMITS.closedGapMs ? next : wanted;
    const end = Math.max(start + 1, Math.min(closed, start + CAPTION_LIMITS.maximumMs));
    settled.push({ start_ms: start, end_ms: end, text: draft.text });
  }
  return settled;
}

/** A word that no line holds (an address, a formula) is cut; its time is shared out by length. */
function splitLongWord(word: SpokenWord): SpokenWord[] {
  if (word.text.length <= LINE_LENGTH) return [word];
  const pieces = word.text.split(' ').flatMap((piece) => piece.match(new RegExp(`.{1,${LINE_LENGTH}}`, 'gu')) ?? []);
  const share = (word.end_ms - word.start_ms) / pieces.length;
  return pieces.map((text, index) => ({
    ...word,
    text,
    start_ms: Math.round(word.start_ms + share * index),
    end_ms: Math.round(word.start_ms + share * (index + 1)),
  }));
}

function spanOf(part: readonly SpokenWord[]): number {
  return (part.at(-1)?.end_ms ?? 0) - (part[0]?.start_ms ?? 0);
}

function lengthOf(part: readonly SpokenWord[]): number {
  return part.reduce((sum, word) => sum + word.text.length + 1, -1);
}
