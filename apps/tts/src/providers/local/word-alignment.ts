import type { Span } from '../../narration/span.js';
import { MARKING } from './espeak-text.js';

/** Samples per frame: 5 ms at 22,050 Hz. */
export const FRAME = 110;
/** Mean absolute sample value under which a frame counts as silence. */
const SILENCE = 10;
/** Frames that contradict the marking, as a share of those with sound, up to which an alignment is believed. */
const TOLERATED = 0.3;
/** What it costs to pass over a word, in contradicting frames: less than giving it one that is another's. */
const MUTE_WORD = 0.9;

/**
 * Finds where each word is heard. `plain` and `marked` are the same speech, but in `marked` word *i* has the amplitude
 * `MARKING[i % 3]`; so the ratio of both tells, frame by frame, which word sounds. The best monotone path is found by
 * dynamic programming. Null when both recordings do not run in step, or fit no order of the words.
 */
export function alignWords(plain: Int16Array, marked: Int16Array, wordCount: number): Span[] | null {
  if (plain.length !== marked.length || wordCount === 0) return null;
  const energies = frameEnergies(plain);
  const costs = markingCosts(energies, frameEnergies(marked));
  const { frameWords, contradiction } = bestPath(costs, energies.length, wordCount);
  const sounding = energies.reduce((count, energy) => count + (isSilent(energy) ? 0 : 1), 0);
  if (sounding === 0 || contradiction > sounding * TOLERATED) return null;
  return spansOf(frameWords, energies, wordCount);
}

/** First and last sounding sample of a recording, or null for silence. */
export function soundingSpan(samples: Int16Array): Span | null {
  const energies = frameEnergies(samples);
  const first = energies.findIndex((energy) => !isSilent(energy));
  if (first < 0) return null;
  const last = energies.findLastIndex((energy) => !isSilent(energy));
  return { start: first * FRAME, end: (last + 1) * FRAME };
}

const isSilent = (energy: number): boolean => energy < SILENCE;

function frameEnergies(samples: Int16Array): Float32Array {
  const energies = new Float32Array(Math.floor(samples.length / FRAME));
  for (let frame = 0; frame < energies.length; frame += 1) {
    let sum = 0;
    for (let index = frame * FRAME; index < (frame + 1) * FRAME; index += 1) {
      const sample = samples[index] ?? 0;
      sum += sample < 0 ? -sample : sample;
    }
    energies[frame] = sum / FRAME;
  }
  return energies;
}

/** For each frame and marking, 0 (fits) to 1 (contradicts). */
function markingCosts(plain: Float32Array, marked: Float32Array): Float32Array {
  const costs = new Float32Array(plain.length * MARKING.length);
  const expected = MARKING.map((amplitude) => Math.log(amplitude / 100));
  for (let frame = 0; frame < plain.length; frame += 1) {
    const energy = plain[frame] ?? 0;
    if (isSilent(energy)) continue;
    const ratio = Math.log(Math.max(0.01, (marked[frame] ?? 0) / energy));
    for (const [level, usual] of expected.entries()) {
      const distance = (ratio - usual) / 0.4;
      const squared = distance * distance;
      costs[frame * MARKING.length + level] = squared < 1 ? squared : 1;
    }
  }
  return costs;
}

/**
 * Cheapest way to give every frame a word, in order. `total[w]` is the cost of being in word w at the current frame; a new
 * word is reached from any earlier one, at `MUTE_WORD` for each word passed over.
 */
function bestPath(costs: Float32Array, frames: number, words: number): { frameWords: Int32Array; contradiction: number } {
  const total = Float64Array.from({ length: words }, (_, word) => word * MUTE_WORD);
  const origins = new Uint16Array(frames * words);
  const levels = MARKING.length;
  for (let frame = 0; frame < frames; frame += 1) {
    let reach = Infinity;
    let origin = 0;
    for (let word = 0; word < words; word += 1) {
      const stay = total[word] ?? Infinity;
      const moves = frame > 0 && reach < stay;
      origins[frame * words + word] = moves ? origin : word;
      total[word] = (moves ? reach : stay) + (costs[frame * levels + (word % levels)] ?? 0);
      reach += MUTE_WORD;
      if (stay <= reach) {
        reach = stay;
        origin = word;
      }
    }
  }
  return traceBack(total, origins, frames);
}

function traceBack(total: Float64Array, origins: Uint16Array, frames: number): { frameWords: Int32Array; contradiction: number } {
  const words = total.length;
  const ends = total.map((cost, word) => cost + (words - 1 - word) * MUTE_WORD);
  const contradiction = Math.min(...ends);
  let word = ends.indexOf(contradiction);
  const frameWords = new Int32Array(frames);
  for (let frame = frames - 1; frame >= 0; frame -= 1) {
    frameWords[frame] = word;
    word = origins[frame * words + word] ?? 0;
  }
  return { frameWords, contradiction };
}

function spansOf(frameWords: Int32Array, energies: Float32Array, wordCount: number): Span[] {
  const starts = new Array<number>(wordCount).fill(-1);
  const ends = new Array<number>(wordCount).fill(-1);
  frameWords.forEach((word, frame) => {
    if (isSilent(energies[frame] ?? 0)) return;
    if (starts[word] === -1) starts[word] = frame * FRAME;
    ends[word] = (frame + 1) * FRAME;
  });
  let previousEnd = Math.max(0, starts.find((start) => start >= 0) ?? 0);
  return starts.map((start, word) => {
    const span = start === -1 ? { start: previousEnd, end: previousEnd } : { start, end: ends[word] ?? start };
    previousEnd = span.end;
    return span;
  });
}
