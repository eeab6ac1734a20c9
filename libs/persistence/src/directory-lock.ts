import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';

/**
 * Takes a directory for this process alone. PGlite itself takes no lock, and two processes on one directory lose
 * commits. SQLite's file lock is released by the system when the process ends, however it ends.
 * @throws Error that names the directory, at once, when another process has it.
 */
export function lockDirectory(directory: string): { release(): void } {
  mkdirSync(directory, { recursive: true, mode: 0o700 });
  const lock = new DatabaseSync(join(directory, 'lock.sqlite'));
  try {
    lock.exec('PRAGMA locking_mode = EXCLUSIVE; PRAGMA journal_mode = MEMORY; BEGIN EXCLUSIVE; CREATE TABLE IF NOT EXISTS lock (id INTEGER); COMMIT;');
  } catch {
    lock.close();
    throw new Error(`Another process uses the data directory ${directory}. End it first, or choose another directory with DATA_DIR.`);
  }
  return { release: () => lock.close() };
}
