import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { Worker } from 'node:worker_threads';
import type { WorkerReply, WorkerRequest } from './pglite-worker.js';

export interface QueryOutcome {
  rows: unknown[];
  affectedRows: number | null;
}

/** An SQL error with PostgreSQL's code, such as 23505 for a broken unique constraint. */
export class DatabaseError extends Error {
  constructor(message: string, readonly code: string | undefined, readonly constraint: string | undefined) {
    super(message);
    this.name = 'DatabaseError';
  }
}

interface Waiting {
  resolve(outcome: QueryOutcome): void;
  reject(error: Error): void;
}

/** One PGlite in its own thread. Callers take turns by `acquire`, for PGlite has a single session. */
export class PGliteClient {
  private readonly waiting = new Map<number, Waiting>();
  private turn: Promise<void> = Promise.resolve();
  private sequence = 0;
  private failure: Error | undefined;

  private constructor(private readonly worker: Worker) {
    worker.on('message', (reply: WorkerReply) => this.settle(reply));
    worker.on('error', (error) => this.fail(error instanceof Error ? error : new Error(String(error))));
    worker.on('exit', () => this.fail(new Error('The embedded database has stopped')));
  }

  static async open(dataDir: string): Promise<PGliteClient> {
    if (!existsSync(join(dataDir, 'PG_VERSION'))) {
      await promisify(execFile)(process.execPath, [fileURLToPath(compiled('pglite-initialize.js')), dataDir]);
    }
    const worker = new Worker(compiled('pglite-worker.js'), { workerData: { dataDir } });
    const client = new PGliteClient(worker);
    await new Promise<QueryOutcome>((resolve, reject) => client.waiting.set(0, { resolve, reject }));
    return client;
  }

  /** Waits for the session, and returns the function that gives it back. */
  async acquire(): Promise<() => void> {
    const before = this.turn;
    let release!: () => void;
    this.turn = new Promise((resolve) => {
      release = resolve;
    });
    await before;
    return release;
  }

  query(sql: string, parameters: readonly unknown[]): Promise<QueryOutcome> {
    return this.send({ id: ++this.sequence, sql, parameters });
  }

  async close(): Promise<void> {
    const release = await this.acquire();
    if (!this.failure) await this.send({ id: ++this.sequence, sql: null, parameters: [] });
    await this.worker.terminate();
    release();
  }

  private send(request: WorkerRequest): Promise<QueryOutcome> {
    if (this.failure) return Promise.reject(this.failure);
    return new Promise((resolve, reject) => {
      this.waiting.set(request.id, { resolve, reject });
      this.worker.postMessage(request);
    });
  }

  private settle(reply: WorkerReply): void {
    const waiting = this.waiting.get(reply.id);
    this.waiting.delete(reply.id);
    if ('error' in reply) waiting?.reject(new DatabaseError(reply.error.message, reply.error.code, reply.error.constraint));
    else waiting?.resolve(reply);
  }

  private fail(error: Error): void {
    this.failure ??= error;
    for (const { reject } of this.waiting.values()) reject(this.failure);
    this.waiting.clear();
  }
}

/** A compiled file beside this one, also when this one runs from its source in a test. */
function compiled(name: string): URL {
  const url = new URL(name, import.meta.url.replace('/src/', '/dist/'));
  if (!existsSync(url)) throw new Error('libs/persistence is not built: run "npm run build"');
  return url;
}
