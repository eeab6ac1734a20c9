import type { Dirent } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { ObjectKeySchema } from '@tecnocursos/contracts';
import { isAbsence } from './disk-errors.js';

export interface FoundFile {
  key: string;
  path: string;
}

/** Files below a folder in the order of their keys; symbolic links and names that are no keys are passed over. */
export async function* walkFiles(folder: string, prefix: string, after?: string): AsyncGenerator<FoundFile> {
  for (const entry of await entriesInKeyOrder(folder)) {
    const key = `${prefix}${entry.name}`;
    const path = join(folder, entry.name);
    if (entry.isDirectory()) {
      const below = `${key}/`;
      const passed = after !== undefined && after > below && !after.startsWith(below);
      if (!passed) yield* walkFiles(path, below, after);
    } else if (after === undefined || key > after) {
      yield { key, path };
    }
  }
}

async function entriesInKeyOrder(folder: string): Promise<Dirent[]> {
  const entries = await readdir(folder, { withFileTypes: true }).catch((error: unknown) => {
    if (isAbsence(error)) return [];
    throw error;
  });
  const isObject = (entry: Dirent): boolean => (entry.isFile() || entry.isDirectory()) && ObjectKeySchema.safeParse(entry.name).success;
  return entries.filter(isObject).sort((a, b) => (sortKey(a) < sortKey(b) ? -1 : 1));
}

/** A folder sorts as the keys below it do: `a.b` comes before `a/b`. */
const sortKey = (entry: Dirent): string => (entry.isDirectory() ? `${entry.name}/` : entry.name);
