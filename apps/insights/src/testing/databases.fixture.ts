import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe } from 'vitest';
import { findProgram, startPostgresServer, type PostgresServer } from '@tecnocursos/engines';
import { Database, migrate } from '@tecnocursos/persistence';
import { openEmbeddedDatabase } from '@tecnocursos/testing';
import type { Kysely } from 'kysely';
import { insightsMigrations } from '../insights.migrations.js';
import { INSIGHTS_SCHEMA, type InsightsTables } from '../insights.tables.js';

const PREPARE_MS = 60_000;

/** Runs the cases on the embedded database, and on PostgreSQL when it is installed. `db` gives the migrated schema inside a case. */
export function onEachDatabase(cases: (db: () => Kysely<InsightsTables>) => void): void {
  describe('on the embedded database', () => {
    withDatabase((directory) => openEmbeddedDatabase(directory), async () => undefined, cases);
  });
  const withPostgres = findProgram('postgres') === null ? describe.skip : describe;
  withPostgres('on PostgreSQL', () => {
    let server: PostgresServer;
    const open = async (directory: string): Promise<Database> => {
      server = await startPostgresServer({ directory, fsync: false });
      return Database.open({ kind: 'postgresql', url: server.url });
    };
    withDatabase(open, () => server.stop(), cases);
  });
}

function withDatabase(open: (directory: string) => Promise<Database>, stop: () => Promise<void>, cases: (db: () => Kysely<InsightsTables>) => void): void {
  let directory: string;
  let database: Database;
  let db: Kysely<InsightsTables>;
  beforeAll(async () => {
    directory = await mkdtemp(join(tmpdir(), 'tecnocursos-insights-'));
    database = await open(directory);
    db = database.schema<InsightsTables>(INSIGHTS_SCHEMA);
    await migrate(db, INSIGHTS_SCHEMA, insightsMigrations);
  }, PREPARE_MS);
  afterAll(async () => {
    await database.close();
    await stop();
    await rm(directory, { recursive: true, force: true });
  });
  cases(() => db);
}
