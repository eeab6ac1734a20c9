import { spawnSync } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findProgram, startPostgresServer, type PostgresServer } from '@tecnocursos/engines';
import { sql, type Kysely } from 'kysely';
import { Database } from './database.js';
import { lockDirectory } from './directory-lock.js';
import { isUniqueViolation, migrate } from './migrations.js';
import { createOutboxTable, enqueue, lockKey, Outbox, type OutboxTable } from './outbox.js';

interface Tables {
  item: { id: number; name: string };
  outbox: OutboxTable;
}

const SCHEMA = 'shelf';
const TENANT = '0b7c9b7e-3f7e-4d56-9f1c-0d8c3f0e2a11';
const migrations = {
  '001-items': {
    up: async (db: Kysely<unknown>) => {
      await db.schema.withSchema(SCHEMA).createTable('item').addColumn('id', 'integer', (column) => column.primaryKey()).addColumn('name', 'text').execute();
      await createOutboxTable(db, SCHEMA);
    },
  },
};
/** Milliseconds in which a cluster is made, on a busy machine too. */
const CLUSTER_LIMIT_MS = 60_000;
const wait = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/** The same cases on both databases. */
function behavesAsDatabase(open: () => Promise<Database>): void {
  let database: Database;
  let db: Kysely<Tables>;

  beforeAll(async () => {
    database = await open();
    db = database.schema<Tables>(SCHEMA);
    await Promise.all([migrate(db, SCHEMA, migrations), migrate(database.schema(SCHEMA), SCHEMA, migrations)]);
  }, CLUSTER_LIMIT_MS);
  afterAll(() => database.close());

  it('keeps a query beside an open transaction out of it', async () => {
    const failing = db.transaction().execute(async (transaction) => {
      await transaction.insertInto('item').values({ id: 1, name: 'inside' }).execute();
      await wait(30);
      throw new Error('rolled back');
    });
    await Promise.all([expect(failing).rejects.toThrow('rolled back'), db.insertInto('item').values({ id: 2, name: 'beside' }).execute()]);
    expect(await db.selectFrom('item').select('id').execute()).toEqual([{ id: 2 }]);
  });

  it('tells a broken unique constraint from other errors', async () => {
    await db.insertInto('item').values({ id: 10, name: 'a' }).execute();
    const error = await db.insertInto('item').values({ id: 10, name: 'b' }).execute().catch((caught: unknown) => caught);
    expect(isUniqueViolation(error)).toBe(true);
    expect(isUniqueViolation(await db.selectFrom('item').select('nothing' as 'id').execute().catch((caught: unknown) => caught))).toBe(false);
  });

  it('lets one transaction in at a time for a key', async () => {
    let inside = 0;
    let most = 0;
    const enter = (): Promise<void> => db.transaction().execute(async (transaction) => {
      await lockKey(transaction, 'door');
      inside += 1;
      most = Math.max(most, inside);
      await wait(5);
      inside -= 1;
    });
    await Promise.all(Array.from({ length: 8 }, enter));
    expect(most).toBe(1);
  });

  it('announces messages with the transaction or not at all, in their order', async () => {
    const outbox = new Outbox(db as unknown as Kysely<never>);
    const message = (number: number) => ({ subject: 'events.shelf.item.added.v1', payload: { number }, tenantId: TENANT, requestId: 'req' });
    await db.transaction().execute((transaction) => enqueue(transaction, [message(1), message(2)]));
    await db.transaction().execute(async (transaction) => {
      await enqueue(transaction, [message(3)]);
      throw new Error('no');
    }).catch(() => undefined);
    const stored = await outbox.unpublished(10);
    expect(stored.map(({ payload }) => payload)).toEqual([{ number: 1 }, { number: 2 }]);
    await outbox.remove(stored.map(({ id }) => id));
    expect(await outbox.unpublished(10)).toEqual([]);
  });
}

describe('the embedded database', () => {
  let directory: string;
  beforeAll(async () => {
    directory = await mkdtemp(join(tmpdir(), 'tecnocursos-pglite-'));
  });
  afterAll(() => rm(directory, { recursive: true, force: true }));

  behavesAsDatabase(() => Database.open({ kind: 'pglite', directory }));

  it('refuses a directory that another process has, at once', async () => {
    const script = `import { Database } from '${new URL('../dist/index.js', import.meta.url).href}'; await Database.open({ kind: 'pglite', directory: process.argv[1] });`;
    const started = Date.now();
    const second = spawnSync(process.execPath, ['--no-warnings', '--input-type=module', '-e', script, directory], { encoding: 'utf8', env: { PATH: process.env['PATH'] } });
    expect(second.status).not.toBe(0);
    expect(second.stderr).toContain('Another process uses the data directory');
    expect(Date.now() - started).toBeLessThan(5_000);
  });

  it('gives the directory back when its process was killed', async () => {
    const other = await mkdtemp(join(tmpdir(), 'tecnocursos-lock-'));
    const script = `import { lockDirectory } from '${new URL('../dist/index.js', import.meta.url).href}'; lockDirectory(process.argv[1]); process.kill(process.pid, 'SIGKILL');`;
    const killed = spawnSync(process.execPath, ['--no-warnings', '--input-type=module', '-e', script, other], { encoding: 'utf8' });
    expect(killed.signal).toBe('SIGKILL');
    lockDirectory(other).release();
    await rm(other, { recursive: true });
  });
});

const postgres = findProgram('postgres');
const withPostgres = postgres === null ? describe.skip : describe;
if (postgres === null) console.warn('PostgreSQL is not installed: the database cases ran on the embedded database alone.');

withPostgres('PostgreSQL', () => {
  let directory: string;
  let server: PostgresServer;
  beforeAll(async () => {
    directory = await mkdtemp(join(tmpdir(), 'tecnocursos-postgres-'));
    server = await startPostgresServer({ directory, fsync: false });
  }, CLUSTER_LIMIT_MS);
  afterAll(async () => {
    await server.stop();
    await rm(directory, { recursive: true, force: true });
  });

  behavesAsDatabase(() => Database.open({ kind: 'postgresql', url: server.url }));

  it('survives a connection that dies inside a transaction', async () => {
    const database = await Database.open({ kind: 'postgresql', url: server.url });
    const db = database.schema<Tables>('public');
    const dying = db.transaction().execute((transaction) => sql`select pg_terminate_backend(pg_backend_pid())`.execute(transaction));
    await expect(dying).rejects.toThrow();
    await wait(50); // the socket's end comes after the answer
    await database.ping();
    await database.close();
  });
});
