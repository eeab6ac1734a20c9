import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { Worker } from 'node:worker_threads';
import { AppError, fromWireError } from '@tecnocursos/contracts';
import { tooCostly, unreadable } from './document.errors.js';
import { ISOLATION_LIMITS } from './document-limits.js';
import type { DocumentReader, ReadDocument, ReadOptions } from './document-reader.port.js';
import type { WorkerAnswer, WorkerTask } from './document-worker.protocol.js';

export interface IsolationOptions {
  /** Milliseconds until a reading is given up. */
  timeoutMs?: number;
  /** Megabytes of JavaScript heap that a reading may use. */
  heapMb?: number;
  /** Megabytes of heap and buffers together. */
  memoryMb?: number;
}

/**
 * Reads each document in a thread of its own, which ends with it: a hostile file costs that thread, never the process.
 * Bytes of pictures are moved, not copied, out of the thread.
 */
export class IsolatedDocumentReader implements DocumentReader {
  readonly #limits: Required<IsolationOptions>;

  constructor(options: IsolationOptions = {}) {
    this.#limits = { timeoutMs: ISOLATION_LIMITS.timeoutMs, heapMb: ISOLATION_LIMITS.heapMb, memoryMb: ISOLATION_LIMITS.memoryMb, ...options };
  }

  async read(path: string, options: ReadOptions = {}): Promise<ReadDocument> {
    if (options.signal?.aborted === true) throw canceled();
    await pinImageLibrary();
    const task: WorkerTask = { path, ...(options.fileName !== undefined && { fileName: options.fileName }) };
    const worker = new Worker(workerEntry(), {
      workerData: task,
      env: {},
      execArgv: [],
      stdout: true,
      stderr: true,
      resourceLimits: { maxOldGenerationSizeMb: this.#limits.heapMb, maxYoungGenerationSizeMb: ISOLATION_LIMITS.youngHeapMb },
    });
    try {
      return await this.#answerOf(worker, options.signal);
    } finally {
      await worker.terminate();
    }
  }

  #answerOf(worker: Worker, signal: AbortSignal | undefined): Promise<ReadDocument> {
    const { timeoutMs, memoryMb } = this.#limits;
    return new Promise<ReadDocument>((resolve, reject) => {
      const timer = setTimeout(() => reject(tooCostly(`Reading the document took more than ${timeoutMs / 1_000} seconds.`)), timeoutMs);
      const watch = setInterval(() => void watchMemory(worker, memoryMb, reject), ISOLATION_LIMITS.watchEveryMs);
      const onAbort = (): void => reject(canceled());
      const settle = (): void => {
        clearTimeout(timer);
        clearInterval(watch);
        signal?.removeEventListener('abort', onAbort);
      };
      signal?.addEventListener('abort', onAbort, { once: true });
      worker.once('message', (answer: WorkerAnswer) => ('document' in answer ? resolve(answer.document) : reject(fromWireError(answer.error))));
      worker.once('error', (cause: Error) => reject(isOutOfMemory(cause) ? outOfMemory(cause) : unreadable('The document cannot be read.', cause)));
      worker.once('exit', () => {
        settle();
        reject(unreadable('The document cannot be read.'));
      });
    });
  }
}

/** A first reader in this process keeps the shared library of sharp loaded, which must outlive the threads that use it. */
let imageLibrary: Promise<unknown> | undefined;

function pinImageLibrary(): Promise<unknown> {
  imageLibrary ??= import('sharp');
  return imageLibrary;
}

/**
 * The thread runs compiled JavaScript under plain Node, also when this file runs from its source: test runners transform
 * modules in their own process only. `tsc -b` comes before the tests.
 */
function workerEntry(): URL {
  const entry = import.meta.url.endsWith('.ts') ? '../../dist/documents/document-worker.js' : './document-worker.js';
  const url = new URL(entry, import.meta.url);
  if (!existsSync(fileURLToPath(url))) throw new Error('The document worker is not compiled yet: run `npm run build` first.');
  return url;
}

async function watchMemory(worker: Worker, memoryMb: number, reject: (error: AppError) => void): Promise<void> {
  try {
    const { used_heap_size, external_memory } = await worker.getHeapStatistics();
    if (used_heap_size + external_memory > memoryMb * 1024 * 1024) reject(outOfMemory());
  } catch {
    // The thread has just ended, and its end says the rest.
  }
}

function isOutOfMemory(error: Error): boolean {
  return 'code' in error && error.code === 'ERR_WORKER_OUT_OF_MEMORY';
}

function outOfMemory(cause?: unknown): AppError {
  return tooCostly('Reading the document takes more memory than a document may use.', cause);
}

function canceled(): AppError {
  return new AppError('canceled', 'The reading of the document was stopped.');
}
