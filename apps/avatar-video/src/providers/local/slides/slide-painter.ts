import { Resvg } from '@resvg/resvg-js';
import type { Aspect, Theme } from '@tecnocursos/contracts';
import satori from 'satori';
import { backgroundSvg, type BackgroundKind } from './backgrounds.js';
import { CANVASES, type Canvas } from './canvas.js';
import { box, type Rectangle } from './element.js';
import { fontCatalog, fontFamilyCss, type LoadedFont } from './fonts/font-catalog.js';
import { readPicture } from './picture-file.js';
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
  const pixels = Uint8Array.from(background(job.theme, laid.background, job.aspect));
  layOver(pixels, drawSvg(await satori(root as unknown as SatoriInput, { width: canvas.width, height: canvas.height, fonts: satoriFonts() })));
  if (job.picture && laid.pictureBox) {
    copyInto(pixels, canvas, await readPicture(job.picture.path, laid.pictureBox), laid.pictureBox);
  }
  return { pixels, truncated: laid.truncated, droppedCharacters: laid.droppedCharacters };
}

type SatoriInput = Parameters<typeof satori>[0];

/** satori keeps parsed fonts by the identity of this array. */
let fonts: LoadedFont[] | undefined;
const satoriFonts = (): LoadedFont[] => (fonts ??= [...fontCatalog().fonts]);

const drawSvg = (svg: string): Uint8Array => new Resvg(svg, { font: { loadSystemFonts: false }, logLevel: 'off' }).render().pixels;

/** Two kinds for each of two lessons at a time: 3.7 MB each. */
const MAX_BACKGROUNDS = 4;
const backgrounds = new Map<string, Uint8Array>();

function background(theme: Theme, kind: BackgroundKind, aspect: Aspect): Uint8Array {
  const key = `${theme} ${kind} ${aspect}`;
  const drawn = backgrounds.get(key) ?? drawSvg(backgroundSvg(theme, kind, CANVASES[aspect]));
  backgrounds.delete(key);
  backgrounds.set(key, drawn);
  const oldest = backgrounds.keys().next();
  if (backgrounds.size > MAX_BACKGROUNDS && !oldest.done) backgrounds.delete(oldest.value);
  return drawn;
}

/** Puts premultiplied pixels over opaque ones. */
function layOver(bottom: Uint8Array, top: Uint8Array): void {
  const bottomPixels = new Uint32Array(bottom.buffer, bottom.byteOffset, bottom.byteLength / 4);
  const aligned = top.byteOffset % 4 === 0 ? top : Uint8Array.from(top);
  const topPixels = new Uint32Array(aligned.buffer, aligned.byteOffset, aligned.byteLength / 4);
  for (let index = 0; index < bottomPixels.length; index++) {
    const pixel = topPixels[index] ?? 0;
    const alpha = pixel >>> 24;
    if (alpha === 0) continue;
    if (alpha === 255) bottomPixels[index] = pixel;
    else bottomPixels[index] = blend(bottomPixels[index] ?? 0, pixel, 255 - alpha);
  }
}

/** Little endian: red is the lowest byte. */
function blend(under: number, over: number, weight: number): number {
  const redBlue = scaled(under & 0xff, weight) | (scaled((under >>> 16) & 0xff, weight) << 16);
  const green = scaled((under >>> 8) & 0xff, weight) << 8;
  return ((over & 0xffffff) + (redBlue | green) + 0xff000000) >>> 0;
}

const scaled = (channel: number, weight: number): number => Math.trunc((channel * weight + 127) / 255);

function copyInto(pixels: Uint8Array, canvas: Canvas, picture: Uint8Array, { x, y, width, height }: Rectangle): void {
  for (let row = 0; row < height; row++) {
    pixels.set(picture.subarray(row * width * 4, (row + 1) * width * 4), ((y + row) * canvas.width + x) * 4);
  }
}
