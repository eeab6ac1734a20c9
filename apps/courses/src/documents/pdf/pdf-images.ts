import type { PDFPageProxy } from 'pdfjs-dist/legacy/build/pdf.mjs';
import type { ImageCollector } from '../images/image-collector.js';
import type { ImageSource } from '../images/image-encoder.js';
import type { PaintedImage } from './pdf-graphics.js';
import { heightOf, widthOf, type PlacedImage } from './pdf-page.js';

/** Points; smaller pictures on the page are icons and ornaments. */
const SMALLEST_ON_PAGE = 24;

/** Gathers the pictures that a page paints. */
export async function gatherImages(page: PDFPageProxy, painted: readonly PaintedImage[], collector: ImageCollector): Promise<PlacedImage[]> {
  const placed: PlacedImage[] = [];
  for (const { source, box, contentNumber } of painted) {
    if (Math.min(widthOf(box), heightOf(box)) < SMALLEST_ON_PAGE) continue;
    const pixels = toPixels(await imageObject(page, source));
    if (pixels === undefined) continue;
    const imageId = await collector.add(pixels);
    if (imageId !== undefined) placed.push({ imageId, box, contentId: contentNumber === undefined ? undefined : `_mc${contentNumber}` });
  }
  return placed;
}

interface DecodedImage {
  width: number;
  height: number;
  /** 1: one bit a pixel; 2: RGB; 3: RGBA. */
  kind: number;
  data: Uint8Array | Uint8ClampedArray;
}

async function imageObject(page: PDFPageProxy, source: unknown): Promise<unknown> {
  if (typeof source !== 'string') return source;
  const objects = source.startsWith('g_') ? page.commonObjs : page.objs;
  return new Promise((resolve) => objects.get(source, resolve));
}

function isDecodedImage(value: unknown): value is DecodedImage {
  return typeof value === 'object' && value !== null && 'data' in value && ArrayBuffer.isView(value.data) && 'kind' in value;
}

function toPixels(value: unknown): ImageSource | undefined {
  if (!isDecodedImage(value)) return undefined;
  const { width, height, kind, data } = value;
  const bytes = new Uint8Array(data.buffer, data.byteOffset, data.byteLength);
  if (kind === 1) return whole({ bytes: unpackBits(bytes, width, height), pixels: { width, height, channels: 1 } });
  if (kind === 2) return whole({ bytes, pixels: { width, height, channels: 3 } });
  return kind === 3 ? whole(opaque({ bytes, pixels: { width, height, channels: 4 } })) : undefined;
}

function whole(image: Required<ImageSource>): ImageSource | undefined {
  const { width, height, channels } = image.pixels;
  return image.bytes.length >= width * height * channels ? { ...image, bytes: image.bytes.subarray(0, width * height * channels) } : undefined;
}

/** pdf.js gives opaque pictures as RGBA, too; without the channel they can become JPEG. */
function opaque(image: Required<ImageSource>): Required<ImageSource> {
  const { bytes, pixels } = image;
  for (let at = 3; at < bytes.length; at += 4) if (bytes[at] !== 255) return image;
  const rgb = new Uint8Array((bytes.length / 4) * 3);
  for (let from = 0, to = 0; from < bytes.length; from += 4, to += 3) {
    rgb[to] = bytes[from] ?? 0;
    rgb[to + 1] = bytes[from + 1] ?? 0;
    rgb[to + 2] = bytes[from + 2] ?? 0;
  }
  return { bytes: rgb, pixels: { ...pixels, channels: 3 } };
}

function unpackBits(packed: Uint8Array, width: number, height: number): Uint8Array {
  const stride = Math.ceil(width / 8);
  const gray = new Uint8Array(width * height);
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) {
      const bit = ((packed[y * stride + (x >> 3)] ?? 0) >> (7 - (x & 7))) & 1;
      gray[y * width + x] = bit * 255;
    }
  }
  return gray;
}
