import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

/** Names the PGlite and the Node that make and open clusters here: files of one version are not for another. */
export async function embeddedVersion(): Promise<string> {
  const main = createRequire(import.meta.url).resolve('@electric-sql/pglite');
  const manifest = await readFile(join(dirname(main), '..', 'package.json'), 'utf8');
  return createHash('sha256').update(manifest).update(process.version).digest('hex').slice(0, 16);
}
