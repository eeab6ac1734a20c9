import { createHash, randomUUID } from 'node:crypto';
import { cp, mkdir, readFile, rename, rm, stat } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { Database } from '@tecnocursos/persistence';

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
  const place = join(tmpdir(), `tecnocursos-database-${await version()}`);
  if (await exists(place)) return place;
  const draft = `${place}-${randomUUID()}`;
  const database = await Database.open({ kind: 'pglite', directory: draft });
  await database.close();
  // Whoever is second finds the place taken, and uses what is there.
  await rename(draft, place).catch(() => rm(draft, { recursive: true, force: true }));
  return place;
}

/** Of the program that makes clusters and of the one that opens them: another version gets a template of its own. */
async function version(): Promise<string> {
  const resolve = createRequire(import.meta.url).resolve;
  const main = createRequire(resolve('@tecnocursos/persistence')).resolve('@electric-sql/pglite');
  const manifest = await readFile(join(dirname(main), '..', 'package.json'), 'utf8');
  return createHash('sha256').update(manifest).update(process.version).digest('hex').slice(0, 16);
}

const exists = (path: string): Promise<boolean> => stat(path).then(() => true, () => false);
