import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { AppError, listBudgets, newId, setBudget, type BudgetKey } from '@tecnocursos/contracts';
import { connectBus, RpcClient, type BusConnection } from '@tecnocursos/messaging';
import type { BudgetClaim, BudgetReservation } from '@tecnocursos/provider-kit';
import { startInsights, until, type Insights } from '../testing/insights.fixture.js';
import { LeasedBudgets, type LeasedBudgetsOptions } from './leased-budgets.js';

const CALL = 1_000;
const START_MS = 60_000;

describe('leased budgets over the bus', () => {
  let insights: Insights;
  let tenant: string;
  let errors: unknown[];
  let opened: { budgets: LeasedBudgets; rpc: RpcClient; bus: BusConnection }[];

  beforeAll(async () => {
    insights = await startInsights({ INSIGHTS_BUDGET_RECHECK_S: '1' });
  }, START_MS);
  afterAll(() => insights.close());
  beforeEach(() => {
    tenant = newId();
    [errors, opened] = [[], []];
  });
  afterEach(async () => {
    await insights.start();
    for (const { budgets, rpc, bus } of opened) {
      await budgets.close();
      rpc.close();
      await bus.close();
    }
  });

  /** What a process has of its own: a connection, a client, slices. */
  async function replica(options: LeasedBudgetsOptions = {}): Promise<LeasedBudgets> {
    const bus = await connectBus({ url: insights.nats.url, name: 'replica' });
    const rpc = new RpcClient(bus);
    const budgets = new LeasedBudgets(rpc, (error) => errors.push(error), options);
    opened.push({ budgets, rpc, bus });
    return budgets;
  }
  const keyOf = (period: BudgetKey['period']): BudgetKey => ({ scope: 'tenant', subject: tenant, period });
  const claims = (): BudgetClaim[] => [{ key: keyOf('day') }, { key: keyOf('month') }];
  const limit = (calls: number) => insights.rpc.call(setBudget, { period: 'day', limit_micros: calls * CALL }, { tenantId: tenant });
  const account = async () => {
    const { budgets } = await insights.rpc.call(listBudgets, {}, { tenantId: tenant });
    return budgets.find(({ period }) => period === 'day');
  };
  const settleAll = async (): Promise<void> => {
    for (const { budgets } of opened) await budgets.close();
  };
  const reserved = (results: readonly (BudgetReservation | undefined)[]): BudgetReservation[] => results.filter((one) => one !== undefined);

  it('let exactly ten of a hundred parallel calls pass, over two replicas', async () => {
    await limit(10);
    const replicas = [await replica(), await replica()];
    const results = await Promise.all(Array.from({ length: 100 }, (_unused, index) => replicas[index % 2]?.reserve(claims(), CALL)));
    const got = reserved(results);
    expect(got).toHaveLength(10);
    for (const reservation of got) reservation.settle(CALL);
    expect(await replicas[0]?.reserve(claims(), CALL)).toBeUndefined();
    await settleAll();
    expect(await account()).toMatchObject({ limit_micros: 10 * CALL, spent_micros: 10 * CALL, reserved_micros: 0 });
    expect(errors).toEqual([]);
  });

  it('are spent to the last call by replicas that come and go', async () => {
    await limit(60);
    let made = 0;
    const spend = async (budgets: LeasedBudgets): Promise<void> => {
      for (let misses = 0; misses < 3;) {
        const reservation = await budgets.reserve(claims(), CALL);
        if (!reservation) {
          misses += 1;
          await new Promise((resolve) => setTimeout(resolve, 510)); // what it was told holds for half a second
          continue;
        }
        misses = 0;
        made += 1;
        reservation.settle(CALL);
      }
    };
    const replicas = [await replica(), await replica()];
    await Promise.all(replicas.map(spend));
    expect(made).toBeGreaterThan(0);
    await settleAll();
    await spend(await replica());
    await settleAll();
    expect(made).toBe(60);
    expect(await account()).toMatchObject({ spent_micros: 60 * CALL, reserved_micros: 0 });
  }, START_MS);

  it('get back what a call did not use, and count what it used beyond', async () => {
    await limit(2);
    const budgets = await replica();
    const [first, second] = [await budgets.reserve(claims(), CALL), await budgets.reserve(claims(), CALL)];
    expect(await budgets.reserve(claims(), CALL)).toBeUndefined();
    first?.settle(100);
    second?.settle(CALL + 50);
    await new Promise((resolve) => setTimeout(resolve, 510));
    const third = await budgets.reserve(claims(), 800);
    expect(third).toBeDefined();
    third?.settle(0);
    await settleAll();
    expect(await account()).toMatchObject({ spent_micros: CALL + 150, reserved_micros: 0 });
  });

  it('hold a provider’s limit beside the tenant’s: all or nothing', async () => {
    const provider = `toy-${tenant.slice(0, 8)}`;
    const budgets = await replica();
    const both = (): BudgetClaim[] => [...claims(), { key: { scope: 'provider', subject: provider, period: 'day' }, limitMicros: 3 * CALL }];
    await limit(5);
    const results = await Promise.all(Array.from({ length: 8 }, () => budgets.reserve(both(), CALL)));
    expect(reserved(results)).toHaveLength(3);
    for (const reservation of reserved(results)) reservation.settle(CALL);
    await settleAll();
    expect(await account()).toMatchObject({ spent_micros: 3 * CALL, reserved_micros: 0 });
  });

  it('cost no question in the usual case, and notice a new limit within its time', async () => {
    const budgets = await replica();
    expect(await budgets.reserve(claims(), CALL)).toBeDefined();
    expect(budgets.reserve(claims(), CALL)).not.toBeInstanceOf(Promise); // known to be without a limit
    await limit(0);
    await until(async () => (await budgets.reserve(claims(), CALL)) === undefined);
  });

  it('stay without a limit for a while when the service is away, and are unavailable after it', async () => {
    const budgets = await replica({ staleMs: 2_500 });
    expect(await budgets.reserve(claims(), CALL)).toBeDefined();
    await insights.leave();
    await new Promise((resolve) => setTimeout(resolve, 1_100));
    expect(await budgets.reserve(claims(), CALL)).toBeDefined();
    expect(errors).not.toEqual([]);
    const last = Date.now() + 20_000;
    let error: unknown;
    while (!error && Date.now() < last) {
      try {
        await budgets.reserve(claims(), CALL);
        await new Promise((resolve) => setTimeout(resolve, 100));
      } catch (thrown) {
        error = thrown;
      }
    }
    expect(error).toMatchObject({ code: 'unavailable', retryAfterS: 2 });
  }, START_MS);

  it('are unavailable at once when there is a limit, or nothing is known', async () => {
    await limit(1);
    const budgets = await replica();
    (await budgets.reserve(claims(), CALL))?.settle(CALL);
    await insights.leave();
    await new Promise((resolve) => setTimeout(resolve, 1_100));
    const ask = async (asked: LeasedBudgets): Promise<unknown> => Promise.resolve(asked.reserve(claims(), CALL)).catch((error: unknown) => error);
    expect(await ask(budgets)).toBeInstanceOf(AppError);
    expect(await ask(await replica())).toMatchObject({ code: 'unavailable' });
    await insights.start();
    expect(await ask(budgets)).toBeUndefined(); // the spending that was settled late is not lost
  });
});
