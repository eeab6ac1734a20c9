import { describe, expect, it } from 'vitest';
import { AppError } from '@tecnocursos/contracts';
import fc from 'fast-check';
import type { BudgetClaim, BudgetKeeper, BudgetReservation } from '../budget.port.js';
import { ProviderFailure } from '../failure.js';
import { PriceTable } from '../pricing/price-table.js';
import { RateLimit } from '../resilience/rate-limit.js';
import { callWith, COST_MICROS, fails, ok, OTHER_TENANT, rejection, TENANT, toyChain, wait, works, type ToyOptions } from '../testing/chain.fixture.js';

/** Budgets in memory, exact, by the port's words. */
class Purse implements BudgetKeeper {
  readonly spent = new Map<string, number>();
  readonly reserved = new Map<string, number>();

  constructor(private readonly limits: Readonly<Record<string, number>>) {}

  async reserve(claims: readonly BudgetClaim[], micros: number): Promise<BudgetReservation | undefined> {
    await wait(0);
    const names = claims.map(({ key, limitMicros }) => ({ name: `${key.scope}:${key.subject}:${key.period}`, limit: limitMicros }));
    const free = ({ name, limit }: { name: string; limit: number | undefined }) => (limit ?? this.limits[name] ?? Infinity) - (this.spent.get(name) ?? 0) - (this.reserved.get(name) ?? 0);
    if (names.some((one) => free(one) < micros)) return undefined;
    for (const { name } of names) this.add(this.reserved, name, micros);
    return {
      settle: (cost) => names.forEach(({ name }) => {
        this.add(this.reserved, name, -micros);
        this.add(this.spent, name, cost);
      }),
    };
  }

  private add(map: Map<string, number>, name: string, micros: number): void {
    map.set(name, (map.get(name) ?? 0) + micros);
  }
}

const DAY = `tenant:${TENANT}:day`;
const slow = async () => {
  await wait(5);
  return ok();
};
const hundred = (run: () => Promise<unknown>) => Promise.allSettled(Array.from({ length: 100 }, run));
const codes = (results: readonly PromiseSettledResult<unknown>[]) => results.flatMap((result) => (result.status === 'rejected' ? [(result.reason as AppError).code] : []));

describe('budgets', () => {
  it('for ten of a hundred parallel calls lead to exactly ten calls of the vendor', async () => {
    const purse = new Purse({ [DAY]: 10 * COST_MICROS });
    const { chain, calls } = toyChain([{ id: 'one', script: slow }], { budgets: purse });
    const results = await hundred(() => chain.run(callWith()));
    expect(calls()).toEqual([10]);
    expect(codes(results)).toEqual(Array.from({ length: 90 }, () => 'budget_exhausted'));
    expect(purse.spent.get(DAY)).toBe(10 * COST_MICROS);
    expect(purse.reserved.get(DAY)).toBe(0);
    expect((await chain.run(callWith({ caller: { tenantId: OTHER_TENANT } }))).value).toBe('fine');
  });

  it('of a provider send the rest on to the next one', async () => {
    const limited: ToyOptions = { id: 'one', script: slow, variables: { DAILY_BUDGET_USD: String((3 * COST_MICROS) / 1e6) } };
    const { chain, calls } = toyChain([limited, { id: 'two', script: slow }], { budgets: new Purse({}) });
    await Promise.all(Array.from({ length: 10 }, () => chain.run(callWith())));
    expect(calls()).toEqual([3, 7]);
  });

  it('get back what was not used, and are charged what was billed although it failed', async () => {
    const purse = new Purse({ [DAY]: 10_000 });
    const script = (call: number) => {
      if (call === 1) throw new ProviderFailure('malformed', 'Empty.', { usage: { input_tokens: 70 }, model: 'toy-1' });
      if (call === 2) throw new ProviderFailure('unavailable', 'Down.');
      return { value: 'cheap', usage: { input_tokens: 5 }, model: 'toy-1' };
    };
    const { chain } = toyChain([{ id: 'one', script }], { budgets: purse });
    for (let call = 0; call < 2; call += 1) await rejection(chain.run(callWith()));
    await chain.run(callWith());
    expect(purse.spent.get(DAY)).toBe(75);
    expect(purse.reserved.get(DAY)).toBe(0);
  });

  it('are not touched by the sandbox, by local engines or by a breaker that is open', async () => {
    const purse = new Purse({ [DAY]: 0 });
    const free = toyChain([{ id: 'one', variables: { SANDBOX: 'true' } }], { budgets: purse });
    expect((await free.chain.run(callWith())).costMicros).toBe(COST_MICROS); // shown, but not charged
    await toyChain([{ id: 'two', kind: 'local' }], { budgets: purse }).chain.run(callWith());
    expect(purse.spent.size + purse.reserved.size).toBe(0);
    const open = new Purse({});
    const broken = toyChain([{ id: 'three', script: fails('unavailable'), variables: { BREAKER_MIN_CALLS: '1' } }], { budgets: open });
    for (let call = 0; call < 5; call += 1) await rejection(broken.chain.run(callWith()));
    expect(broken.calls()).toEqual([1]);
    expect(open.reserved.get(DAY)).toBe(0);
    expect(broken.records).toHaveLength(1);
  });

  it('that cannot be asked end the request with their own error', async () => {
    const budgets: BudgetKeeper = { reserve: () => Promise.reject(new AppError('unavailable', 'The budget cannot be asked.', { retryAfterS: 2 })) };
    const { chain, calls } = toyChain([{ id: 'one' }, { id: 'two' }], { budgets });
    expect(await rejection(chain.run(callWith()))).toMatchObject({ code: 'unavailable', retryAfterS: 2 });
    expect(calls()).toEqual([0, 0]);
  });

  it('never let more be spent than their limit and the excess of single calls, whatever is asked', async () => {
    await fc.assert(fc.asyncProperty(fc.integer({ min: 0, max: 3_000 }), fc.array(fc.integer({ min: 0, max: 100 }), { maxLength: 30 }), async (limit, tokens) => {
      const purse = new Purse({ [DAY]: limit });
      const { chain } = toyChain([{ id: 'one', script: works() }], { budgets: purse });
      await Promise.allSettled(tokens.map((input) => chain.run(callWith({
        estimate: () => ({ model: 'toy-1', usage: { input_tokens: 100 } }),
        attempt: async () => ({ value: '', usage: { input_tokens: input }, model: 'toy-1' }),
      }))));
      expect(purse.spent.get(DAY) ?? 0).toBeLessThanOrEqual(limit);
      expect(purse.reserved.get(DAY) ?? 0).toBe(0);
    }), { numRuns: 40 });
  });
});

describe('what a request may cost', () => {
  const row = { model: 'toy-1', unit: 'input_tokens', per: 1_000_000, source: 'test', date: '2026-11-25' } as const;
  const dear = { id: 'dear', prices: new PriceTable([{ ...row, usd: 50 }]) };
  const cheap = { id: 'pauper', prices: new PriceTable([{ ...row, usd: 1 }]) };

  it('leaves out who is dearer, and says so when nobody is left', async () => {
    const { chain, calls } = toyChain([dear, cheap]);
    expect((await chain.run(callWith({ route: { maxCostMicros: 100 } }))).provider).toBe('pauper');
    expect(await rejection(chain.run(callWith({ route: { maxCostMicros: 99 } })))).toMatchObject({ code: 'max_cost_exceeded', status: 402, issues: [{ field: 'max_cost_usd' }] });
    expect(calls()).toEqual([0, 1]);
  });

  it('lets the cheapest go first when it is asked for', async () => {
    const { chain } = toyChain([dear, cheap]);
    expect((await chain.run(callWith({ route: { policy: 'cheapest' } }))).provider).toBe('pauper');
    expect((await chain.run(callWith())).provider).toBe('dear');
  });
});

describe('rate limits', () => {
  it('of a provider send the rest on, without a call and without a rest', async () => {
    const { chain, calls, records } = toyChain([{ id: 'one', variables: { RATE_LIMIT_RPM: '3' } }, { id: 'two' }]);
    for (let call = 0; call < 5; call += 1) await chain.run(callWith());
    expect(calls()).toEqual([3, 2]);
    expect(records).toHaveLength(5);
    const tokens = toyChain([{ id: 'one', variables: { RATE_LIMIT_TPM: '250' } }, { id: 'two' }]);
    for (let call = 0; call < 3; call += 1) await tokens.chain.run(callWith()); // 110 tokens each
    expect(tokens.calls()).toEqual([2, 1]);
  });

  it('of a tenant are its own, and come with a time to wait', async () => {
    const tenantLimit = new RateLimit({ name: 'tenants', requestsPerMinute: 2 });
    const { chain, calls } = toyChain([{ id: 'one' }], { tenantLimit });
    await chain.run(callWith());
    await chain.run(callWith());
    const error = await rejection(chain.run(callWith()));
    expect(error).toMatchObject({ code: 'rate_limited', status: 429 });
    expect((error as AppError).retryAfterS).toBeGreaterThan(0);
    await chain.run(callWith({ caller: { tenantId: OTHER_TENANT } }));
    expect(calls()).toEqual([3]);
  });
});
