import type { WireError } from '@tecnocursos/contracts';
import type { ReadDocument } from './document-reader.port.js';

export interface WorkerTask {
  path: string;
  fileName?: string;
}

export type WorkerAnswer = { document: ReadDocument } | { error: WireError };
