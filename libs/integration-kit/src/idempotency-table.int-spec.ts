import { beforeEach, describe, expect, it } from 'vitest';
import { newId } from '@tecnocursos/contracts';
import { sql, type Kysely } from 'kysely';
import { createIdempotencyTable, IdempotencyRepository, type IdempotencyTable } from './idempotency-table.js';
import { onEachDatabase } from './testing/databases.fixture.js';

const SCHEMA = 'keys';
const migrations = { '001-idempotency': { up: (db: Kysely<unknown>) => createIdempotencyTable(db, SCHEMA) } };

async function begun(store: IdempotencyRepository, tenant: string, key = 'k', hash = 'hash') {
  const outcome = await store.begin<unknown>(tenant, 'chat', key, hash);
  if (outcome.state !== 'begun') throw new Error('It was done already.');
  return outcome;
}

describe('idempotency keys', () => {
  onEachDatabase({ schema: SCHEMA, migrations }, (db) => {
    let store: IdempotencyRepository;
    let tenant: string;
    beforeEach(() => {
      store = new IdempotencyRepository(db());
      tenant = newId();
    });
    const rows = () => db() as unknown as Kysely<{ idempotency: IdempotencyTable }>;
    /** As if so many seconds had passed. */
    const age = (seconds: number) => rows().updateTable('idempotency').where('tenant_id', '=', tenant)
      .set({ created_at: sql<Date>`created_at - make_interval(secs => ${seconds})`, leased_until: sql<Date>`leased_until - make_interval(secs => ${seconds})` }).execute();
    const count = async () => (await rows().selectFrom('idempotency').select('key').where('tenant_id', '=', tenant).execute()).length;

    it('give the first answer again', async () => {
      const value = { text: 'Olá', parts: [1, null, { deep: 'ção' }] };
      await (await begun(store, tenant)).finish(value);
      expect(await store.begin(tenant, 'chat', 'k', 'hash')).toEqual({ state: 'done', value });
      expect((await new IdempotencyRepository(db()).begin(tenant, 'chat', 'k', 'hash')).state).toBe('done');
    });

    it('are of one tenant, one operation and one request', async () => {
      await (await begun(store, tenant)).finish(1);
      await expect(store.begin(tenant, 'chat', 'k', 'other')).rejects.toMatchObject({ code: 'idempotency_key_reused', issues: [{ field: 'idempotency-key' }] });
      expect((await store.begin(newId(), 'chat', 'k', 'hash')).state).toBe('begun');
      expect((await store.begin(tenant, 'outline', 'k', 'hash')).state).toBe('begun');
      expect((await store.begin(tenant, 'chat', 'K', 'hash')).state).toBe('begun');
    });

    it('let one of those in who come together, and tell the others when to come again', async () => {
      const results = await Promise.allSettled(Array.from({ length: 20 }, () => store.begin(tenant, 'chat', 'k', 'hash')));
      expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
      for (const result of results) if (result.status === 'rejected') expect(result.reason).toMatchObject({ code: 'conflict', retryAfterS: 2 });
    });

    it('are free again after a failure, and keep what was done', async () => {
      const first = await begun(store, tenant);
      await first.abandon();
      expect(await count()).toBe(0);
      const second = await begun(store, tenant);
      await second.finish('done');
      await second.abandon();
      expect(await store.begin(tenant, 'chat', 'k', 'hash')).toEqual({ state: 'done', value: 'done' });
    });

    it('of a replica that died are taken over when its time is over, for the same request alone', async () => {
      await begun(store, tenant);
      await age(299);
      await expect(store.begin(tenant, 'chat', 'k', 'hash')).rejects.toMatchObject({ code: 'conflict' });
      await age(2);
      await expect(store.begin(tenant, 'chat', 'k', 'other')).rejects.toMatchObject({ code: 'idempotency_key_reused' });
      expect((await store.begin(tenant, 'chat', 'k', 'hash')).state).toBe('begun');
      await expect(store.begin(tenant, 'chat', 'k', 'hash')).rejects.toMatchObject({ code: 'conflict' });
    });

    it('live for a week', async () => {
      await (await begun(store, tenant)).finish('old');
      await age(7 * 86_400 - 60);
      await store.removeOld();
      expect((await store.begin(tenant, 'chat', 'k', 'hash')).state).toBe('done');
      await age(120);
      expect((await store.begin(tenant, 'chat', 'k', 'another')).state).toBe('begun');
      await age(8 * 86_400);
      await store.removeOld();
      expect(await count()).toBe(0);
    });
  });
});
