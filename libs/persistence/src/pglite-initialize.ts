import { PGlite } from '@electric-sql/pglite';

/** Run as a process of its own: making a cluster takes half a gigabyte that only the end of a process gives back. */
const [dataDir] = process.argv.slice(2);
if (dataDir === undefined) throw new Error('usage: pglite-initialize <directory>');
const database = await PGlite.create(dataDir);
await database.close();
