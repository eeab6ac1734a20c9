import { open } from 'node:fs/promises';
import type { SlideToDraw } from './slide-scene.js';
import { paintSlide } from './slide-painter.js';

export interface PaintTask {
  slide: SlideToDraw;
  /** An existing file that takes the pixels, from byte `offset` on. */
  file: string;
  offset: number;
}

export interface PaintReport {
  truncated: boolean;
  droppedCharacters: number;
}

/** Runs in a worker thread; the pixels go to the file and not between threads. */
export default async function paintTask({ slide, file, offset }: PaintTask): Promise<PaintReport> {
  const { pixels, truncated, droppedCharacters } = await paintSlide(slide);
  const handle = await open(file, 'r+');
  try {
    await handle.write(pixels, 0, pixels.byteLength, offset);
  } finally {
    await handle.close();
  }
  return { truncated, droppedCharacters };
}
