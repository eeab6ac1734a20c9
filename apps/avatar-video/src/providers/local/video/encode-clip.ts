import { readFile, rm } from 'node:fs/promises';
import { runProgram } from '@tecnocursos/engines';
import type { Canvas } from '../slides/canvas.js';
import { FRAME_RATE } from '../timeline.js';
import { ENCODE_TIMEOUT_MS, QUIET, STREAM_COLOURS, STREAM_ENCODER, X264 } from './encoder-settings.js';

/** A keyframe so often, in frames: a jump into a clip decodes no more than ten seconds. */
const KEYFRAME_DISTANCE = 250;

/**
 * A clip as pictures for the track of the stills: in their size, cut to `frames` or held at its last picture, without sound, by the very settings of the stills, so that
 * both can stand in one stream.
 */
export async function encodeClip(clipPath: string, canvas: Canvas, frames: number, signal: AbortSignal): Promise<Buffer> {
  const target = `${clipPath}.h264`;
  const { width, height } = canvas;
  const filter = [
    `fps=${FRAME_RATE}`, `scale=${width}:${height}:force_original_aspect_ratio=increase:out_color_matrix=bt709:out_range=tv`, `crop=${width}:${height}`, 'tpad=stop_mode=clone:stop=-1',
    'format=yuv420p', 'setsar=0', // stills do not say how wide their pixels are either
  ].join(',');
  await runProgram('ffmpeg', [
    ...QUIET, '-protocol_whitelist', 'file', '-i', clipPath, '-an', '-vf', filter, '-frames:v', String(frames), ...STREAM_ENCODER, '-x264-params', `${X264}:keyint=${KEYFRAME_DISTANCE}`,
    ...STREAM_COLOURS, '-f', 'h264', target,
  ], { signal, timeoutMs: ENCODE_TIMEOUT_MS });
  const stream = await readFile(target);
  await rm(target);
  return stream;
}
