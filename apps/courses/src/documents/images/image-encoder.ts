import sharp, { type Sharp } from 'sharp';
import { DOCUMENT_LIMITS } from '../document-limits.js';
import type { ReadImage } from '../document-reader.port.js';

/** A picture as a document holds it: a file of some format, or bare pixels. */
export interface ImageSource {
  bytes: Uint8Array;
  pixels?: { width: number; height: number; channels: 1 | 3 | 4 };
}

/** A picture that is left out; the message says why, for people to read. */
export class ImageRefused extends Error {}

sharp.cache(false);
sharp.concurrency(1);

const RASTER_FORMATS: ReadonlySet<string> = new Set(['jpeg', 'png', 'gif', 'webp', 'tiff', 'heif']);

/**
 * Encodes a picture anew, which proves that it is one and drops its metadata.
 * @returns nothing for pictures too small to show anything.
 * @throws ImageRefused for vector formats and pixel bombs; sharp's error for damaged files.
 */
export async function encodeImage(source: ImageSource): Promise<Omit<ReadImage, 'id'> | undefined> {
  if (source.bytes.length > DOCUMENT_LIMITS.imageBytes && source.pixels === undefined) throw new ImageRefused('A picture of too many bytes was left out.');
  const { width, height, isPhoto } = await inspect(source);
  if (width * height > DOCUMENT_LIMITS.imagePixels) throw new ImageRefused(`A picture of ${width} × ${height} pixels was left out: it is too large.`);
  if (Math.min(width, height) < DOCUMENT_LIMITS.smallestImageSide) return undefined;
  const upright = open(source)
    .rotate()
    .resize({ width: DOCUMENT_LIMITS.imageSide, height: DOCUMENT_LIMITS.imageSide, fit: 'inside', withoutEnlargement: true })
    .toColourspace('srgb');
  const encoded = isPhoto ? upright.jpeg({ quality: 86 }) : upright.png({ compressionLevel: 6 });
  const { data, info } = await encoded.toBuffer({ resolveWithObject: true });
  const bytes = new Uint8Array(data);
  return { contentType: isPhoto ? 'image/jpeg' : 'image/png', width: info.width, height: info.height, bytes };
}

function open({ bytes, pixels }: ImageSource): Sharp {
  return sharp(bytes, { limitInputPixels: DOCUMENT_LIMITS.imagePixels, failOn: 'error', ...(pixels && { raw: pixels }) });
}

async function inspect(source: ImageSource): Promise<{ width: number; height: number; isPhoto: boolean }> {
  if (source.pixels !== undefined) {
    const { width, height, channels } = source.pixels;
    return { width, height, isPhoto: channels === 3 && hasManyColours(source.bytes) };
  }
  // The limit would turn a question about the size into an error without the size.
  const { format, width, height } = await sharp(source.bytes, { limitInputPixels: false }).metadata();
  if (!RASTER_FORMATS.has(format)) throw new ImageRefused(`A picture of the format ${format.toUpperCase()} was left out.`);
  return { width, height, isPhoto: format === 'jpeg' };
}

const COLOUR_SAMPLES = 4_096;
const PHOTO_COLOURS = 700;

/** Photographs have hundreds of colours in a sample of their pixels; drawings and screenshots have few, and stay sharp as PNG. */
function hasManyColours(rgb: Uint8Array): boolean {
  const step = Math.max(1, Math.floor(rgb.length / 3 / COLOUR_SAMPLES)) * 3;
  const colours = new Set<number>();
  for (let at = 0; at + 2 < rgb.length; at += step) {
    colours.add((rgb[at] ?? 0) * 65_536 + (rgb[at + 1] ?? 0) * 256 + (rgb[at + 2] ?? 0));
  }
  return colours.size > PHOTO_COLOURS;
}
