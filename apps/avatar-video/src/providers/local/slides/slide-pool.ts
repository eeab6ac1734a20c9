import { fileURLToPath } from 'node:url';
import { AppError } from '@tecnocursos/contracts';
import { Piscina } from 'piscina';
import type { PaintReport, PaintTask } from './slide.worker.js';

export interface SlidePoolOptions {
  threads: number;
}

/** A slide takes some 50 ms; one that takes so long will never end, and its thread is replaced. */
const SLIDE_TIMEOUT_MS = 30_000;
/** Threads that drew nothing for so long give their memory back. */
const IDLE_MS = 60_000;
const HEAP_MB = 384;
/** Small, so that the pixels which dead objects hold are given back soon. */
const YOUNG_HEAP_MB = 16;

/** Threads that draw slides. */
export class SlidePool {
  private readonly pool: Piscina<PaintTask, PaintReport>;
  readonly threads: number;

  constructor({ threads }: SlidePoolOptions) {
    this.threads = threads;
    this.pool = new Piscina<PaintTask, PaintReport>({
      filename: workerFile(import.meta.url), minThreads: 0, maxThreads: threads, idleTimeout: IDLE_MS, resourceLimits: { maxOldGenerationSizeMb: HEAP_MB, maxYoungGenerationSizeMb: YOUNG_HEAP_MB },
    });
  }

  /** @throws AppError `engine_failed`. */
  async paint(task: PaintTask): Promise<PaintReport> {
    try {
      return await this.pool.run(task, { signal: AbortSignal.timeout(SLIDE_TIMEOUT_MS) });
    } catch (cause) {
      throw new AppError('engine_failed', `Slide ${task.slide.page} could not be drawn.`, { cause });
    }
  }

  async close(): Promise<void> {
    await this.pool.destroy();
  }
}

/** Threads run compiled files only: from a source file, the worker is that of the build. */
function workerFile(moduleUrl: string): string {
  return fileURLToPath(new URL('slide.worker.js', moduleUrl)).replace(/([\\/])src([\\/]providers[\\/]local[\\/])/, '$1dist$2');
}
