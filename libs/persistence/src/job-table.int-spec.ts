import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { findProgram, startPostgresServer } from '@tecnocursos/engines';
import { expressionBuilder, sql, type Kysely, type Transaction } from 'kysely';
import { Database } from './database.js';
import { JobTable, type JobColumns } from './job-table.js';
import { migrate } from './migrations.js';
import { createOutboxTable, type OutboxTable } from './outbox.js';

interface Parcel extends JobColumns {
  weight: number;
  started_at: Date | null;
}

interface Tables {
  parcel: Parcel;
  outbox: OutboxTable;
}

const SCHEMA = 'depot';
const TENANT = '0b7c9b7e-3f7e-4d56-9f1c-0d8c3f0e2a11';
const OTHER = '0b7c9b7e-3f7e-4d56-9f1c-0d8c3f0e2a12';
const NOW = new Date(Date.UTC(2026, 10, 25));
const after = (ms: number): Date => new Date(NOW.getTime() + ms);
const idOf = (number: number): string => `00000000-0000-7000-8000-${String(number).padStart(12, '0')}`;
const PARCELS = new JobTable<Parcel>('parcel', ({ id, tenantId }) => ({ subject: 'jobs.depot.parcel.send.v1', payload: { id, tenantId } }), { leaseMs: 100, queuedMs: 1_000 });

const migrations = {
  '001-parcels': {
    up: async (db: Kysely<unknown>) => {
      await db.schema.withSchema(SCHEMA).createTable('parcel')
        .addColumn('id', 'uuid', (column) => column.primaryKey())
        .addColumn('tenant_id', 'uuid', (column) => column.notNull())
        .addColumn('state', 'text', (column) => column.notNull())
        .addColumn('attempts', 'integer', (column) => column.notNull())
        .addColumn('not_before', 'timestamptz', (column) => column.notNull())
        .addColumn('lease_until', 'timestamptz')
        .addColumn('weight', 'integer', (column) => column.notNull())
        .addColumn('started_at', 'timestamptz')
        .execute();
      await createOutboxTable(db, SCHEMA);
    },
  },
};

/** On PostgreSQL, where transactions run side by side; on the embedded database where it is not installed. */
describe('a table of jobs', () => {
  let directory = '';
  let database: Database;
  let db: Kysely<Tables>;
  let stopServer: () => Promise<void> = async () => undefined;

  beforeAll(async () => {
    directory = await mkdtemp(join(tmpdir(), 'tecnocursos-jobs-'));
    if (findProgram('postgres') === null) database = await Database.open({ kind: 'pglite', directory });
    else {
      const server = await startPostgresServer({ directory, fsync: false });
      stopServer = () => server.stop();
      database = await Database.open({ kind: 'postgresql', url: server.url });
    }
    db = database.schema<Tables>(SCHEMA);
    await migrate(db, SCHEMA, migrations);
  }, 60_000);
  afterAll(async () => {
    await database.close();
    await stopServer();
    await rm(directory, { recursive: true, force: true });
  });
  beforeEach(async () => {
    await db.deleteFrom('parcel').execute();
    await db.deleteFrom('outbox').execute();
  });

  const add = (numbers: number[], values: Partial<Parcel> = {}) => db.insertInto('parcel')
    .values(numbers.map((number) => ({ id: idOf(number), tenant_id: TENANT, state: 'ready' as const, attempts: 0, not_before: NOW, lease_until: null, weight: number, started_at: null, ...values }))).execute();
  const states = async (): Promise<string[]> => (await db.selectFrom('parcel').select('state').orderBy('id').execute()).map(({ state }) => state);
  const announced = async (): Promise<string[]> => (await db.selectFrom('outbox').select('payload').orderBy('id').execute()).map(({ payload }) => (JSON.parse(payload) as { id: string }).id);
  const schedule = (concurrency: number, tenantId = TENANT) => db.transaction().execute((transaction) => PARCELS.schedule(transaction, {
    tenantId, concurrency, now: NOW,
    ready: async (limit) => (await heaviest(transaction, tenantId, limit)).map(({ id }) => ({ id, request_id: 'req' })),
  }));
  const heaviest = (transaction: Transaction<Tables>, tenantId: string, limit: number) =>
    transaction.selectFrom('parcel').select('id').where('tenant_id', '=', tenantId).where('state', '=', 'ready').orderBy('weight', 'desc').limit(limit).execute();
  const claim = async (number: number, now = NOW): Promise<Parcel> => {
    const job = await PARCELS.claim(db, { id: idOf(number), tenantId: TENANT }, now);
    if (!job) throw new Error('It was not to be had.');
    return job;
  };

  it('queues as many at once as a tenant may have, in the service\'s order, and announces them with it', async () => {
    await add([1, 2, 3]);
    await add([4], { tenant_id: OTHER, state: 'running' });
    await schedule(2);
    expect([await states(), await announced()]).toEqual([['ready', 'queued', 'queued', 'running'], [idOf(3), idOf(2)]]);
    await schedule(2);
    expect(await announced()).toHaveLength(2);
    await schedule(3);
    expect(await announced()).toEqual([3, 2, 1].map(idOf));
  });

  it('lets replicas that schedule at once queue no more than one would', async () => {
    await add([1, 2, 3, 4, 5, 6]);
    await Promise.all(Array.from({ length: 6 }, () => schedule(2)));
    expect((await states()).filter((state) => state === 'queued')).toHaveLength(2);
    expect(await announced()).toHaveLength(2);
  });

  it('gives a job to one worker, of its tenant', async () => {
    await add([1], { state: 'queued' });
    expect(await PARCELS.claim(db, { id: idOf(1), tenantId: OTHER }, NOW)).toBeUndefined();
    const taken = await Promise.all(Array.from({ length: 5 }, () => PARCELS.claim(db, { id: idOf(1), tenantId: TENANT }, NOW)));
    expect(taken.filter((job) => job !== undefined)).toMatchObject([{ state: 'running', attempts: 1, weight: 1, lease_until: after(100) }]);
  });

  it('adds a service\'s own conditions and values to a claim', async () => {
    await add([1, 2], { state: 'queued' });
    const own = { only: expressionBuilder<Tables, 'parcel'>()('weight', '>', 1), set: { started_at: sql`coalesce(started_at, ${NOW})` } };
    expect(await PARCELS.claim(db, { id: idOf(1), tenantId: TENANT }, NOW, own)).toBeUndefined();
    expect(await PARCELS.claim(db, { id: idOf(2), tenantId: TENANT }, NOW, own)).toMatchObject({ attempts: 1, started_at: NOW });
  });

  it('takes a job from a worker that is not heard of, whose words then count no more', async () => {
    await add([1], { state: 'queued' });
    const lost = await claim(1);
    expect(await PARCELS.extendLease(db, lost, after(50))).toBe(true);
    expect(await PARCELS.claim(db, { id: idOf(1), tenantId: TENANT }, after(149))).toBeUndefined();
    const again = await claim(1, after(151));
    expect(again.attempts).toBe(2);
    expect([await PARCELS.extendLease(db, lost, after(160)), await PARCELS.change(db, lost, { state: 'done' })]).toEqual([false, false]);
    await PARCELS.putBack(db, lost, after(1));
    expect(await states()).toEqual(['running']);
    expect([await PARCELS.change(db, again, { state: 'done', weight: 7 }), await PARCELS.change(db, again, { state: 'done' })]).toEqual([true, false]);
  });

  it('finds what got lost on the way, and leaves the rest', async () => {
    await add([1], { state: 'queued', lease_until: after(-1) });
    await add([2], { state: 'queued', lease_until: after(1) });
    await add([3], { state: 'running', lease_until: after(-1) });
    await add([4], { state: 'done', lease_until: after(-1) });
    await db.transaction().execute((transaction) => PARCELS.releaseLost(transaction, NOW));
    expect(await states()).toEqual(['ready', 'queued', 'ready', 'done']);
  });

  it('puts a job back for later', async () => {
    await add([1], { state: 'queued' });
    await PARCELS.putBack(db, await claim(1), after(5_000), { weight: 9 });
    expect(await db.selectFrom('parcel').selectAll().execute()).toMatchObject([{ state: 'ready', lease_until: null, not_before: after(5_000), weight: 9, attempts: 1 }]);
  });
});
