import { describe, expect, it } from 'vitest';
import fc from 'fast-check';
import { BudgetSlice } from './budget-slice.js';

const sum = (numbers: readonly number[]): number => numbers.reduce((total, number) => total + number, 0);

describe('the slices of a budget', () => {
  it('give what is there, over several leases, and no more', () => {
    const slice = new BudgetSlice();
    slice.add('a', 100);
    slice.add('b', 50);
    const spend = slice.take(120, 1);
    expect(slice.remaining).toBe(30);
    expect(slice.take(31, 1)).toBeUndefined();
    spend?.(110);
    expect(slice.remaining).toBe(40);
    expect(slice.settlements('keep')).toEqual([{ leaseId: 'a', spentMicros: 100, returnedMicros: 0 }, { leaseId: 'b', spentMicros: 10, returnedMicros: 0 }]);
    expect(slice.settlements('give-back')).toEqual([{ leaseId: 'b', spentMicros: 0, returnedMicros: 40 }]);
    expect(slice.settlements('give-back')).toEqual([]);
  });

  it('hold a lease until the last of its calls has ended', () => {
    const slice = new BudgetSlice();
    slice.add('a', 10);
    const spend = slice.take(10, 1);
    expect(slice.settlements('give-back')).toEqual([]);
    spend?.(25);
    expect(slice.settlements('give-back')).toEqual([{ leaseId: 'a', spentMicros: 25, returnedMicros: 0 }]);
  });

  it('take nothing without a lease, for what it costs would be told of none', () => {
    const slice = new BudgetSlice();
    expect(slice.take(0, 1)).toBeUndefined();
    slice.add('a', 0);
    slice.take(0, 1)?.(7);
    expect(slice.settlements('keep')).toEqual([{ leaseId: 'a', spentMicros: 7, returnedMicros: 0 }]);
  });

  it('neither make nor lose money, whatever is leased, taken and settled in whatever order', () => {
    const action = fc.record({ what: fc.constantFrom('lease', 'take', 'settle', 'tell', 'give-back'), amount: fc.integer({ min: 0, max: 500 }), excess: fc.integer({ min: -50, max: 50 }) });
    fc.assert(fc.property(fc.array(action, { maxLength: 80 }), (actions) => {
      const slice = new BudgetSlice();
      const running: { micros: number; spend: (micros: number) => void }[] = [];
      let [leased, told, returned, spent] = [0, 0, 0, 0];
      let leases = 0;
      const tell = (idle: 'keep' | 'give-back'): void => {
        const settlements = slice.settlements(idle);
        told += sum(settlements.map(({ spentMicros }) => spentMicros));
        returned += sum(settlements.map(({ returnedMicros }) => returnedMicros));
        for (const { returnedMicros } of settlements) expect(returnedMicros).toBeGreaterThanOrEqual(0);
      };
      for (const { what, amount, excess } of actions) {
        if (what === 'lease') {
          leased += amount;
          slice.add(`lease-${leases += 1}`, amount);
        } else if (what === 'take') {
          const before = slice.remaining;
          const spend = slice.take(amount, 1);
          if (amount > 0) expect(spend !== undefined).toBe(before >= amount);
          if (spend) running.push({ micros: amount, spend });
        } else if (what === 'settle') {
          const call = running.shift();
          const cost = call ? Math.max(0, call.micros + excess) : 0;
          spent += cost;
          call?.spend(cost);
        } else tell(what === 'give-back' ? 'give-back' : 'keep');
      }
      for (const { micros, spend } of running) {
        spent += micros;
        spend(micros);
      }
      tell('give-back');
      expect(told).toBe(spent);
      expect(returned).toBeGreaterThanOrEqual(leased - spent); // less only by what cost more than its estimate
      expect(returned).toBeLessThanOrEqual(leased);
    }), { numRuns: 300 });
  });
});
