import { describe, expect, it } from 'vitest';
import fc from 'fast-check';
import { settle, sliceOf, spentAtLimiting } from './budget-arithmetic.js';

const micros = fc.integer({ min: 0, max: 10_000_000 });

describe('slices of a budget', () => {
  it('are a hundredth of the limit while much is left, then an eighth of the rest, then what is needed', () => {
    expect(sliceOf({ limit: 1_000_000, spent: 0, reserved: 0 }, 10)).toBe(10_000);
    expect(sliceOf({ limit: 1_000_000, spent: 960_000, reserved: 0 }, 10)).toBe(5_000);
    expect(sliceOf({ limit: 1_000_000, spent: 999_900, reserved: 90 }, 10)).toBe(10);
    expect(sliceOf({ limit: 1_000_000, spent: 999_900, reserved: 91 }, 10)).toBe(0);
  });

  it('cover what is needed or are none, and never exceed what is available', () => {
    fc.assert(fc.property(micros, micros, micros, micros, (limit, spent, reserved, needed) => {
      const slice = sliceOf({ limit, spent, reserved }, needed);
      expect(slice === 0 || slice >= needed).toBe(true);
      expect(slice === 0 || spent + reserved + slice <= limit).toBe(true);
      expect(needed > 0 && needed <= limit - spent - reserved && slice === 0).toBe(false);
    }));
  });

  it('ask for nothing of an overdrawn budget, even when nothing is needed', () => {
    expect(sliceOf({ limit: 100, spent: 150, reserved: 0 }, 0)).toBe(0);
  });
});

describe('a settlement', () => {
  it('counts all that was spent, also beyond the lease', () => {
    expect(settle({ open: 10, state: 'open' }, 12, 0)).toEqual({ open: 0, spent: 12, reserved: -10 });
  });

  it('gives back what was not spent', () => {
    expect(settle({ open: 10, state: 'open' }, 4, 5)).toEqual({ open: 1, spent: 4, reserved: -9 });
  });

  it('corrects an expired lease, which counted as spent', () => {
    expect(settle({ open: 10, state: 'expired' }, 4, 6)).toEqual({ open: 0, spent: -6, reserved: 0 });
    expect(settle({ open: 10, state: 'expired' }, 13, 0)).toEqual({ open: 0, spent: 3, reserved: 0 });
  });

  it('keeps the account and its leases in step, whatever the order', () => {
    const steps = fc.array(fc.record({ spent: fc.nat(50), returned: fc.nat(50), expire: fc.boolean() }), { maxLength: 20 });
    fc.assert(fc.property(fc.nat(200), steps, (granted, sequence) => {
      let lease: { open: number; state: 'open' | 'expired' } = { open: granted, state: 'open' };
      let [spent, reserved] = [0, granted];
      for (const step of sequence) {
        if (step.expire && lease.state === 'open') [lease, spent, reserved] = [{ ...lease, state: 'expired' }, spent + lease.open, reserved - lease.open];
        const effect = settle(lease, step.spent, step.returned);
        [lease, spent, reserved] = [{ ...lease, open: effect.open }, spent + effect.spent, reserved + effect.reserved];
        expect(reserved).toBe(lease.state === 'open' ? lease.open : 0);
        expect(spent).toBeGreaterThanOrEqual(0);
      }
      const told = sequence.reduce((sum, step) => sum + step.spent, 0);
      expect(spent).toBe(told + (lease.state === 'expired' ? lease.open : 0));
    }));
  });
});

describe('a limit in the midst of a period', () => {
  it('begins with what the ledger tells, less what may be of leases, and never with less than was settled', () => {
    expect(spentAtLimiting({ spent: 5, reserved: 3 }, 20)).toBe(17);
    expect(spentAtLimiting({ spent: 5, reserved: 0 }, 4)).toBe(5);
  });
});
