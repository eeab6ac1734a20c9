import { createHash } from 'node:crypto';
import { open, readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { AppError, newId } from '@tecnocursos/contracts';
import { versionOf } from './disk-metadata.js';

export interface Draft {
  path: string;
  size: number;
  sha256: string;
  version: string;
  modifiedAt: Date;
}

const STALE_MS = 3_600_000;

/** Uploads under way: complete files without a name yet, on the file system of the objects. */
export class DiskDrafts {
  constructor(private readonly folder: string) {}

  /** Gives a written and synced draft to `use`, and removes it when `use` did not move it away. */
  async write<T>(body: AsyncIterable<Uint8Array>, maxBytes: number, use: (draft: Draft) => Promise<T>): Promise<T> {
    const path = join(this.folder, newId());
    try {
      return await use(await fill(path, body, maxBytes));
    } finally {
      await rm(path, { force: true });
    }
  }

  /** Removes what a killed process left. Drafts still written to are younger. */
  async sweep(now: number): Promise<void> {
    for (const name of await readdir(this.folder)) {
      const path = join(this.folder, name);
      const found = await stat(path).catch(() => null); // a replica that starts at the same time sweeps, too
      if (found && now - found.mtimeMs > STALE_MS) await rm(path, { force: true });
    }
  }
}

async function fill(path: string, body: AsyncIterable<Uint8Array>, maxBytes: number): Promise<Draft> {
  const handle = await open(path, 'wx', 0o600);
  try {
    const hash = createHash('sha256');
    let size = 0;
    for await (const chunk of body) {
      size += chunk.byteLength;
      if (size > maxBytes) throw new AppError('payload_too_large', `At most ${maxBytes} bytes may be stored here.`);
      const written = handle.writeFile(chunk);
      hash.update(chunk); // while the disk works
      await written;
    }
    await handle.sync();
    const stats = await handle.stat({ bigint: true });
    return { path, size, sha256: hash.digest('hex'), version: versionOf(stats), modifiedAt: stats.mtime };
  } finally {
    await handle.close();
  }
}
