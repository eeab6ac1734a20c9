import satori from 'satori';
import { background } from './background-pixels.js';
import { scrimSvg, type BackgroundKind } from './backgrounds.js';
import { CANVASES, type Canvas } from './canvas.js';
import { box, type Rectangle } from './element.js';
import { fontCatalog, fontFamilyCss, type LoadedFont } from './fonts/font-catalog.js';
import { drawSvg, layOver } from './pixels.js';
import { coverPixels, readPicture } from './picture-file.js';
import { layOutSlide } from './slide-layout.js';
import type { SlideToDraw } from './slide-scene.js';

export interface PaintedSlide {
  /** RGBA, row by row from the top; opaque. */
  pixels: Uint8Array;
  truncated: boolean;
  droppedCharacters: number;
}

export async function paintSlide(job: SlideToDraw): Promise<PaintedSlide> {
  const canvas = CANVASES[job.aspect];
  const laid = layOutSlide(job);
  const root = box({ width: canvas.width, height: canvas.height, position: 'relative', fontFamily: fontFamilyCss('sans') }, laid.elements);
  const pixels = await backdrop(job, laid.background, canvas);
  layOver(pixels, drawSvg(await satori(root as unknown as SatoriInput, { width: canvas.width, height: canvas.height, fonts: satoriFonts() })));
  if (job.picture && laid.pictureBox) {
    copyInto(pixels, canvas, await readPicture(job.picture.path, laid.pictureBox), laid.pictureBox);
  }
  return { pixels, truncated: laid.truncated, droppedCharacters: laid.droppedCharacters };
}

/** Of its own: what is laid over it writes into it. */
async function backdrop({ theme, aspect, coverPicture }: SlideToDraw, kind: BackgroundKind, canvas: Canvas): Promise<Uint8Array> {
  if (kind !== 'cover' || !coverPicture) return Uint8Array.from(await background(theme, kind, aspect));
  const pixels = Uint8Array.from(await coverPixels(coverPicture.path, canvas));
  layOver(pixels, drawSvg(scrimSvg(theme, canvas)));
  return pixels;
}

type SatoriInput = Parameters<typeof satori>[0];

/** satori keeps parsed fonts by the identity of this array. */
let fonts: LoadedFont[] | undefined;
const satoriFonts = (): LoadedFont[] => (fonts ??= [...fontCatalog().fonts]);

function copyInto(pixels: Uint8Array, canvas: Canvas, picture: Uint8Array, { x, y, width, height }: Rectangle): void {
  for (let row = 0; row < height; row++) {
    pixels.set(picture.subarray(row * width * 4, (row + 1) * width * 4), ((y + row) * canvas.width + x) * 4);
  }
}
