import { appendFile, readFile, rm } from 'node:fs/promises';
import { AppError } from '@tecnocursos/contracts';
import { runProgram } from '@tecnocursos/engines';
import type { Canvas } from '../slides/canvas.js';
import { FRAME_RATE } from '../timeline.js';
import { extendStills } from './still-stream.js';
import { SAMPLE_RATE } from './wav.js';

const QUIET = ['-v', 'error', '-nostdin', '-y'];
const ENCODE_TIMEOUT_MS = 540_000;
/** Encodes bare samples as AAC-LC, some 62 kbit/s for speech. The fast coder at a constant quality takes a ninth of the time of the default at 64 kbit/s, and is nearer to the original. */
export async function encodeAudio(samplesPath: string, target: string, signal: AbortSignal): Promise<void> {
  await runProgram('ffmpeg', [
    ...QUIET, '-f', 's16le', '-ar', String(SAMPLE_RATE), '-ac', '1', '-i', samplesPath,
    '-c:a', 'aac', '-aac_coder', 'fast', '-q:a', '1', target,
  ], { signal, timeoutMs: ENCODE_TIMEOUT_MS });
}

/**
 * Encodes stills, which lie in `pixelsPath` one after the other, as a stream of one keyframe each, and adds them to `streamPath`, each shown
 * for its number of frames. CAVLC, one reference and no weights are what `extendStills` counts on.
 */
export async function encodeStills(pixelsPath: string, canvas: Canvas, frameCounts: readonly number[], streamPath: string, signal: AbortSignal): Promise<void> {
  const keyframesPath = `${pixelsPath}.h264`;
  await runProgram('ffmpeg', [
    ...QUIET, '-f', 'rawvideo', '-pix_fmt', 'rgba', '-s', `${canvas.width}x${canvas.height}`, '-framerate', String(FRAME_RATE), '-i', pixelsPath,
    '-vf', 'scale=out_color_matrix=bt709:out_range=tv:flags=accurate_rnd+full_chroma_int,format=yuv420p',
    '-c:v', 'libx264', '-preset', 'veryfast', '-tune', 'stillimage', '-crf', '20', '-profile:v', 'high', '-level', '3.1', '-threads', '2',
    '-forced-idr', '1', '-force_key_frames', 'expr:1',
    '-x264-params', 'cabac=0:bframes=0:ref=1:weightp=0:rc-lookahead=0:sync-lookahead=0:mbtree=0:scenecut=0:slices=1:repeat-headers=1',
    '-colorspace', 'bt709', '-color_primaries', 'bt709', '-color_trc', 'bt709', '-color_range', 'tv', '-f', 'h264', keyframesPath,
  ], { signal, timeoutMs: ENCODE_TIMEOUT_MS });
  await appendFile(streamPath, extended(await readFile(keyframesPath), frameCounts));
  await rm(keyframesPath);
}

function extended(keyframes: Buffer, frameCounts: readonly number[]): Buffer {
  try {
    return Buffer.concat(extendStills(keyframes, frameCounts));
  } catch (cause) {
    throw new AppError('engine_failed', 'The video encoder wrote what cannot be used: use an ffmpeg with libx264.', { cause });
  }
}
