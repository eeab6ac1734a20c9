import type { UsageUnit } from '@tecnocursos/contracts';
import { describe, expect, it } from 'vitest';
import fc from 'fast-check';
import { FREE, PriceTable, type PriceRow } from './price-table.js';

const MILLION = 1_000_000;
const row = (model: string, unit: UsageUnit, usd: number, more: Partial<PriceRow> = {}): PriceRow => ({ model, unit, usd, per: MILLION, source: 'test', date: '2026-11-25', ...more });

const TIERS = new PriceTable([
  row('small', 'input_tokens', 1), row('small', 'output_tokens', 4), row('small', 'cached_input_tokens', 0.1),
  row('small', 'input_tokens', 2, { aboveInputTokens: 1_000 }), row('small', 'output_tokens', 6, { aboveInputTokens: 1_000 }),
  row('small', 'input_tokens', 3, { aboveInputTokens: 5_000 }),
  row('large', 'input_tokens', 10), row('large', 'output_tokens', 50), row('large', 'input_tokens', 20, { aboveInputTokens: 1_000 }),
]);

describe('a table of prices', () => {
  it('prices a call in whole micro-dollars, rounded up once', () => {
    expect(TIERS.cost('small', { input_tokens: 100, output_tokens: 10 })).toBe(140);
    const cents = new PriceTable([row('m', 'input_tokens', 0.15), row('m', 'output_tokens', 0.6)]);
    expect(cents.cost('m', { input_tokens: 3, output_tokens: 1 })).toBe(2); // 0.45 + 0.6
    expect(cents.cost('m', {})).toBe(0);
    expect(cents.cost('m', { input_tokens: 0 })).toBe(0);
  });

  it('takes the tier by all of the input, and begins a tier above its bound', () => {
    expect(TIERS.cost('small', { input_tokens: 1_000 })).toBe(1_000);
    expect(TIERS.cost('small', { input_tokens: 1_001 })).toBe(2_002);
    expect(TIERS.cost('small', { input_tokens: 1_001, output_tokens: 10 })).toBe(2_002 + 60);
    expect(TIERS.cost('small', { input_tokens: 5_001 })).toBe(15_003);
    expect(TIERS.cost('small', { input_tokens: 1, cached_input_tokens: 1_000 })).toBe(2 + 100); // cached tokens count for the bound
  });

  it('prices cached tokens as others where they have no price', () => {
    expect(TIERS.cost('large', { cached_input_tokens: 10 })).toBe(100);
    expect(TIERS.cost('small', { cached_input_tokens: 10 })).toBe(1);
    expect(TIERS.cost('large', { cache_write_tokens: 10 })).toBe(100);
  });

  it('never takes an unknown model for free: it costs what the dearest one does, tiers included', () => {
    expect(TIERS.cost('new-model', { input_tokens: 10, output_tokens: 10 })).toBe(10 * 20 + 10 * 50);
    expect(TIERS.has('new-model')).toBe(false);
    expect(new PriceTable([row('*', 'characters', 15), row('voice', 'characters', 30)]).cost('another', { characters: 100 })).toBe(1_500);
  });

  it('costs nothing where there is nothing to pay', () => {
    expect(FREE.cost('any', { input_tokens: 1_000_000 })).toBe(0);
  });

  it('equals exact arithmetic, so that sums of a ledger are exact', () => {
    // Prices of up to six decimals are whole numbers of a millionth of a micro-dollar a token.
    const price = fc.integer({ min: 0, max: 75_000_000 });
    fc.assert(fc.property(price, price, fc.integer({ min: 0, max: 2_000_000 }), fc.integer({ min: 0, max: 200_000 }), (inPrice, outPrice, input, output) => {
      const table = new PriceTable([row('m', 'input_tokens', inPrice / MILLION), row('m', 'output_tokens', outPrice / MILLION)]);
      const exact = BigInt(inPrice) * BigInt(input) + BigInt(outPrice) * BigInt(output); // in millionths of a micro-dollar
      const whole = Number((exact + 999_999n) / 1_000_000n);
      const cost = table.cost('m', { input_tokens: input, output_tokens: output });
      expect(Number.isSafeInteger(cost)).toBe(true);
      // A remainder below 0.00005 of a micro-dollar is taken for dust of the binary fractions.
      const dust = exact % 1_000_000n;
      expect(dust > 0n && dust < 100n ? [whole, whole - 1] : [whole]).toContain(cost);
    }), { numRuns: 500 });
  });

  it('costs more for more', () => {
    fc.assert(fc.property(fc.integer({ min: 0, max: 10_000 }), fc.integer({ min: 0, max: 1_000 }), (tokens, more) => {
      expect(TIERS.cost('small', { input_tokens: tokens + more })).toBeGreaterThanOrEqual(TIERS.cost('small', { input_tokens: tokens }));
    }));
  });
});
