import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { appendAuditEntry, listAuditEntries, newId, verifyAuditLog, type RequestInput } from '@tecnocursos/contracts';
import { sql } from 'kysely';
import { CLIENT, IdentityHarness } from '../identity.harness.js';
import { AuditRepository } from './audit.repository.js';

const actor = { type: 'service', id: 'billing' } as const;

describe('audit log', () => {
  let identity: IdentityHarness;
  let tenantId: string;
  const append = (changes: Partial<RequestInput<typeof appendAuditEntry>> = {}) =>
    identity.call(appendAuditEntry, { id: newId(), actor, action: 'payment.refunded', target: 'payment:1', data: { amount_micros: 5, currency: 'BRL' }, client: CLIENT, ...changes }, tenantId);
  const verify = () => identity.call(verifyAuditLog, {}, tenantId);
  /** What somebody with the rights of a database administrator could do. */
  const tamper = (change: (name: typeof table) => ReturnType<typeof sql>): Promise<void> => identity.db.transaction().execute(async (transaction) => {
    await sql`alter table ${table} disable trigger audit_append_only`.execute(transaction);
    await change(table).execute(transaction);
    await sql`alter table ${table} enable trigger audit_append_only`.execute(transaction);
  });
  const table = sql.id('identity', 'audit_entry');

  beforeAll(async () => {
    identity = await IdentityHarness.start();
  }, 60_000);
  afterAll(() => identity.stop());
  beforeEach(() => {
    tenantId = newId();
  });

  it('chains entries, also of many writers at once, and adds the same id once', async () => {
    const id = newId();
    const replies = await Promise.all([...Array.from({ length: 10 }, () => append()), append({ id }), append({ id })]);
    expect(new Set(replies.map(({ sequence }) => sequence)).size).toBe(11);
    const { entries } = await identity.call(listAuditEntries, { limit: 100 }, tenantId);
    expect(entries.map(({ sequence }) => sequence)).toEqual([11, 10, 9, 8, 7, 6, 5, 4, 3, 2, 1]);
    entries.slice(0, -1).forEach((entry, index) => expect(entry.previous_hash).toBe(entries[index + 1]?.hash));
    expect(await verify()).toEqual({ valid: true, entries: 11, head: entries[0]?.hash, broken_at: null });
  });

  it('is read in pages, by action and actor, and by its tenant alone', async () => {
    for (const action of ['a.done', 'b.done', 'a.done', 'a.done']) await append({ action });
    const first = await identity.call(listAuditEntries, { limit: 2, action: 'a.done' }, tenantId);
    expect(first.entries.map(({ sequence }) => sequence)).toEqual([4, 3]);
    const second = await identity.call(listAuditEntries, { limit: 2, action: 'a.done', cursor: first.next_cursor ?? '' }, tenantId);
    expect(second).toMatchObject({ entries: [{ sequence: 1, client: CLIENT, data: { amount_micros: 5 } }], next_cursor: null });
    expect((await identity.call(listAuditEntries, { actor_id: 'nobody' }, tenantId)).entries).toEqual([]);
    expect((await identity.call(listAuditEntries, {}, newId())).entries).toEqual([]);
    await expect(identity.call(listAuditEntries, { cursor: 'x' }, tenantId)).rejects.toMatchObject({ code: 'invalid_request' });
  });

  it('refuses changes and deletions', async () => {
    await append();
    await expect(sql`update ${table} set action = 'x' where tenant_id = ${tenantId}`.execute(identity.db)).rejects.toThrow('append-only');
    await expect(sql`delete from ${table} where tenant_id = ${tenantId}`.execute(identity.db)).rejects.toThrow('append-only');
    await expect(sql`update ${table} set client = '{}' where tenant_id = ${tenantId}`.execute(identity.db)).rejects.toThrow('append-only');
  });

  it.each([
    ['changed data', 2, (name: typeof table) => sql`update ${name} set data = '{"amount_micros":6}' where tenant_id = ${tenantId} and sequence = 2`],
    ['a changed actor', 2, (name: typeof table) => sql`update ${name} set actor_id = 'x' where tenant_id = ${tenantId} and sequence = 2`],
    ['a changed address', 2, (name: typeof table) => sql`update ${name} set client = '{"address":"1.1.1.1","user_agent":""}' where tenant_id = ${tenantId} and sequence = 2`],
    ['an entry left out', 3, (name: typeof table) => sql`delete from ${name} where tenant_id = ${tenantId} and sequence = 2`],
    ['a hash made anew', 3, (name: typeof table) => sql`update ${name} set hash = ${'f'.repeat(64)} where tenant_id = ${tenantId} and sequence = 3`],
  ])('finds %s', async (_what, brokenAt, change) => {
    for (let count = 0; count < 4; count += 1) await append();
    await tamper(change);
    expect(await verify()).toMatchObject({ valid: false, broken_at: brokenAt });
  });

  it('still verifies after an erasure, and after the oldest entries went', async () => {
    const repository = identity.get(AuditRepository);
    for (let count = 0; count < 3; count += 1) await append();
    expect(await repository.eraseClients(tenantId, 'billing')).toBe(3);
    expect((await identity.call(listAuditEntries, {}, tenantId)).entries.map(({ client }) => client)).toEqual([null, null, null]);
    const limit = identity.clock.in(1_000);
    identity.clock.advance(2_000);
    await append();
    expect(await repository.prune(tenantId, limit)).toBe(3);
    expect(await verify()).toMatchObject({ valid: true, entries: 1 });
    identity.clock.advance(2_000);
    expect(await repository.prune(tenantId, identity.clock.now())).toBe(1);
    expect(await append()).toMatchObject({ sequence: 5 });
    expect(await verify()).toMatchObject({ valid: true, entries: 1 });
  });
});
