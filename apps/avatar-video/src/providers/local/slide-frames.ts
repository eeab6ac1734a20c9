import { open } from 'node:fs/promises';
import { concurrently } from './concurrently.js';
import { frameBytes, type Canvas } from './slides/canvas.js';
import type { SlidePool } from './slides/slide-pool.js';
import type { SlideToDraw } from './slides/slide-scene.js';
import type { PaintReport } from './slides/slide.worker.js';

/** Draws slides into one file, one after the other. Returns warnings. */
export async function drawSlides(slides: readonly SlideToDraw[], canvas: Canvas, file: string, pool: SlidePool, signal: AbortSignal): Promise<string[]> {
  await allocate(file, frameBytes(canvas) * slides.length);
  const warnings = await concurrently(slides, pool.threads, async (slide, index) => {
    signal.throwIfAborted();
    return warningsOf(slide.page, await pool.paint({ slide, file, offset: index * frameBytes(canvas) }));
  });
  return warnings.flat();
}

async function allocate(file: string, bytes: number): Promise<void> {
  const handle = await open(file, 'w');
  try {
    await handle.truncate(bytes);
  } finally {
    await handle.close();
  }
}

function warningsOf(page: number, { truncated, droppedCharacters }: PaintReport): string[] {
  return [
    ...(truncated ? [`Slide ${page}: the text is too long and was cut.`] : []),
    ...(droppedCharacters > 0 ? [`Slide ${page}: ${droppedCharacters} characters that the fonts do not have were left out.`] : []),
  ];
}
