import { appendFile, readFile, rm } from 'node:fs/promises';
import { AppError } from '@tecnocursos/contracts';
import { runProgram } from '@tecnocursos/engines';
import type { Canvas } from '../slides/canvas.js';
import { FRAME_RATE } from '../timeline.js';
import { ENCODE_TIMEOUT_MS, QUIET, STREAM_COLOURS, STREAM_ENCODER, X264 } from './encoder-settings.js';
import { extendStills } from './still-stream.js';
import { SAMPLE_RATE } from './wav.js';

/** Encodes bare samples as AAC-LC, some 62 kbit/s for speech. The fast coder at a constant quality takes a ninth of the time of the default at 64 kbit/s, and is nearer to the original. */
export async function encodeAudio(samplesPath: string, target: string, signal: AbortSignal): Promise<void> {
  await runProgram('ffmpeg', [
    ...QUIET, '-f', 's16le', '-ar', String(SAMPLE_RATE), '-ac', '1', '-i', samplesPath,
    '-c:a', 'aac', '-aac_coder', 'fast', '-q:a', '1', target,
  ], { signal, timeoutMs: ENCODE_TIMEOUT_MS });
}

/**
 * Encodes stills, which lie in `pixelsPath` one after the other, as a stream of one keyframe each, and adds them to `streamPath`, each shown
 * for its number of frames; a still that has a clip is replaced by its pictures.
 */
export async function encodeStills(
  pixelsPath: string, canvas: Canvas, frameCounts: readonly number[], streamPath: string, signal: AbortSignal, clips: ReadonlyMap<number, Buffer> = new Map(),
): Promise<void> {
  const keyframesPath = `${pixelsPath}.h264`;
  await runProgram('ffmpeg', [
    ...QUIET, '-f', 'rawvideo', '-pix_fmt', 'rgba', '-s', `${canvas.width}x${canvas.height}`, '-framerate', String(FRAME_RATE), '-i', pixelsPath,
    '-vf', 'scale=out_color_matrix=bt709:out_range=tv:flags=accurate_rnd+full_chroma_int,format=yuv420p',
    ...STREAM_ENCODER, '-force_key_frames', 'expr:1', '-x264-params', X264, ...STREAM_COLOURS, '-f', 'h264', keyframesPath,
  ], { signal, timeoutMs: ENCODE_TIMEOUT_MS });
  await appendFile(streamPath, extended(await readFile(keyframesPath), frameCounts, clips));
  await rm(keyframesPath);
}

function extended(keyframes: Buffer, frameCounts: readonly number[], clips: ReadonlyMap<number, Buffer>): Buffer {
  try {
    return Buffer.concat(extendStills(keyframes, frameCounts, clips));
  } catch (cause) {
    throw new AppError('engine_failed', 'The video encoder wrote what cannot be used: use an ffmpeg with libx264.', { cause });
  }
}
