import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { runProgram } from '@tecnocursos/engines';
import type { Colour } from './canvas.js';
import { encodePng, type Picture } from './png.js';
import { lookOf } from './presenter-look.js';
import { drawPresenter, type Cut, type Mouth } from './presenter-picture.js';
import type { VideoInputs, VideoPlan } from './simulated-video.js';
import { drawMark } from './simulation-mark.js';
import { FRAMES_PER_SECOND, loudness } from './video-sound.js';

/** What stands behind a presenter: a picture, else a colour, else a studio. */
export interface PresenterBackground {
  /** PNG or JPEG. */
  readonly image?: Buffer | undefined;
  readonly colour?: Colour | undefined;
}

export interface SimulatedPresenter {
  /** The vendor's id of the person, which decides the looks. */
  readonly id: string;
  /** As the mark names it. */
  readonly vendor: string;
  readonly background: PresenterBackground;
}

const TIMEOUT_MS = 60_000;
/** Loudness, as a share of the loudest, from which the mouth is half and wholly open. */
const HALF_OPEN = 0.22;
const OPEN = 0.62;

const mouthOf = (level: number): Mouth => (level < HALF_OPEN ? 'closed' : level < OPEN ? 'half' : 'open');

/** A still of the presenter, and over its mouth one small picture for each frame: PNG files in a row, which ffmpeg reads as a film. */
export async function presenterInputs({ sound, width, height }: VideoPlan, presenter: SimulatedPresenter, heard: readonly string[], folder: string): Promise<VideoInputs> {
  const [levels, picture] = await Promise.all([loudness(sound, heard, TIMEOUT_MS), backdrop(presenter, width, height, folder)]);
  const cuts = drawPresenter(picture, lookOf(presenter.id));
  drawMark(picture, presenter.vendor);
  const [still, mouths] = [join(folder, 'presenter'), join(folder, 'mouths')];
  const encoded: Readonly<Record<Mouth, Buffer>> = { closed: encodePng(cuts.closed), half: encodePng(cuts.half), open: encodePng(cuts.open) };
  await Promise.all([writeFile(still, encodePng(picture)), writeFile(mouths, Buffer.concat(levels.map((level) => encoded[mouthOf(level)])))]);
  return { inputs: pngFilm(still, mouths), filter: overlaid(cuts.closed) };
}

const pngFilm = (still: string, mouths: string): string[] => [still, mouths].flatMap((path) => ['-f', 'image2pipe', '-framerate', String(FRAMES_PER_SECOND), '-c:v', 'png', '-i', path]);

/** The still is decoded once and held. */
const overlaid = ({ left, top }: Cut): string => `[0:a]anull[a];[1:v]format=yuv420p,loop=-1:1:0,setpts=N/${FRAMES_PER_SECOND}/TB,setsar=1[p];[p][2:v]overlay=${left}:${top}:shortest=1`;

/** A picture of a presenter without a video, as it stands in lists of people. */
export function presenterPortrait(id: string, vendor: string, size: number): Buffer {
  const picture = studio(lookOf(id).studio, size, size);
  drawPresenter(picture, lookOf(id));
  drawMark(picture, vendor);
  return encodePng(picture);
}

async function backdrop({ id, background: { image, colour } }: SimulatedPresenter, width: number, height: number, folder: string): Promise<Picture> {
  const lit = colour ? ([colour, colour] as const) : lookOf(id).studio;
  return (image && (await scaled(image, width, height, folder))) ?? studio(lit, width, height);
}

function studio([top, bottom]: readonly [Colour, Colour], width: number, height: number): Picture {
  const pixels = Buffer.alloc(width * height * 3);
  for (let row = 0; row < height; row += 1) {
    const share = row / height;
    const colour = Buffer.from([0, 1, 2].map((channel) => Math.round((top[channel] ?? 0) * (1 - share) + (bottom[channel] ?? 0) * share)));
    pixels.fill(colour, row * width * 3, (row + 1) * width * 3);
  }
  return { width, height, pixels };
}

/** A picture that fills the frame; undefined when it cannot be read. */
async function scaled(image: Buffer, width: number, height: number, folder: string): Promise<Picture | undefined> {
  const path = join(folder, 'background');
  await writeFile(path, image);
  const filter = `scale=${width}:${height}:force_original_aspect_ratio=increase,crop=${width}:${height}`;
  try {
    const { stdout } = await runProgram('ffmpeg', ['-v', 'error', '-nostdin', '-protocol_whitelist', 'file', '-i', path, '-frames:v', '1', '-vf', filter, '-f', 'rawvideo', '-pix_fmt', 'rgb24', 'pipe:1'], { timeoutMs: TIMEOUT_MS, maxOutputBytes: width * height * 3 });
    return stdout.length === width * height * 3 ? { width, height, pixels: Buffer.from(stdout) } : undefined;
  } catch {
    return undefined;
  }
}
