import sharp from 'sharp';
import type { Rectangle } from './element.js';
import type { SlidePicture } from './slide-scene.js';

/** Larger pictures are refused: decoding them takes hundreds of megabytes. */
const MAX_INPUT_PIXELS = 60_000_000;
/** Longest side of what is kept of a picture. */
const MAX_SIDE = 1_280;

sharp.cache(false);
sharp.concurrency(1);

/**
 * Turns a downloaded file of any size into one that is cheap to draw many times: upright, on white, at most 1,280 pixels wide or high.
 * @throws Error when the file is no picture that can be read.
 */
export async function preparePicture(source: string, target: string): Promise<SlidePicture> {
  const { width, height } = await sharp(source, { limitInputPixels: MAX_INPUT_PIXELS, failOn: 'error' })
    .rotate()
    .resize({ width: MAX_SIDE, height: MAX_SIDE, fit: 'inside', withoutEnlargement: true })
    .flatten({ background: '#FFFFFF' })
    .toColourspace('srgb')
    .png({ compressionLevel: 1 })
    .toFile(target);
  return { path: target, width, height };
}

/** The picture in the size of its box, as opaque RGBA pixels. */
export async function readPicture(path: string, { width, height }: Rectangle): Promise<Uint8Array> {
  return sharp(path).resize({ width, height, fit: 'fill' }).toColourspace('srgb').ensureAlpha().raw().toBuffer();
}

/** The picture over the whole of a slide, cut where it is too long, as opaque RGBA pixels. */
export async function coverPixels(path: string, { width, height }: { width: number; height: number }): Promise<Uint8Array> {
  return sharp(path).resize({ width, height, fit: 'cover' }).flatten({ background: '#000000' }).toColourspace('srgb').ensureAlpha().raw().toBuffer();
}
