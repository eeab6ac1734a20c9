import { basename } from 'node:path';
import { Readable } from 'node:stream';
import { AppError, createUpload, deleteObjects, MAX_UPLOAD_BYTES, ObjectRefSchema, type ObjectRef } from '@tecnocursos/contracts';
import { currentContext } from '@tecnocursos/messaging';
import { request as send } from 'undici';
import { type BusService } from '../bus/bus.service.js';

export interface UploadOwner {
  tenantId: string;
  requestId: string;
}

export interface StoredUpload {
  filename: string;
  sha256: string;
}

const MAX_MB = MAX_UPLOAD_BYTES / 1024 / 1024;
const UPLOAD_EXPIRES_S = 900;

export const tooLarge = (): AppError => {
  const message = `The file has more than ${MAX_MB} MB. Divide it, or make its pictures smaller.`;
  return new AppError('payload_too_large', message, { issues: [{ field: 'file', message }] });
};

/** Passes a client's file on to the storage while it arrives; no more than a chunk of it is held here. */
export class UploadService {
  constructor(private readonly bus: BusService) {}

  /** @throws AppError `payload_too_large`, `unavailable`, `canceled`. What was stored until then is left for `remove`. */
  async store(key: string, file: Readable, name: { filename: string; contentType: string }): Promise<StoredUpload> {
    const { url } = await this.bus.call(createUpload, {
      key, content_type: name.contentType, max_bytes: MAX_UPLOAD_BYTES, expires_s: UPLOAD_EXPIRES_S, audience: 'internal',
    });
    const { sha256 } = await put(url, Readable.from(counted(file), { objectMode: false }), name.contentType);
    return { filename: cleanFilename(name.filename), sha256 };
  }

  /** Best effort: what cannot be deleted now is found by the storage's own sweep. */
  async remove(key: string, { tenantId, requestId }: UploadOwner): Promise<void> {
    await this.bus.callApart(deleteObjects, { keys: [key] }, { tenantId, requestId }).catch(() => undefined);
  }
}

async function* counted(file: Readable): AsyncGenerator<Buffer> {
  let size = 0;
  for await (const chunk of file as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > MAX_UPLOAD_BYTES) throw tooLarge();
    yield chunk;
  }
}

async function put(url: string, body: Readable, contentType: string): Promise<ObjectRef> {
  const signal = currentContext()?.signal;
  const response = await send(url, { method: 'PUT', body, headers: { 'content-type': contentType }, ...(signal && { signal }) }).catch((cause: unknown) => {
    if (cause instanceof AppError) throw cause;
    if (signal?.aborted) throw new AppError('canceled', 'The caller gave up.', { cause });
    throw new AppError('unavailable', 'The storage cannot be reached.', { retryAfterS: 2, cause });
  });
  if (response.statusCode === 201) return ObjectRefSchema.parse(await response.body.json());
  await response.body.dump();
  if (response.statusCode === 413) throw tooLarge();
  throw new AppError('unavailable', 'The storage did not take the file.', { retryAfterS: 2 });
}

/** The name alone, without folders and control characters. */
function cleanFilename(given: string): string {
  const name = basename(given.replaceAll('\\', '/')).replace(/\p{Cc}/gu, '').trim();
  return name === '' ? 'document' : name.slice(-255);
}
