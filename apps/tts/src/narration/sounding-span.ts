import type { Span } from './span.js';

const BLOCK_MS = 5;
/** Share of the loudest block under which a block counts as silence: 40 dB below it, which is where breath and coding noise lie. */
const RELATIVE_FLOOR = 0.01;
const ABSOLUTE_FLOOR = 12;

/** From the first to the last sound of a recording; undefined for silence. */
export function soundingSpan(samples: Int16Array, sampleRate: number): Span | undefined {
  const { isSilent, blocks, block } = blocksOf(samples, sampleRate);
  const first = blocks.findIndex((level) => !isSilent(level));
  if (first < 0) return undefined;
  const last = blocks.findLastIndex((level) => !isSilent(level));
  return { start: first * block, end: Math.min(samples.length, (last + 1) * block) };
}

/** Silences between sounds that last `minMs` at least, in their order. */
export function silentGaps(samples: Int16Array, sampleRate: number, minMs: number): Span[] {
  const { isSilent, blocks, block } = blocksOf(samples, sampleRate);
  const gaps: Span[] = [];
  let lastSound: number | undefined;
  blocks.forEach((level, index) => {
    if (isSilent(level)) return;
    if (lastSound !== undefined && (index - lastSound - 1) * BLOCK_MS >= minMs) gaps.push({ start: (lastSound + 1) * block, end: index * block });
    lastSound = index;
  });
  return gaps;
}

interface Blocks {
  /** Samples of one block. */
  readonly block: number;
  readonly blocks: Float32Array;
  readonly isSilent: (level: number) => boolean;
}

function blocksOf(samples: Int16Array, sampleRate: number): Blocks {
  const block = Math.max(1, Math.round((sampleRate * BLOCK_MS) / 1_000));
  const blocks = blockLevels(samples, block);
  const floor = Math.max(ABSOLUTE_FLOOR, blocks.reduce((most, level) => Math.max(most, level), 0) * RELATIVE_FLOOR);
  return { block, blocks, isSilent: (level) => level <= floor };
}

function blockLevels(samples: Int16Array, block: number): Float32Array {
  const levels = new Float32Array(Math.ceil(samples.length / block));
  for (let at = 0; at < levels.length; at += 1) {
    const end = Math.min(samples.length, (at + 1) * block);
    let sum = 0;
    for (let index = at * block; index < end; index += 1) {
      const sample = samples[index] ?? 0;
      sum += sample < 0 ? -sample : sample;
    }
    levels[at] = sum / block;
  }
  return levels;
}
