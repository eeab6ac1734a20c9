import { randomUUID } from 'node:crypto';
import { cp, mkdir, rename, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Database, embeddedVersion } from '@tecnocursos/persistence';

const FOLDER = 'pglite';
let template: Promise<string> | undefined;

/** A new embedded database in a directory. Making a cluster takes five seconds of CPU, so all tests get copies of one that is made once. */
export async function openEmbeddedDatabase(directory: string): Promise<Database> {
  await placeEmptyDatabase(directory);
  return Database.open({ kind: 'pglite', directory });
}

/** Puts the files of an empty database where `Database.open` looks for them. */
export async function placeEmptyDatabase(directory: string): Promise<void> {
  template ??= findTemplate();
  await mkdir(directory, { recursive: true });
  await cp(join(await template, FOLDER), join(directory, FOLDER), { recursive: true });
}

async function findTemplate(): Promise<string> {
  const place = join(tmpdir(), `tecnocursos-database-${await embeddedVersion()}`);
  if (await exists(place)) return place;
  const draft = `${place}-${randomUUID()}`;
  const database = await Database.open({ kind: 'pglite', directory: draft });
  await database.close();
  // Whoever is second finds the place taken, and uses what is there.
  await rename(draft, place).catch(() => rm(draft, { recursive: true, force: true }));
  return place;
}

const exists = (path: string): Promise<boolean> => stat(path).then(() => true, () => false);
