import { createHash } from 'node:crypto';
import type { Picture } from './png.js';

const DISCS = 5;

type Colour = readonly [number, number, number];

interface Disc {
  readonly x: number;
  readonly y: number;
  readonly radius: number;
  readonly colour: Colour;
}

/** A gradient with discs whose colours and places follow from the description: the same description, the same picture. */
export function drawPicture(description: string, width: number, height: number): Picture {
  const digest = createHash('sha512').update(description).digest();
  const byte = (index: number): number => digest[index % digest.length] ?? 0;
  const colour = (index: number): Colour => [byte(index), byte(index + 1), byte(index + 2)];
  const [top, bottom] = [colour(0), colour(3)];
  const discs = Array.from({ length: DISCS }, (_disc, index): Disc => {
    const base = 6 + index * 6;
    return { x: (byte(base) / 255) * width, y: (byte(base + 1) / 255) * height, radius: (0.05 + byte(base + 2) / 1_500) * Math.min(width, height), colour: colour(base + 3) };
  });
  const pixels = Buffer.alloc(width * height * 3);
  for (let y = 0; y < height; y += 1) {
    const share = y / height;
    const row = Buffer.from([0, 1, 2].map((channel) => Math.round((top[channel] ?? 0) * (1 - share) + (bottom[channel] ?? 0) * share)));
    pixels.fill(row, y * width * 3, (y + 1) * width * 3);
    for (const disc of discs) drawRow(pixels, disc, y, width);
  }
  return { width, height, pixels };
}

function drawRow(pixels: Buffer, { x, y: centre, radius, colour }: Disc, y: number, width: number): void {
  const half = Math.sqrt(radius ** 2 - (y - centre) ** 2);
  if (Number.isNaN(half)) return;
  const from = Math.max(0, Math.round(x - half));
  const to = Math.min(width, Math.round(x + half));
  if (to > from) pixels.fill(Buffer.from(colour), (y * width + from) * 3, (y * width + to) * 3);
}
