import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe } from 'vitest';
import { findProgram, startPostgresServer, type PostgresServer } from '@tecnocursos/engines';
import { Database, migrate, type Migrations } from '@tecnocursos/persistence';
import { openEmbeddedDatabase } from '@tecnocursos/testing';
import type { Kysely } from 'kysely';

const PREPARE_MS = 60_000;

export interface SchemaUnderTest {
  readonly schema: string;
  readonly migrations: Migrations;
}

/** Runs the cases on the embedded database, and on PostgreSQL when it is installed. `db` gives the migrated schema inside a case. */
export function onEachDatabase(of: SchemaUnderTest, cases: (db: () => Kysely<never>) => void): void {
  describe('on the embedded database', () => {
    withDatabase(of, (directory) => openEmbeddedDatabase(directory), async () => undefined, cases);
  });
  const found = findProgram('postgres') !== null;
  if (!found) console.warn('PostgreSQL is not installed: the cases ran on the embedded database alone.');
  (found ? describe : describe.skip)('on PostgreSQL', () => {
    let server: PostgresServer;
    const open = async (directory: string): Promise<Database> => {
      server = await startPostgresServer({ directory, fsync: false });
      return Database.open({ kind: 'postgresql', url: server.url });
    };
    withDatabase(of, open, () => server.stop(), cases);
  });
}

function withDatabase({ schema, migrations }: SchemaUnderTest, open: (directory: string) => Promise<Database>, stop: () => Promise<void>, cases: (db: () => Kysely<never>) => void): void {
  let directory: string;
  let database: Database;
  let db: Kysely<never>;
  beforeAll(async () => {
    directory = await mkdtemp(join(tmpdir(), 'tc-database-'));
    database = await open(directory);
    db = database.schema<never>(schema);
    await migrate(db as unknown as Kysely<unknown>, schema, migrations);
  }, PREPARE_MS);
  afterAll(async () => {
    await database.close();
    await stop();
    await rm(directory, { recursive: true, force: true });
  });
  cases(() => db);
}
