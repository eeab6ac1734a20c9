import type { Span } from './span.js';

const BLOCK_MS = 5;
/** Share of the loudest block under which a block counts as silence: 40 dB below it, which is where breath and coding noise lie. */
const RELATIVE_FLOOR = 0.01;
const ABSOLUTE_FLOOR = 12;

/** From the first to the last sound of a recording; undefined for silence. */
export function soundingSpan(samples: Int16Array, sampleRate: number): Span | undefined {
  const block = Math.max(1, Math.round((sampleRate * BLOCK_MS) / 1_000));
  const levels = blockLevels(samples, block);
  const loudest = levels.reduce((most, level) => Math.max(most, level), 0);
  const floor = Math.max(ABSOLUTE_FLOOR, loudest * RELATIVE_FLOOR);
  const first = levels.findIndex((level) => level > floor);
  if (first < 0) return undefined;
  const last = levels.findLastIndex((level) => level > floor);
  return { start: first * block, end: Math.min(samples.length, (last + 1) * block) };
}

function blockLevels(samples: Int16Array, block: number): Float32Array {
  const levels = new Float32Array(Math.ceil(samples.length / block));
  for (let index = 0; index < samples.length; index += 1) {
    const at = Math.floor(index / block);
    levels[at] = (levels[at] ?? 0) + Math.abs(samples[index] ?? 0) / block;
  }
  return levels;
}
