import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { WordTiming } from '@tecnocursos/contracts';
import { readWav, WavWriter } from '../audio/wav.js';
import { Recording, type SpokenPhrase } from './recording.js';

const RATE = 22_050;
const ms = (milliseconds: number): number => Math.round((milliseconds * RATE) / 1_000);
/** Without any silence in it: the worst that a cut can meet. */
const TONE = Int16Array.from({ length: ms(1_000) }, (_, index) => 12_000 * Math.sin(index / 15));

const phrase = (startMs: number, endMs: number, pauseMs: number, gain = 1): SpokenPhrase => ({
  words: [{ written: 'a', sentence: 0, gain }],
  spans: [{ start: ms(startMs), end: ms(endMs) }],
  stretch: { start: ms(startMs), end: ms(endMs) },
  pauseMs,
});

async function record(...batches: SpokenPhrase[][]): Promise<{ samples: Int16Array; words: WordTiming[]; durationMs: number }> {
  const folder = await mkdtemp(join(tmpdir(), 'recording-spec-'));
  try {
    const writer = await WavWriter.create(join(folder, 'a.wav'), RATE);
    const recording = new Recording(writer, RATE);
    for (const batch of batches) await recording.add(TONE, batch);
    await recording.finish();
    await writer.close();
    return { samples: readWav(await readFile(join(folder, 'a.wav'))).samples, words: recording.words, durationMs: recording.durationMs };
  } finally {
    await rm(folder, { recursive: true });
  }
}

const largestStep = (samples: Int16Array): number => samples.reduce((largest, sample, index) => Math.max(largest, Math.abs(sample - (samples[index - 1] ?? 0))), 0);

describe('Recording', () => {
  it('joins cuts through full sound without a click', async () => {
    const whole = await record([phrase(0, 1_000, 0)]);
    const joined = await record([phrase(3, 303, 0), phrase(303, 604, 200)], [phrase(604, 950, 100)]);
    expect(largestStep(joined.samples)).toBeLessThanOrEqual(largestStep(whole.samples) + 1);
  });

  it('times words where they are in the file, after pauses of the length asked', async () => {
    const { words, durationMs } = await record([phrase(100, 300, 500), phrase(400, 600, 0)], [phrase(600, 700, 350)]);
    expect(words.map((word) => [word.start_ms, word.end_ms])).toEqual([[100, 300], [800, 1_000], [1_000, 1_100]]);
    expect(durationMs).toBe(1_450);
  });

  it('makes words louder and softer without a click', async () => {
    const silenced = await record([{ ...phrase(0, 1_000, 0), words: [...phrase(0, 0, 0).words, ...phrase(0, 0, 0, 0).words], spans: [{ start: 0, end: ms(500) }, { start: ms(500), end: ms(1_000) }] }]);
    const loudest = (fromMs: number, toMs: number): number => silenced.samples.subarray(ms(fromMs), ms(toMs)).reduce((peak, sample) => Math.max(peak, Math.abs(sample)), 0);
    expect(loudest(200, 550)).toBeGreaterThan(5_000);
    expect(loudest(650, 1_000)).toBeLessThan(5);
    expect(largestStep(silenced.samples)).toBeLessThan(largestStep((await record([phrase(0, 1_000, 0)])).samples) * 1.2);
  });
});
