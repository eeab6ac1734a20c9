import { createReadStream } from 'node:fs';
import { BYTES_PER_SAMPLE, SAMPLE_RATE } from '../video/wav.js';
import type { Mouth } from './mouths.js';
import type { Eyes } from './presenter-drawing.js';

/** A face lasts at least this long: two frames of the video. */
export const FACE_MS = 80;
export const SAMPLES_PER_FACE = (SAMPLE_RATE * FACE_MS) / 1_000;

export interface Face {
  readonly mouth: Mouth;
  readonly eyes: Eyes;
}

/** Loudness of a step, from silence to the loudest of the speech, and how often its wave crosses zero: much in `s` and `f`, little in `o` and `u`. */
export interface SoundStep {
  readonly loudness: number;
  readonly crossings: number;
}

/** Steps of bare 16-bit samples, one for each face, read little by little: a lesson of an hour has 160 MB of them. */
export async function readSoundSteps(samplesPath: string, signal: AbortSignal): Promise<SoundStep[]> {
  const bytes = SAMPLES_PER_FACE * BYTES_PER_SAMPLE;
  const steps: SoundStep[] = [];
  let rest: Buffer = Buffer.alloc(0);
  for await (const chunk of createReadStream(samplesPath, { highWaterMark: bytes * 64, signal })) {
    rest = rest.length === 0 ? (chunk as Buffer) : Buffer.concat([rest, chunk as Buffer]);
    let at = 0;
    for (; at + bytes <= rest.length; at += bytes) steps.push(stepOf(samplesIn(rest.subarray(at, at + bytes))));
    rest = rest.subarray(at);
  }
  if (rest.length > 1) steps.push(stepOf(samplesIn(rest)));
  return relative(steps);
}

/** As a view where the bytes are aligned, else as a copy. */
function samplesIn(bytes: Buffer): Int16Array {
  const aligned = bytes.byteOffset % 2 === 0 ? bytes : Buffer.from(bytes);
  return new Int16Array(aligned.buffer, aligned.byteOffset, aligned.length >> 1);
}

/** Loudness as a share of what is loud in this speech. */
export function relative(steps: readonly SoundStep[]): SoundStep[] {
  const sorted = steps.map(({ loudness }) => loudness).toSorted((left, right) => left - right);
  const loud = Math.max(sorted[Math.floor(sorted.length * 0.95)] ?? 0, QUIET_RMS);
  return steps.map(({ loudness, crossings }) => ({ loudness: Math.min(1, loudness / loud), crossings }));
}

/** Below it there is nothing but noise. */
const QUIET_RMS = 300;

export function stepOf(samples: Int16Array): SoundStep {
  let [sum, crossings] = [0, 0];
  for (let index = 0; index < samples.length; index++) {
    const sample = samples[index] ?? 0;
    sum += sample * sample;
    if (index > 0 && sample >= 0 !== (samples[index - 1] ?? 0) >= 0) crossings++;
  }
  return { loudness: Math.sqrt(sum / Math.max(1, samples.length)), crossings: crossings / Math.max(1, samples.length) };
}

const LEVELS: readonly [loudness: number, mouth: Mouth][] = [[0.62, 'open'], [0.4, 'middle'], [0.22, 'small'], [0.1, 'slit']];
const HISSING = 0.22;
const DARK = 0.045;

export function mouthOf({ loudness, crossings }: SoundStep): Mouth {
  if (loudness < 0.06) return 'closed';
  if (crossings > HISSING && loudness < 0.7) return 'teeth';
  if (crossings < DARK && loudness > 0.22 && loudness < 0.62) return 'round';
  return LEVELS.find(([from]) => loudness >= from)?.[1] ?? 'slit';
}

const BLINK_EVERY = [28, 41, 22, 57, 33, 47] as const;

/** Faces of a speech: mouths by its sound, and blinks that look as if by chance and are the same each time. */
export function facesOf(steps: readonly SoundStep[]): Face[] {
  const eyes: Eyes[] = steps.map(() => 'open');
  let at = BLINK_EVERY[0] as number;
  for (let blink = 1; at < steps.length; blink++) {
    eyes[at] = 'half';
    if (at + 1 < steps.length) eyes[at + 1] = 'shut';
    if (at + 2 < steps.length) eyes[at + 2] = 'half';
    at += BLINK_EVERY[blink % BLINK_EVERY.length] ?? 30;
  }
  return steps.map((step, index) => ({ mouth: mouthOf(step), eyes: eyes[index] ?? 'open' }));
}
