import { lstat, mkdir, realpath, rmdir } from 'node:fs/promises';
import { dirname, join, relative, resolve, sep } from 'node:path';
import { AppError, ObjectKeySchema, TenantIdSchema } from '@tecnocursos/contracts';
import type { ObjectAddress } from '../../ports/object-store.port.js';
import { errnoOf, isAbsence } from './disk-errors.js';

/** Longest name of a file or folder that the usual file systems take, in bytes. */
const NAME_MAX = 255;

/** Where objects are on the disk: `<root>/<tenantId>/<key>`, and never anywhere else. */
export class DiskPaths {
  /** @param root absolute and free of symbolic links. */
  constructor(readonly root: string) {}

  tenantFolder(tenantId: string): string {
    if (!TenantIdSchema.safeParse(tenantId).success) throw refusal('tenant', 'The tenant is not a UUID.');
    return join(this.root, tenantId);
  }

  /** @throws AppError `invalid_request` when tenant or key would lead out of the tenant's folder or are not names of files. */
  object({ tenantId, key }: ObjectAddress): string {
    const folder = this.tenantFolder(tenantId);
    const path = resolve(folder, key);
    const isKey = ObjectKeySchema.safeParse(key).success && path.startsWith(folder + sep);
    if (!isKey) throw refusal('key', 'Use letters, digits, ".", "_", "-" and "/".');
    if (key.split('/').some((segment) => segment.length > NAME_MAX)) throw refusal('key', `Use at most ${NAME_MAX} characters between two "/".`);
    return path;
  }

  /** Whether the folder is there and no symbolic link leads to it. */
  async isOwnFolder(folder: string): Promise<boolean> {
    try {
      return (await realpath(folder)) === folder;
    } catch (error) {
      if (isAbsence(error)) return false;
      throw error;
    }
  }

  /** Makes the folder of an object. @throws AppError `conflict` when something that is no folder is in its place. */
  async ensureParent(path: string): Promise<void> {
    const parent = dirname(path);
    if (await this.isOwnFolder(parent)) return;
    let folder = this.root;
    for (const segment of relative(this.root, parent).split(sep)) {
      folder = join(folder, segment);
      await makeFolder(folder);
    }
  }

  /** Removes the folders of a deleted object that are empty now, up to and with the tenant's. */
  async dropEmptyParents(path: string): Promise<void> {
    for (let folder = dirname(path); folder !== this.root; folder = dirname(folder)) {
      try {
        await rmdir(folder);
      } catch (error) {
        if (errnoOf(error) === 'ENOENT') continue;
        return;
      }
    }
  }
}

async function makeFolder(folder: string): Promise<void> {
  try {
    await mkdir(folder, { mode: 0o700 });
  } catch (error) {
    if (errnoOf(error) !== 'EEXIST') throw error;
    const found = await lstat(folder).catch(() => null); // another process may remove it again; the move then tells
    if (found && !found.isDirectory()) throw new AppError('conflict', 'An object is stored where a folder of this key should be.');
  }
}

const refusal = (field: string, message: string): AppError =>
  new AppError('invalid_request', `${field}: ${message}`, { issues: [{ field, message }] });
