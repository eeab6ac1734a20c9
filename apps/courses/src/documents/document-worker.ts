import { parentPort, workerData } from 'node:worker_threads';
import { toWireError } from '@tecnocursos/contracts';
import type { WorkerAnswer, WorkerTask } from './document-worker.protocol.js';
import { FormatDocumentReader } from './format-document-reader.js';

/** Entry of the thread that `IsolatedDocumentReader` starts for one document. */
const { path, ...options } = workerData as WorkerTask;

try {
  const document = await new FormatDocumentReader().read(path, options);
  const answer: WorkerAnswer = { document };
  parentPort?.postMessage(answer, document.images.map(({ bytes }) => bytes.buffer as ArrayBuffer));
} catch (error) {
  const answer: WorkerAnswer = { error: toWireError(error) };
  parentPort?.postMessage(answer);
}
