import { beforeEach, describe, expect, it } from 'vitest';
import { AppError, newId, type BudgetKey } from '@tecnocursos/contracts';
import { sql } from 'kysely';
import { INSIGHTS_SCHEMA } from '../insights.tables.js';
import { LedgerRepository } from '../ledger/ledger.repository.js';
import { onEachDatabase } from '../testing/databases.fixture.js';
import { recordOf } from '../testing/records.fixture.js';
import { BudgetRepository } from './budget.repository.js';
import { BudgetService } from './budget.service.js';
import { LeaseRepository } from './lease.repository.js';

const CALL = 1_000;
const NOON = Date.parse('2026-11-25T15:00:00Z');
const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;
const [HOLDER_A, HOLDER_B] = [newId(), newId()];

describe('budgets', () => {
  onEachDatabase((db) => {
    let now: number;
    let tenant: string;
    const serviceWith = (environment = {}): BudgetService => {
      const [budgets, leases] = [new BudgetRepository(db()), new LeaseRepository(db())];
      return new BudgetService(budgets, leases, () => new Date(now), environment);
    };
    const dayOf = (subject: string): BudgetKey => ({ scope: 'tenant', subject, period: 'day' });
    const lease = (needed = CALL, values: { key?: BudgetKey; holder?: string; lease_id?: string; limit_micros?: number | null } = {}) =>
      serviceWith().lease({ key: dayOf(tenant), holder: HOLDER_A, lease_id: newId(), needed_micros: needed, ...values });
    const settle = (lease_id: string, spent: number, returned: number, settlement_id = newId()) =>
      serviceWith().settle({ lease_id, settlement_id, spent_micros: spent, returned_micros: returned });
    const limitTo = (limit: number | null) => serviceWith().setLimit(tenant, 'day', limit);
    const account = async () => {
      const { limit_micros: limit, spent_micros: spent, reserved_micros: reserved } = (await serviceWith().ofTenant(tenant)).find(({ period }) => period === 'day') ?? {};
      return { limit, spent, reserved };
    };

    beforeEach(() => {
      now = NOON;
      tenant = newId();
    });

    it('grant exactly ten calls to a hundred parallel demands of two holders', async () => {
      await limitTo(10 * CALL);
      const demands = Array.from({ length: 100 }, (_, index) => lease(CALL, { holder: index % 2 === 0 ? HOLDER_A : HOLDER_B }));
      const grants = (await Promise.all(demands)).map(({ granted_micros }) => granted_micros);
      expect(grants.filter((granted) => granted === CALL)).toHaveLength(10);
      expect(grants.filter((granted) => granted === 0)).toHaveLength(90);
      expect(await account()).toEqual({ limit: 10 * CALL, spent: 0, reserved: 10 * CALL });
    });

    it('are spent to the last call out of slices, by two holders that settle in any order', async () => {
      const calls = 1_000;
      await limitTo(calls * CALL);
      let made = 0;
      const spend = async (holder: string): Promise<void> => {
        for (;;) {
          const lease_id = newId();
          const { granted_micros } = await lease(CALL, { holder, lease_id });
          if (granted_micros < CALL) return;
          const affordable = Math.floor(granted_micros / CALL);
          made += affordable;
          expect(await settle(lease_id, affordable * CALL, granted_micros - affordable * CALL)).toBe(true);
        }
      };
      await Promise.all([spend(HOLDER_A), spend(HOLDER_B)]);
      expect(made).toBe(calls);
      expect(await account()).toEqual({ limit: calls * CALL, spent: calls * CALL, reserved: 0 });
    });

    it('lease once for an id, and settle once for an id, also when asked in parallel', async () => {
      await limitTo(10 * CALL);
      const lease_id = newId();
      const grants = await Promise.all(Array.from({ length: 5 }, () => lease(CALL, { lease_id })));
      expect(grants.map(({ granted_micros }) => granted_micros)).toEqual(Array.from({ length: 5 }, () => CALL));
      expect(await account()).toMatchObject({ reserved: CALL });
      const settlement = newId();
      expect(await Promise.all(Array.from({ length: 5 }, () => settle(lease_id, 600, 400, settlement)))).toEqual(Array.from({ length: 5 }, () => true));
      expect(await account()).toMatchObject({ spent: 600, reserved: 0 });
      expect((await lease(CALL, { lease_id })).granted_micros).toBe(0);
    });

    it('refuse an id of a lease that is another holder’s', async () => {
      await limitTo(10 * CALL);
      const lease_id = newId();
      await lease(CALL, { lease_id });
      const error = await lease(CALL, { lease_id, holder: HOLDER_B }).catch((caught: unknown) => caught);
      expect(error).toMatchObject({ code: 'conflict', issues: [{ field: 'lease_id' }] });
    });

    it('count what a call cost more than its estimate, and lease nothing after that', async () => {
      await limitTo(2 * CALL);
      const lease_id = newId();
      await lease(CALL, { lease_id });
      await settle(lease_id, 3 * CALL, 0);
      expect(await account()).toEqual({ limit: 2 * CALL, spent: 3 * CALL, reserved: 0 });
      expect(await lease()).toMatchObject({ limited: true, granted_micros: 0 });
    });

    it('count a slice that nobody settled as spent, and believe its holder when it comes back', async () => {
      await limitTo(2 * CALL);
      const [kept, lost] = [newId(), newId()];
      await lease(CALL, { lease_id: kept });
      await lease(CALL, { lease_id: lost, holder: HOLDER_B });
      now += 9 * MINUTE_MS;
      await settle(kept, 100, 0);
      now += 2 * MINUTE_MS;
      expect((await lease(1)).granted_micros).toBe(0);
      await new LeaseRepository(db()).sweep(new Date(now), new Date(now - DAY_MS));
      expect(await account()).toEqual({ limit: 2 * CALL, spent: CALL + 100, reserved: CALL - 100 });
      const late = newId();
      expect([await settle(lost, 300, 700, late), await settle(lost, 300, 700, late)]).toEqual([false, false]);
      expect(await account()).toEqual({ limit: 2 * CALL, spent: 400, reserved: CALL - 100 });
      expect(await settle(newId(), 1, 1)).toBe(false);
    });

    it('forget leases a day after they expired', async () => {
      await limitTo(2 * CALL);
      const lease_id = newId();
      await lease(CALL, { lease_id });
      now += 2 * DAY_MS;
      const leases = new LeaseRepository(db());
      await leases.sweep(new Date(now), new Date(now - DAY_MS));
      expect(await settle(lease_id, 0, CALL)).toBe(false);
      const { rows } = await sql<{ left: number }>`select count(*)::integer as left from ${sql.id(INSIGHTS_SCHEMA, 'lease')} where id = ${lease_id}`.execute(db());
      expect(rows[0]?.left).toBe(0);
    });

    it('begin anew with the day, while a call of the evening is settled with its own day', async () => {
      await limitTo(CALL);
      now = Date.parse('2026-11-26T02:59:00Z');
      const lease_id = newId();
      const evening = await lease(CALL, { lease_id });
      expect(evening).toEqual({ limited: true, granted_micros: CALL, recheck_s: 30, resets_at: '2026-11-26T03:00:00.000Z' });
      expect((await lease()).granted_micros).toBe(0);
      now = Date.parse('2026-11-26T03:00:00Z');
      expect((await lease()).granted_micros).toBe(CALL);
      expect(await settle(lease_id, 400, 600)).toBe(true);
      expect(await account()).toEqual({ limit: CALL, spent: 0, reserved: CALL });
      now = Date.parse('2026-11-26T02:59:59.500Z');
      expect(await account()).toEqual({ limit: CALL, spent: 400, reserved: 0 });
      expect((await lease()).recheck_s).toBe(1);
    });

    it('follow a limit that is lowered, raised, removed and set again', async () => {
      await limitTo(5 * CALL);
      await lease(3 * CALL);
      await limitTo(2 * CALL);
      expect((await lease(1)).granted_micros).toBe(0);
      await limitTo(4 * CALL);
      expect((await lease()).granted_micros).toBe(CALL);
      expect(await limitTo(null)).toMatchObject({ limit_micros: null, reserved_micros: 4 * CALL });
      expect(await lease(7 * CALL)).toMatchObject({ limited: false, granted_micros: 7 * CALL });
      await new LedgerRepository(db()).store([recordOf(tenant, { started_at: new Date(now).toISOString(), cost_micros: 11 * CALL })]);
      await limitTo(12 * CALL);
      expect(await lease()).toMatchObject({ limited: true, granted_micros: CALL });
      expect(await account()).toEqual({ limit: 12 * CALL, spent: 7 * CALL, reserved: 5 * CALL });
    });

    it('have no limit unless the installation or the tenant sets one', async () => {
      await new LedgerRepository(db()).store([recordOf(tenant, { started_at: new Date(now).toISOString(), cost_micros: 5 }), recordOf(tenant, { started_at: new Date(now - DAY_MS).toISOString(), cost_micros: 7 })]);
      expect((await serviceWith().ofTenant(tenant)).map(({ period, limit_micros, spent_micros }) => [period, limit_micros, spent_micros])).toEqual([['day', null, 5], ['month', null, 12]]);
      const installed = serviceWith({ INSIGHTS_TENANT_DAILY_BUDGET_USD: '0.25', INSIGHTS_TENANT_MONTHLY_BUDGET_USD: '3' });
      expect((await installed.ofTenant(tenant)).map(({ limit_micros }) => limit_micros)).toEqual([250_000, 3_000_000]);
      expect(await installed.setLimit(tenant, 'month', 9)).toMatchObject({ limit_micros: 9, period_start: '2026-11-01T03:00:00.000Z', period_end: '2026-12-01T03:00:00.000Z' });
      expect(await installed.setLimit(tenant, 'month', null)).toMatchObject({ limit_micros: 3_000_000 });
    });

    it('are one tenant’s alone', async () => {
      await limitTo(CALL);
      const other = newId();
      expect(await lease(CALL, { key: dayOf(other) })).toMatchObject({ limited: false });
      expect((await serviceWith().ofTenant(other)).map(({ limit_micros, reserved_micros }) => [limit_micros, reserved_micros])).toEqual([[null, 0], [null, 0]]);
      expect((await lease(CALL, { key: dayOf(tenant.toUpperCase()) })).granted_micros).toBe(CALL);
      expect((await lease()).granted_micros).toBe(0);
    });

    it('limit providers by what the demand says, over all tenants', async () => {
      const provider = `vendor-${newId()}`;
      const key: BudgetKey = { scope: 'provider', subject: provider, period: 'month' };
      await new LedgerRepository(db()).store([recordOf(tenant, { provider, started_at: new Date(now).toISOString(), cost_micros: 2 * CALL })]);
      expect(await lease(CALL, { key })).toMatchObject({ limited: false });
      const ofProvider = async () => (await serviceWith().ofProviders()).filter(({ subject }) => subject === provider).map((budget) => [budget.period, budget.limit_micros, budget.spent_micros, budget.reserved_micros]);
      expect(await ofProvider()).toEqual([['day', null, 2 * CALL, 0], ['month', null, 2 * CALL, 0]]);
      const grants = await Promise.all(Array.from({ length: 8 }, () => lease(CALL, { key, limit_micros: 5 * CALL })));
      expect(grants.filter(({ granted_micros }) => granted_micros === CALL)).toHaveLength(3);
      expect(await ofProvider()).toEqual([['day', null, 2 * CALL, 0], ['month', 5 * CALL, 2 * CALL, 3 * CALL]]);
    });

    it('name the field when the subject is no tenant', async () => {
      const error = await lease(CALL, { key: dayOf('openai') }).catch((caught: unknown) => caught);
      expect(error).toBeInstanceOf(AppError);
      expect(error).toMatchObject({ code: 'invalid_request', issues: [{ field: 'key.subject' }] });
    });
  });
});
