import { createReadStream } from 'node:fs';
import { open, type FileHandle } from 'node:fs/promises';
import { AppError } from '@tecnocursos/contracts';
import { runProgram } from '@tecnocursos/engines';
import { SAMPLES_PER_FRAME, type SlideSpan } from '../timeline.js';
import { BYTES_PER_SAMPLE, findSamples, SAMPLE_RATE, type WavSamples } from './wav.js';

/** The narration of one slide as a file of ours. */
export interface Narration extends WavSamples {
  path: string;
}

/**
 * Opens the narration of a slide; another sound format than ours is converted first.
 * @throws AppError `engine_failed` when the file holds no sound.
 */
export async function openNarration(path: string, page: number, signal: AbortSignal): Promise<Narration> {
  const found = await findSamples(path);
  if (found) return { path, ...found };
  const converted = `${path}.converted.wav`;
  try {
    await runProgram('ffmpeg', ['-v', 'error', '-nostdin', '-y', '-protocol_whitelist', 'file', '-i', path, '-vn', '-ac', '1', '-ar', String(SAMPLE_RATE), '-c:a', 'pcm_s16le', '-f', 'wav', converted], { signal });
  } catch (cause) {
    if (cause instanceof AppError && cause.code !== 'engine_failed') throw cause;
    throw unreadable(page, cause);
  }
  const samples = await findSamples(converted);
  if (!samples) throw unreadable(page, undefined);
  return { path: converted, ...samples };
}

const unreadable = (page: number, cause: unknown): AppError => new AppError('engine_failed', `The narration of slide ${page} is not a sound file that can be read.`, { cause });

/** Writes the narrations one after the other, each padded with silence to the length of its slide, as bare samples. */
export async function joinNarrations(narrations: readonly Narration[], spans: readonly SlideSpan[], target: string, signal: AbortSignal): Promise<void> {
  const file = await open(target, 'w');
  try {
    for (const [index, narration] of narrations.entries()) {
      const span = spans[index];
      if (!span) continue;
      await append(file, narration, signal);
      const silence = span.frames * SAMPLES_PER_FRAME - narration.samples;
      await file.write(Buffer.alloc(silence * BYTES_PER_SAMPLE));
    }
  } finally {
    await file.close();
  }
}

async function append(target: FileHandle, { path, start, samples }: Narration, signal: AbortSignal): Promise<void> {
  const stream = createReadStream(path, { start, end: start + samples * BYTES_PER_SAMPLE - 1, highWaterMark: 1 << 18, signal });
  for await (const chunk of stream) await target.write(chunk as Buffer);
}
