import { createHash } from 'node:crypto';
import { constants } from 'node:fs';
import { lstat, mkdir, open, realpath, rename, rm, statfs, unlink, writeFile, type FileHandle } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { AppError, newId } from '@tecnocursos/contracts';
import type { ListOptions, ObjectAddress, ObjectInfo, ObjectPage, ObjectStore, OpenObject, PutOptions, StoreCondition } from '../../ports/object-store.port.js';
import { contentTypeOf } from './content-types.js';
import { DiskDrafts, type Draft } from './disk-draft.js';
import { asWriteError, errnoOf, isAbsence } from './disk-errors.js';
import { DiskMetadataStore, versionOf, type DiskMetadata } from './disk-metadata.js';
import { DiskObject } from './disk-object.js';
import { DiskPaths } from './disk-paths.js';
import { walkFiles } from './disk-walk.js';

/** Times that a write or a read begins again because others write the same key or clear its folder. */
const TRIES = 50;

/**
 * Objects as plain files under `<root>/<tenantId>/<key>`, for one disk that all replicas share. A write goes to a draft
 * that takes the object's name in one step. Content type and SHA-256 are kept beside (see `DiskMetadataStore`); of a file
 * that came by other ways, a restored backup say, the hash is computed once and the type follows its extension.
 */
export class LocalDiskStore implements ObjectStore {
  readonly name = 'local-disk';
  readonly mode = 'local';
  private readonly paths: DiskPaths;
  private readonly drafts: DiskDrafts;
  private readonly metadata: DiskMetadataStore;
  private readonly draftFolder: string;

  private constructor(root: string) {
    this.draftFolder = join(root, '.tmp');
    this.paths = new DiskPaths(root);
    this.drafts = new DiskDrafts(this.draftFolder);
    this.metadata = new DiskMetadataStore(join(root, '.meta'));
  }

  /** Opens or makes the store, and clears drafts that a killed process left more than an hour ago. */
  static async open(directory: string, now: number = Date.now()): Promise<LocalDiskStore> {
    await mkdir(directory, { recursive: true, mode: 0o700 });
    const store = new LocalDiskStore(await realpath(directory));
    await mkdir(store.draftFolder, { recursive: true, mode: 0o700 });
    await store.drafts.sweep(now);
    return store;
  }

  async put(address: ObjectAddress, body: AsyncIterable<Uint8Array>, { contentType, maxBytes }: PutOptions): Promise<ObjectInfo> {
    const path = this.paths.object(address);
    try {
      return await this.drafts.write(body, maxBytes, async (draft) => {
        await this.metadata.save(address, draft.version, { content_type: contentType, sha256: draft.sha256 });
        await this.publish(address, path, draft);
        return { contentType, size: draft.size, sha256: draft.sha256, modifiedAt: draft.modifiedAt };
      });
    } catch (error) {
      throw asWriteError(error);
    }
  }

  async open(address: ObjectAddress): Promise<OpenObject | null> {
    const path = this.paths.object(address);
    for (let attempt = 0; attempt < TRIES; attempt += 1) {
      const handle = await this.openFile(path);
      if (!handle) return null;
      const object = await this.describe(address, path, handle).catch(async (error: unknown) => {
        await handle.close();
        throw error;
      });
      if (object) return object;
      await handle.close();
    }
    throw new AppError('unavailable', 'The object is replaced too often to be read.', { retryAfterS: 1 });
  }

  async head(address: ObjectAddress): Promise<ObjectInfo | null> {
    const object = await this.open(address);
    await object?.close();
    return object?.info ?? null;
  }

  async list(tenantId: string, { folder, after, limit }: ListOptions): Promise<ObjectPage> {
    const objects: { key: string; size: number; modifiedAt: Date }[] = [];
    for await (const { key, path } of this.filesBelow(tenantId, folder, after)) {
      const found = await lstat(path).catch(() => null); // deleted meanwhile
      if (!found?.isFile()) continue;
      if (objects.length === limit) return { objects, hasMore: true };
      objects.push({ key, size: found.size, modifiedAt: found.mtime });
    }
    return { objects, hasMore: false };
  }

  async delete(address: ObjectAddress): Promise<boolean> {
    const path = this.paths.object(address);
    if (!(await this.paths.isOwnFolder(dirname(path)))) return false;
    const found = await lstat(path, { bigint: true }).catch(() => null);
    if (!found?.isFile()) return false;
    try {
      await unlink(path);
    } catch (error) {
      if (isAbsence(error)) return false;
      throw error;
    }
    await this.metadata.remove(address, versionOf(found));
    await this.paths.dropEmptyParents(path);
    return true;
  }

  async deleteFolder(tenantId: string, folder: string): Promise<number> {
    let deleted = 0;
    for await (const { key } of this.filesBelow(tenantId, folder)) deleted += Number(await this.delete({ tenantId, key }));
    return deleted;
  }

  async check(): Promise<StoreCondition> {
    const path = join(this.draftFolder, newId());
    try {
      await writeFile(path, 'health');
    } finally {
      await rm(path, { force: true });
    }
    const { bavail, bsize } = await statfs(this.paths.root);
    return { freeBytes: bavail * bsize };
  }

  private async *filesBelow(tenantId: string, folder?: string, after?: string): AsyncGenerator<{ key: string; path: string }> {
    const start = folder === undefined ? this.paths.tenantFolder(tenantId) : this.paths.object({ tenantId, key: folder });
    if (await this.paths.isOwnFolder(start)) yield* walkFiles(start, folder === undefined ? '' : `${folder}/`, after);
  }

  private async publish(address: ObjectAddress, path: string, draft: Draft): Promise<void> {
    const replaced = await this.moveIntoPlace(draft.path, path).catch(async (error: unknown) => {
      await this.metadata.remove(address, draft.version);
      throw error;
    });
    if (replaced !== null) await this.metadata.remove(address, replaced);
    await syncFolder(dirname(path));
  }

  /** The version that was replaced. Whoever deletes the last object of a folder takes the folder away: once more then. */
  private async moveIntoPlace(from: string, path: string): Promise<string | null> {
    for (let attempt = 1; ; attempt += 1) {
      await this.paths.ensureParent(path);
      const replaced = await lstat(path, { bigint: true }).catch(() => null);
      try {
        await rename(from, path);
        return replaced && versionOf(replaced);
      } catch (error) {
        if (errnoOf(error) !== 'ENOENT' || attempt === TRIES) throw error;
      }
    }
  }

  private async openFile(path: string): Promise<FileHandle | null> {
    if (!(await this.paths.isOwnFolder(dirname(path)))) return null;
    const handle = await open(path, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK).catch((error: unknown) => {
      if (isAbsence(error)) return null;
      throw error;
    });
    if (!handle || (await handle.stat()).isFile()) return handle;
    await handle.close();
    return null;
  }

  /** Null when the file was replaced between its opening and the look at its metadata. */
  private async describe(address: ObjectAddress, path: string, handle: FileHandle): Promise<DiskObject | null> {
    const stats = await handle.stat({ bigint: true });
    const version = versionOf(stats);
    const known = await this.metadata.load(address, version);
    if (!known && !(await isStill(path, version))) return null;
    const { content_type: contentType, sha256 } = known ?? (await this.adopt(address, version, handle));
    return new DiskObject(handle, { contentType, sha256, size: Number(stats.size), modifiedAt: stats.mtime });
  }

  private async adopt(address: ObjectAddress, version: string, handle: FileHandle): Promise<DiskMetadata> {
    const hash = createHash('sha256');
    for await (const chunk of handle.createReadStream({ start: 0, autoClose: false })) hash.update(chunk as Buffer);
    const metadata = { content_type: contentTypeOf(address.key), sha256: hash.digest('hex') };
    await this.metadata.save(address, version, metadata);
    return metadata;
  }
}

async function isStill(path: string, version: string): Promise<boolean> {
  const stats = await lstat(path, { bigint: true }).catch(() => null);
  return stats !== null && versionOf(stats) === version;
}

async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, constants.O_RDONLY).catch(() => null); // deleted meanwhile, with all in it
  try {
    await handle?.sync();
  } finally {
    await handle?.close();
  }
}
