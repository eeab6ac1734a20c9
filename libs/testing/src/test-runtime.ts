import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createLogger, Metrics, type Environment, type ServiceRuntime } from '@tecnocursos/nest-kit';
import type { Database } from '@tecnocursos/persistence';
import { openEmbeddedDatabase } from './embedded-database.js';

export interface TestRuntime extends ServiceRuntime {
  /** Closes the database, if a service opened it, and removes its directory. */
  close(): Promise<void>;
}

/** What services are started with in a test: a real bus, PGlite in a folder of its own, and no log. */
export function createTestRuntime(natsUrl: string, environment: Environment = {}): TestRuntime {
  let opened: Promise<OpenedDatabase> | undefined;
  return {
    environment,
    logger: createLogger({ LOG_LEVEL: 'silent', LOG_FORMAT: 'json', NODE_ENV: 'test' }),
    metrics: new Metrics(),
    bus: { url: natsUrl },
    database: async () => {
      opened ??= openDatabase();
      return (await opened).database;
    },
    close: async () => {
      if (!opened) return;
      const { database, directory } = await opened;
      await database.close();
      await rm(directory, { recursive: true, force: true });
    },
  };
}

interface OpenedDatabase {
  database: Database;
  directory: string;
}

async function openDatabase(): Promise<OpenedDatabase> {
  const directory = await mkdtemp(join(tmpdir(), 'tc-pglite-'));
  return { database: await openEmbeddedDatabase(directory), directory };
}
