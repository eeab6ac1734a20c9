import { createReadStream, createWriteStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { Injectable } from '@nestjs/common';
import { AppError, createDownloads, createUpload, ObjectRefSchema, type ObjectRef } from '@tecnocursos/contracts';
import { currentContext, RpcClient } from '@tecnocursos/messaging';
import { request, type Dispatcher } from 'undici';
import type { z } from 'zod';

const JSON_LIMIT = 64 * 1024 * 1024;

/**
 * The tenant's stored objects, for services: the bus carries keys, the bytes go straight to the storage by signed links.
 * The tenant is that of the current context. Writing to a key replaces what it held, as a whole or not at all.
 */
@Injectable()
export class BlobStore {
  constructor(private readonly rpc: RpcClient) {}

  /** @throws AppError `not_found`; `internal` when the stored JSON is not of the schema. */
  async getJson<S extends z.ZodType>(key: string, schema: S): Promise<z.output<S>> {
    const bytes = await this.getBytes(key, JSON_LIMIT);
    return schema.parse(JSON.parse(bytes.toString('utf8')));
  }

  async putJson(key: string, value: unknown, contentType = 'application/json'): Promise<ObjectRef> {
    return this.putBytes(key, Buffer.from(JSON.stringify(value)), contentType);
  }

  /** @throws AppError `not_found`, `payload_too_large` when the object has more than `maxBytes`. */
  async getBytes(key: string, maxBytes = JSON_LIMIT): Promise<Buffer> {
    const body = await this.open(key);
    const chunks: Buffer[] = [];
    let size = 0;
    for await (const chunk of body as AsyncIterable<Buffer>) {
      size += chunk.length;
      if (size > maxBytes) throw new AppError('payload_too_large', `The stored object ${key} has more than ${maxBytes} bytes.`);
      chunks.push(chunk);
    }
    return Buffer.concat(chunks);
  }

  async putBytes(key: string, bytes: Uint8Array, contentType: string): Promise<ObjectRef> {
    return this.upload(key, contentType, bytes.byteLength, Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength));
  }

  /** @throws AppError `not_found`. */
  async downloadToFile(key: string, path: string, signal?: AbortSignal): Promise<void> {
    await pipeline(await this.open(key, signal), createWriteStream(path), { ...(signal && { signal }) });
  }

  async uploadFile(key: string, path: string, contentType: string, signal?: AbortSignal): Promise<ObjectRef> {
    const { size } = await stat(path);
    return this.upload(key, contentType, size, () => createReadStream(path), signal);
  }

  private async open(key: string, signal: AbortSignal | undefined = currentContext()?.signal): Promise<Readable> {
    const { urls } = await this.rpc.call(createDownloads, { keys: [key] });
    const response = await storageRequest(urls[0] ?? '', { method: 'GET', ...(signal && { signal }) });
    if (response.statusCode === 200) return response.body;
    await response.body.dump();
    if (response.statusCode === 404) throw new AppError('not_found', `Nothing is stored as ${key}.`);
    throw new AppError('unavailable', `The storage answered ${response.statusCode} for ${key}.`);
  }

  private async upload(key: string, contentType: string, size: number, body: Buffer | (() => Readable), signal: AbortSignal | undefined = currentContext()?.signal): Promise<ObjectRef> {
    const { url } = await this.rpc.call(createUpload, { key, content_type: contentType, max_bytes: Math.max(size, 1) });
    const response = await storageRequest(url, {
      method: 'PUT', body: typeof body === 'function' ? body() : body, headers: { 'content-type': contentType, 'content-length': String(size) }, ...(signal && { signal }),
    });
    if (response.statusCode === 201) return ObjectRefSchema.parse(await response.body.json());
    await response.body.dump();
    throw new AppError('unavailable', `The storage answered ${response.statusCode} to the upload of ${key}.`);
  }
}

type RequestOptions = NonNullable<Parameters<typeof request>[1]>;

async function storageRequest(url: string, options: RequestOptions): Promise<Dispatcher.ResponseData<unknown>> {
  try {
    return await request(url, options);
  } catch (cause) {
    if (options.signal instanceof AbortSignal && options.signal.aborted) throw new AppError('canceled', 'The caller gave up.', { cause });
    throw new AppError('unavailable', 'The storage cannot be reached.', { retryAfterS: 2, cause });
  }
}
