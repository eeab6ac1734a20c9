import type { Aspect, Theme } from '@tecnocursos/contracts';
import sharp from 'sharp';
import { backgroundLayers, type BackgroundKind } from './backgrounds.js';
import { CANVASES, type Canvas } from './canvas.js';
import { drawSvg, layOver } from './pixels.js';

/** Two kinds for each of two lessons at a time: 3.7 MB each. */
const MAX_BACKGROUNDS = 4;
/** Soft layers are drawn at this share of their size. */
const SOFT_ZOOM = 0.25;

const drawn = new Map<string, Promise<Uint8Array>>();

/** Opaque RGBA pixels of a background; kept for the next slide, so not to be written to. */
export async function background(theme: Theme, kind: BackgroundKind, aspect: Aspect): Promise<Uint8Array> {
  const key = `${theme} ${kind} ${aspect}`;
  const pixels = drawn.get(key) ?? draw(theme, kind, CANVASES[aspect]);
  drawn.delete(key);
  drawn.set(key, pixels);
  const oldest = drawn.keys().next();
  if (drawn.size > MAX_BACKGROUNDS && !oldest.done) drawn.delete(oldest.value);
  return pixels;
}

async function draw(theme: Theme, kind: BackgroundKind, canvas: Canvas): Promise<Uint8Array> {
  const { soft, crisp } = backgroundLayers(theme, kind, canvas);
  if (soft === undefined) return drawSvg(crisp);
  const small = { width: canvas.width * SOFT_ZOOM, height: canvas.height * SOFT_ZOOM, channels: 4 } as const;
  const pixels = await sharp(drawSvg(soft, SOFT_ZOOM), { raw: small }).resize({ width: canvas.width, height: canvas.height, fit: 'fill', kernel: 'cubic' }).raw().toBuffer();
  layOver(pixels, drawSvg(crisp));
  return pixels;
}
