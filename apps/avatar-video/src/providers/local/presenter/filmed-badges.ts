import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Resvg } from '@resvg/resvg-js';
import type { Theme } from '@tecnocursos/contracts';
import { runProgram } from '@tecnocursos/engines';
import sharp from 'sharp';
import { concurrently } from '../concurrently.js';
import { THEMES } from '../slides/themes.js';
import { FRAME_RATE, type SlideSpan } from '../timeline.js';
import { ENCODE_TIMEOUT_MS, QUIET, STREAM_COLOURS } from '../video/encoder-settings.js';
import { BADGE_DIAMETER, RING_WIDTH } from './badge.js';

const CLIPS_AT_A_TIME = 2;
/** Part of a landscape picture's height that the badge shows, from the top: vendors film people down to the waist. */
const SHOWN_HEIGHT = 0.75;
/** Part of what an upright picture is higher than wide that is left out at its top: heads stand lower there. */
const UPRIGHT_TOP = 0.35;

/** Clips that are shown in the corner of their slides, as files for ffmpeg. */
export interface FilmedBadges {
  /** List of ffmpeg's concat demuxer: square pictures, in time with their slides, from the first of these on. */
  readonly trackPath: string;
  /** Grey picture: what is seen of a square. */
  readonly maskPath: string;
  /** Picture with transparency that is laid over a square. */
  readonly ringPath: string;
  /** Where badges are seen, in order. */
  readonly spans: readonly SlideSpan[];
}

/** Clips by the index of their slide. */
export interface CornerClips {
  readonly clips: ReadonlyMap<number, string>;
  readonly spans: readonly SlideSpan[];
}

/** Cuts clips to what badges show of them. Undefined when there are none. Each is held in one small file, so that a lesson has one more input however many slides it has. */
export async function makeBadges({ clips, spans }: CornerClips, theme: Theme, folder: string, signal: AbortSignal): Promise<FilmedBadges | undefined> {
  if (clips.size === 0) return undefined;
  const placed = [...clips].sort(([one], [other]) => one - other).flatMap(([index, path]) => {
    const span = spans[index];
    return span ? [{ path, span }] : [];
  });
  const squares = await concurrently(placed, CLIPS_AT_A_TIME, ({ path, span }) => encodeSquare(path, span.frames, signal));
  const files = { trackPath: join(folder, 'badges.ffconcat'), maskPath: join(folder, 'badge-mask.png'), ringPath: join(folder, 'badge-ring.png') };
  const badgeSpans = placed.map(({ span }) => span);
  await Promise.all([
    writeFile(files.trackPath, trackOf(squares, badgeSpans)), writeFile(files.maskPath, await maskPicture()), writeFile(files.ringPath, await ringPicture(THEMES[theme].accent)),
  ]);
  return { ...files, spans: badgeSpans };
}

/** Head and shoulders of a clip, cut to the length of its slide, nearly without loss: they are encoded once more with the slides. */
async function encodeSquare(clipPath: string, frames: number, signal: AbortSignal): Promise<string> {
  const target = `${clipPath}.square.mkv`;
  const side = `'min(iw,ih*${SHOWN_HEIGHT})'`;
  const filter = `fps=${FRAME_RATE},crop=${side}:${side}:(iw-ow)/2:'if(gt(ih,iw),(ih-oh)*${UPRIGHT_TOP},0)',scale=${BADGE_DIAMETER}:${BADGE_DIAMETER}:out_color_matrix=bt709:out_range=tv,format=yuv420p,setsar=1`;
  await runProgram('ffmpeg', [
    ...QUIET, '-protocol_whitelist', 'file', '-i', clipPath, '-an', '-vf', filter, '-frames:v', String(frames),
    '-c:v', 'libx264', '-preset', 'ultrafast', '-crf', '12', '-threads', '1', ...STREAM_COLOURS, target,
  ], { signal, timeoutMs: ENCODE_TIMEOUT_MS });
  return target;
}

/** Each clip lasts until the next one begins: between its slide and that one nobody sees it. */
function trackOf(paths: readonly string[], spans: readonly SlideSpan[]): string {
  const entries = paths.flatMap((path, index) => {
    const { startFrame, frames } = spans[index] ?? { startFrame: 0, frames: 1 };
    const until = spans[index + 1]?.startFrame ?? startFrame + frames;
    return [`file '${path.replaceAll("'", String.raw`'\''`)}'`, `duration ${((until - startFrame) / FRAME_RATE).toFixed(3)}`];
  });
  return ['ffconcat version 1.0', ...entries, ''].join('\n');
}

const drawCircle = (attributes: string, radius: number): { width: number; height: number; pixels: Uint8Array } => {
  const centre = BADGE_DIAMETER / 2;
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${BADGE_DIAMETER}" height="${BADGE_DIAMETER}"><circle cx="${centre}" cy="${centre}" r="${radius}" ${attributes}/></svg>`;
  const { width, height, pixels } = new Resvg(svg, { font: { loadSystemFonts: false }, logLevel: 'off' }).render();
  return { width, height, pixels: Uint8Array.from(pixels) };
};

async function maskPicture(): Promise<Buffer> {
  const { width, height, pixels } = drawCircle('fill="#FFFFFF"', BADGE_DIAMETER / 2);
  const opacity = Uint8Array.from({ length: width * height }, (_, index) => pixels[index * 4 + 3] ?? 0);
  return sharp(opacity, { raw: { width, height, channels: 1 } }).toColourspace('b-w').png().toBuffer();
}

async function ringPicture(colour: string): Promise<Buffer> {
  const { width, height, pixels } = drawCircle(`fill="none" stroke="${colour}" stroke-width="${RING_WIDTH}"`, (BADGE_DIAMETER - RING_WIDTH) / 2);
  return sharp(pixels, { raw: { width, height, channels: 4 } }).png().toBuffer();
}
