import { createHash } from 'node:crypto';
import type { BigIntStats } from 'node:fs';
import { mkdir, readFile, rm, rmdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import type { ObjectAddress } from '../../ports/object-store.port.js';
import { isAbsence } from './disk-errors.js';

const MetadataSchema = z.object({ content_type: z.string(), sha256: z.string() });
export type DiskMetadata = z.infer<typeof MetadataSchema>;

const TRIES = 50;

/** Names one state of a file: it changes when the file is replaced, and also when somebody edits it in place. */
export const versionOf = (stats: BigIntStats): string => `${stats.ino}-${stats.size}-${stats.mtimeNs}`;

/**
 * What a file does not tell of itself, in `<root>/.meta/<tenant>/<hash of the key>/<version of the file>.json`. It is
 * written before the file gets its name, so that a file and its metadata change in the same instant; metadata that belongs
 * to no file is never looked at. It is not synced: what a power cut takes is computed again from the file.
 */
export class DiskMetadataStore {
  constructor(private readonly root: string) {}

  async save(address: ObjectAddress, version: string, metadata: DiskMetadata): Promise<void> {
    const folder = this.folder(address);
    for (let attempt = 1; ; attempt += 1) {
      await mkdir(folder, { recursive: true, mode: 0o700 });
      try {
        await writeFile(join(folder, `${version}.json`), JSON.stringify(metadata), { mode: 0o600 });
        return;
      } catch (error) {
        if (!isAbsence(error) || attempt === TRIES) throw error; // a deletion of the object took the folder away
      }
    }
  }

  /** Null when there is none, or none that can be read. */
  async load(address: ObjectAddress, version: string): Promise<DiskMetadata | null> {
    try {
      return MetadataSchema.parse(JSON.parse(await readFile(join(this.folder(address), `${version}.json`), 'utf8')));
    } catch (error) {
      if (isAbsence(error) || error instanceof SyntaxError || error instanceof z.ZodError) return null;
      throw error;
    }
  }

  async remove(address: ObjectAddress, version: string): Promise<void> {
    const folder = this.folder(address);
    await rm(join(folder, `${version}.json`), { force: true });
    await rmdir(folder).catch(() => undefined); // not empty: metadata of a version that is there or about to be
  }

  private folder({ tenantId, key }: ObjectAddress): string {
    return join(this.root, tenantId, createHash('sha256').update(key).digest('hex').slice(0, 40));
  }
}
