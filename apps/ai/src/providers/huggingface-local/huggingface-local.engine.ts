import { Worker } from 'node:worker_threads';
import type { ClassScore } from '../../sentiment/sentiment-labels.js';
import type { EngineOptions, EngineReply, EngineTask } from './huggingface-local.protocol.js';

type TaskBody = { readonly kind: 'probe' } | { readonly kind: 'classify'; readonly texts: readonly string[] };

interface Waiting {
  resolve(classes: readonly (readonly ClassScore[])[]): void;
  reject(error: Error): void;
}

/** Something that the engine said went wrong, or the end of its thread. */
export class EngineError extends Error {}

/** Node runs the thread from its source as well: it has no more than types to strip. */
const ENTRY = new URL(import.meta.url.endsWith('.ts') ? './huggingface-local.worker.ts' : './huggingface-local.worker.js', import.meta.url);

/** The thread with the model. It starts with the first task, starts again when it has died, and keeps no process alive that asks it nothing. */
export class LocalEngine {
  private worker: Worker | undefined;
  private sequence = 0;
  private readonly waiting = new Map<number, Waiting>();

  constructor(
    private readonly options: EngineOptions,
    private readonly entry: URL = ENTRY,
  ) {}

  /** Rejects with the signal's reason at once; the thread finishes what it has begun all the same. */
  async ask(task: TaskBody, signal?: AbortSignal): Promise<readonly (readonly ClassScore[])[]> {
    signal?.throwIfAborted();
    const id = (this.sequence += 1);
    const onAbort = (): void => this.waiting.get(id)?.reject(signal?.reason as Error);
    try {
      return await new Promise((resolve, reject) => {
        this.waiting.set(id, { resolve, reject });
        signal?.addEventListener('abort', onAbort, { once: true });
        this.worker ??= this.start();
        this.worker.ref();
        this.worker.postMessage({ id, ...task } satisfies EngineTask);
      });
    } finally {
      this.waiting.delete(id);
      signal?.removeEventListener('abort', onAbort);
      this.rest();
    }
  }

  async close(): Promise<void> {
    await this.worker?.terminate();
  }

  private start(): Worker {
    // No environment: the thread sees none of the process's secrets.
    const worker = new Worker(this.entry, { workerData: this.options, env: {}, execArgv: [] });
    worker.on('message', (reply: EngineReply) => this.settle(reply));
    worker.on('error', (error) => this.lose(worker, error instanceof Error ? error.message : String(error)));
    worker.on('exit', () => this.lose(worker, 'the thread has ended'));
    return worker;
  }

  private settle(reply: EngineReply): void {
    if ('error' in reply) this.waiting.get(reply.id)?.reject(new EngineError(reply.error));
    else this.waiting.get(reply.id)?.resolve(reply.classes);
    this.rest();
  }

  /** A thread that is still starting takes no notice of it, so it is told again after each reply. */
  private rest(): void {
    if (this.waiting.size === 0) this.worker?.unref();
  }

  private lose(worker: Worker, reason: string): void {
    if (this.worker !== worker) return;
    this.worker = undefined;
    for (const { reject } of this.waiting.values()) reject(new EngineError(reason));
  }
}
