import { runProgram } from '@tecnocursos/engines';
import type { Canvas } from '../slides/canvas.js';
import { FRAME_RATE, type SlideSpan } from '../timeline.js';
import { SAMPLE_RATE } from './wav.js';

const QUIET = ['-v', 'error', '-nostdin', '-y'];
const ENCODE_TIMEOUT_MS = 540_000;
/**
 * A still picture is sent again every two seconds: the video has a variable frame rate. Chromium plays and seeks such files exactly, up to
 * 4 s a frame tried; each frame of 1280×720 costs 2 ms, so that a constant rate of 25 would take thirty times as long.
 */
const REPEAT_FRAMES = 2 * FRAME_RATE;
/** Pictures between keyframes at the most: half a minute. */
const KEYFRAME_DISTANCE = 15;

/** Encodes bare samples as AAC-LC, some 62 kbit/s for speech. The fast coder at a constant quality takes a ninth of the time of the default at 64 kbit/s, and is nearer to the original. */
export async function encodeAudio(samplesPath: string, target: string, signal: AbortSignal): Promise<void> {
  await runProgram('ffmpeg', [
    ...QUIET, '-f', 's16le', '-ar', String(SAMPLE_RATE), '-ac', '1', '-i', samplesPath,
    '-c:a', 'aac', '-aac_coder', 'fast', '-q:a', '1', target,
  ], { signal, timeoutMs: ENCODE_TIMEOUT_MS });
}

/**
 * Encodes stills, which lie in `pixelsPath` one after the other, as a silent video in which each is shown for its span. Every still is
 * converted and encoded once; its repeats are references to the same picture, and cost almost nothing.
 */
export async function encodeStills(pixelsPath: string, canvas: Canvas, spans: readonly SlideSpan[], target: string, signal: AbortSignal): Promise<void> {
  const starts = startsWithin(spans);
  await runProgram('ffmpeg', [
    ...QUIET, '-f', 'rawvideo', '-pix_fmt', 'rgba', '-s', `${canvas.width}x${canvas.height}`, '-framerate', String(FRAME_RATE), '-i', pixelsPath,
    '-filter_complex', `[0:v]${stillsFilter(spans, starts)}[video]`, '-map', '[video]',
    '-fps_mode', 'passthrough', '-enc_time_base', `1:${FRAME_RATE}`,
    '-c:v', 'libx264', '-preset', 'veryfast', '-tune', 'stillimage', '-crf', '21', '-profile:v', 'high', '-bf', '0', '-refs', '1', '-threads', '2',
    '-g', String(KEYFRAME_DISTANCE), '-force_key_frames', starts.map((frame) => (frame / FRAME_RATE).toFixed(3)).join(','),
    '-colorspace', 'bt709', '-color_primaries', 'bt709', '-color_trc', 'bt709', '-color_range', 'tv',
    '-video_track_timescale', '90000', target,
  ], { signal, timeoutMs: ENCODE_TIMEOUT_MS });
}

function startsWithin(spans: readonly SlideSpan[]): number[] {
  const first = spans[0]?.startFrame ?? 0;
  return spans.map(({ startFrame }) => startFrame - first);
}

function stillsFilter(spans: readonly SlideSpan[], starts: readonly number[]): string {
  const total = spans.reduce((sum, { frames }) => sum + frames, 0);
  const times = [...starts, total].map((frame, index) => `eq(N,${index})*${frame}`).join('+');
  const sent = [...starts, total - 1].map((frame) => `eq(n,${frame})`).join('+');
  return [
    'scale=out_color_matrix=bt709:out_range=tv:flags=accurate_rnd+full_chroma_int',
    'format=yuv420p',
    // The last still once more, at the end: fps fills up to it, and the cut takes it away.
    'tpad=stop_mode=clone:stop=1',
    `setpts='${times}'`,
    `fps=${FRAME_RATE}:round=near`,
    `trim=end_frame=${total}`,
    // The last frame is always sent: the length of the video is its time and its own length.
    `select='gte(n-prev_selected_n,${REPEAT_FRAMES})+${sent}'`,
  ].join(',');
}
