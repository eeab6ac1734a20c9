import { PGlite } from '@electric-sql/pglite';
import { parentPort, workerData } from 'node:worker_threads';

/** PGlite runs its queries synchronously, so it has a thread of its own: a slow query never holds up the process. */
export interface WorkerRequest {
  id: number;
  sql: string | null;
  parameters: readonly unknown[];
}
export type WorkerReply = { id: number; rows: unknown[]; affectedRows: number | null } | { id: number; error: { message: string; code?: string; constraint?: string } };

const { dataDir } = workerData as { dataDir: string };
const port = parentPort;
if (!port) throw new Error('pglite-worker runs as a worker thread');

const database = await PGlite.create(dataDir);

async function answer(request: WorkerRequest): Promise<WorkerReply> {
  try {
    if (request.sql === null) {
      await database.close();
      return { id: request.id, rows: [], affectedRows: null };
    }
    const { rows, affectedRows } = await database.query(request.sql, [...request.parameters]);
    return { id: request.id, rows, affectedRows: affectedRows ?? null };
  } catch (error) {
    const { message, code, constraint } = error as { message: string; code?: string; constraint?: string };
    return { id: request.id, error: { message, ...(code && { code }), ...(constraint && { constraint }) } };
  }
}

port.on('message', (request: WorkerRequest) => {
  void answer(request).then((reply) => port.postMessage(reply));
});
port.postMessage({ id: 0, rows: [], affectedRows: null } satisfies WorkerReply);
