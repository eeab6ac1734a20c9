import { join } from 'node:path';
import type { PresenterId, Theme } from '@tecnocursos/contracts';
import { runProgram } from '@tecnocursos/engines';
import type { Canvas } from '../slides/canvas.js';
import { THEMES } from '../slides/themes.js';
import { FRAME_RATE, type SlideSpan } from '../timeline.js';
import { BADGE_DIAMETER, badgeCentre, RING_WIDTH } from './badge.js';
import type { FilmedBadges } from './filmed-badges.js';
import { facesOf, readSoundSteps } from './lip-sync.js';
import { SpriteSet, type SpriteFrame } from './sprites.js';
import { writeSpriteTrack } from './sprite-track.js';

/** What is laid over the slides of a lesson after they are drawn. */
export interface Overlay {
  readonly presenter?: PresenterId;
  readonly fade: 'none' | 'fade';
  readonly theme: Theme;
}

export interface OverlaySource {
  /** H.264 byte stream of the slides. */
  readonly streamPath: string;
  /** Bare samples of the whole narration. */
  readonly samplesPath: string;
  readonly spans: readonly SlideSpan[];
  /** Slides with room for a presenter in full size. */
  readonly covers: readonly boolean[];
  /** Slides that have a clip: nobody else stands there. */
  readonly filmed: readonly boolean[];
  readonly canvas: Canvas;
  /** Clips in the corner of slides. */
  readonly badges: FilmedBadges | undefined;
}

/** Sprites are as large as the presenter on a cover, and hold the badge of content slides in the lower right corner. */
const SPRITE = { width: 460, height: 620 } as const;
const BUST_HEIGHT = { landscape: 560, portrait: 430 } as const;
const FADE_S = 0.4;
const ENCODE_TIMEOUT_MS = 540_000;
/** Pixels that the presenter moves up and down, as breathing people do. */
const BREATH = 2;

/** Lays presenters, drawn and filmed, and a beginning out of the dark, over the slides, and encodes the whole again. Returns the new byte stream. */
export async function encodeOverlay(source: OverlaySource, overlay: Overlay, folder: string, signal: AbortSignal): Promise<string> {
  const target = join(folder, 'overlaid.h264');
  const track = join(folder, 'presenter.ffconcat');
  if (overlay.presenter !== undefined) await writeTrack(source, overlay.presenter, overlay.theme, { folder, track }, signal);
  const listed = (path: string): string[] => ['-f', 'concat', '-safe', '0', '-i', path];
  const { badges } = source;
  const inputs = [
    ...(overlay.presenter === undefined ? [] : listed(track)), ...(badges ? [...listed(badges.trackPath), '-i', badges.ringPath, '-i', badges.maskPath] : []),
  ];
  await runProgram('ffmpeg', [
    '-v', 'error', '-nostdin', '-y', '-f', 'h264', '-framerate', String(FRAME_RATE), '-i', source.streamPath, ...inputs,
    '-filter_complex', filters(source, overlay), '-map', '[out]', '-frames:v', String(frameCount(source.spans)),
    '-c:v', 'libx264', '-preset', 'superfast', '-crf', '21', '-profile:v', 'high', '-level', '3.1', '-bf', '0', '-g', '250', '-pix_fmt', 'yuv420p',
    '-force_key_frames', source.spans.map(({ startFrame }) => (startFrame / FRAME_RATE).toFixed(3)).join(','),
    '-colorspace', 'bt709', '-color_primaries', 'bt709', '-color_trc', 'bt709', '-color_range', 'tv', '-f', 'h264', target,
  ], { signal, timeoutMs: ENCODE_TIMEOUT_MS });
  return target;
}

/** The track of the presenter may last a frame longer than the slides. */
const frameCount = (spans: readonly SlideSpan[]): number => spans.reduce((end, { startFrame, frames }) => Math.max(end, startFrame + frames), 0);

/** Inputs in their order: the slides, the drawn presenter, and of the filmed one the squares, the ring and the mask. */
function filters({ spans, filmed, canvas, badges }: OverlaySource, { presenter, fade }: Overlay): string {
  const chains: string[] = [];
  let shown = '[0:v]';
  if (presenter !== undefined) {
    chains.push(...drawnChains(shown, canvas, spans.filter((_, index) => filmed[index])));
    shown = '[presented]';
  }
  if (badges) {
    chains.push(...badgeChains(shown, presenter === undefined ? 1 : 2, badges, canvas));
    shown = '[badged]';
  }
  return [...chains, `${shown}${[...fades(spans, fade), 'format=yuv420p'].join(',')}[out]`].join(';');
}

function fades(spans: readonly SlideSpan[], fade: Overlay['fade']): string[] {
  return fade === 'none' ? [] : spans.map(({ startFrame }) => {
    const start = startFrame / FRAME_RATE;
    return `fade=t=in:st=${start.toFixed(3)}:d=${FADE_S}:enable='between(t,${start.toFixed(3)},${(start + FADE_S).toFixed(3)})'`;
  });
}

function drawnChains(base: string, canvas: Canvas, hidden: readonly SlideSpan[]): string[] {
  const x = canvas.portrait ? (canvas.width - SPRITE.width) / 2 : canvas.width - SPRITE.width;
  const enable = hidden.length === 0 ? '' : `:enable='not(${during(hidden)})'`;
  return [
    `[1:v]fps=${FRAME_RATE},${COLOURS}[presenter]`, `${base}[presenter]overlay=x=${x}:y=H-h+${BREATH}+${BREATH}*sin(t*1.7):eof_action=repeat${enable}[presented]`,
  ];
}

/** A clip that ends before its slide keeps its last picture: an overlay shows what came last. */
function badgeChains(base: string, input: number, { spans }: FilmedBadges, canvas: Canvas): string[] {
  const { x, y } = badgeCentre(canvas);
  const first = spans[0]?.startFrame ?? 0;
  return [
    `[${input}:v]fps=${FRAME_RATE},setpts=PTS+${first},${COLOURS}[squares]`, `[${input + 1}:v]${COLOURS}[ring]`, `[squares][ring]overlay=eof_action=repeat,format=yuva420p[ringed]`,
    `[ringed][${input + 2}:v]alphamerge[badge]`,
    `${base}[badge]overlay=x=${x - BADGE_DIAMETER / 2}:y=${y - BADGE_DIAMETER / 2}:eof_action=repeat:enable='${during(spans)}'[badged]`,
  ];
}

const COLOURS = 'scale=out_color_matrix=bt709:out_range=tv,format=yuva420p';

/** Frames are counted from 0. */
const during = (spans: readonly SlideSpan[]): string => spans.map(({ startFrame, frames }) => `between(n,${startFrame},${startFrame + frames - 1})`).join('+');

async function writeTrack({ samplesPath, spans, covers, canvas }: OverlaySource, presenter: PresenterId, theme: Theme, files: { folder: string; track: string }, signal: AbortSignal): Promise<void> {
  const faces = facesOf(await readSoundSteps(samplesPath, signal));
  const large = new SpriteSet(presenter, { ...SPRITE, pose: { type: 'bust', height: canvas.portrait ? BUST_HEIGHT.portrait : BUST_HEIGHT.landscape } }, files.folder, 'bust');
  const small = new SpriteSet(presenter, badgeFrame(canvas, theme), files.folder, 'badge');
  const parts = spans.map(({ startFrame, frames }, index) => ({ sprites: covers[index] ? large : small, startFrame, frames }));
  await writeSpriteTrack(parts, faces, files.track);
}

/** The badge of content slides, where it stands in the frame of the sprites. */
function badgeFrame(canvas: Canvas, theme: Theme): SpriteFrame {
  const { accent, tableHeader } = THEMES[theme];
  const { x, y } = badgeCentre(canvas);
  const left = canvas.portrait ? (canvas.width - SPRITE.width) / 2 : canvas.width - SPRITE.width;
  return { ...SPRITE, pose: { type: 'badge', diameter: BADGE_DIAMETER, x: x - left, y: y - (canvas.height - SPRITE.height), colour: tableHeader, ring: accent, ringWidth: RING_WIDTH } };
}
