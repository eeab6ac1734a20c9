import { describe, expect, it } from 'vitest';
import fc from 'fast-check';
import { RetryBudget } from './retry-budget.js';

describe('the budget of retries', () => {
  it('allows a few at the start, and a tenth of the calls after that', () => {
    const budget = new RetryBudget();
    expect(Array.from({ length: 12 }, () => budget.spend()).filter(Boolean)).toHaveLength(10);
    for (let call = 0; call < 10; call += 1) budget.earn();
    expect(Array.from({ length: 3 }, () => budget.spend()).filter(Boolean).length).toBeLessThanOrEqual(1);
  });

  it('never allows more than its capacity and a tenth of the calls, in any order', () => {
    fc.assert(fc.property(fc.array(fc.boolean(), { maxLength: 500 }), (earns) => {
      const budget = new RetryBudget();
      let calls = 0;
      let retries = 0;
      for (const isCall of earns) {
        if (isCall) {
          calls += 1;
          budget.earn();
        } else if (budget.spend()) retries += 1;
        expect(retries).toBeLessThanOrEqual(10 + calls / 10 + 1e-6);
      }
    }));
  });
});
