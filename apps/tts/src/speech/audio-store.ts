import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Injectable } from '@nestjs/common';
import { AppError, createDownloads, deleteObjects, headObject, type ObjectRef } from '@tecnocursos/contracts';
import { RpcClient } from '@tecnocursos/messaging';
import { BlobStore } from '@tecnocursos/nest-kit';

/** The tenant's audio in the storage; the tenant is that of the current context. */
@Injectable()
export class AudioStore {
  constructor(
    private readonly blobs: BlobStore,
    private readonly rpc: RpcClient,
  ) {}

  put(key: string, path: string, contentType: string, signal: AbortSignal): Promise<ObjectRef> {
    return this.blobs.uploadFile(key, path, contentType, signal);
  }

  /** The object as it was stored, under another key or its own; undefined when it is there no more. */
  async reuse(object: ObjectRef, key: string, signal: AbortSignal): Promise<ObjectRef | undefined> {
    try {
      if (object.key === key) return (await this.isUnchanged(object)) ? object : undefined;
      return await this.copy(object, key, signal);
    } catch (error) {
      if (error instanceof AppError && error.code === 'not_found') return undefined;
      throw error;
    }
  }

  read(key: string, path: string, signal: AbortSignal): Promise<void> {
    return this.blobs.downloadToFile(key, path, signal);
  }

  /** A signed, expiring address that a browser can open. */
  async link(key: string): Promise<{ url: string; expiresAt: string }> {
    const { urls, expires_at: expiresAt } = await this.rpc.call(createDownloads, { keys: [key], audience: 'public' });
    return { url: urls[0] ?? '', expiresAt };
  }

  async remove(tenantId: string, keys: readonly string[]): Promise<void> {
    await this.rpc.call(deleteObjects, { keys: [...keys] }, { tenantId });
  }

  async removeFolder(tenantId: string, folder: string): Promise<void> {
    await this.rpc.call(deleteObjects, { folder }, { tenantId });
  }

  private async isUnchanged(object: ObjectRef): Promise<boolean> {
    const found = await this.rpc.call(headObject, { key: object.key });
    return found.object.sha256 === object.sha256;
  }

  private async copy(object: ObjectRef, key: string, signal: AbortSignal): Promise<ObjectRef | undefined> {
    const folder = await mkdtemp(join(tmpdir(), 'tecnocursos-tts-'));
    try {
      const path = join(folder, 'audio');
      await this.blobs.downloadToFile(object.key, path, signal);
      const copied = await this.blobs.uploadFile(key, path, object.content_type, signal);
      return copied.sha256 === object.sha256 ? copied : undefined;
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  }
}
