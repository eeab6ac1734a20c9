import { describe, expect, it } from 'vitest';
import { shutdownNotices } from './model-shutdowns.js';

const NOW = Date.UTC(2026, 10, 25);
const models = (economy: string): { economy: string; standard: string; premium: string } => ({ economy, standard: 'b', premium: 'b' });

describe('shutdownNotices', () => {
  it('warns once of a model that ends within 90 days, with the day and what to use', () => {
    const shutdowns = { a: { date: '2026-11-30', replacement: 'c' }, b: { date: '2027-02-01', replacement: 'c' } };
    expect(shutdownNotices(models('a'), shutdowns, NOW)).toEqual([
      { severity: 'warning', text: 'a shuts down on 2026-11-30; use c instead' },
      { severity: 'warning', text: 'b shuts down on 2027-02-01; use c instead' },
    ]);
  });

  it('says of a model that has ended that it has', () => {
    expect(shutdownNotices(models('a'), { a: { date: '2026-06-15', replacement: 'c' } }, NOW)).toEqual([{ severity: 'warning', text: 'a was shut down on 2026-06-15; use c instead' }]);
  });

  it('knows models that ended on an unknown day', () => {
    expect(shutdownNotices(models('a'), { a: { replacement: 'c' } }, NOW)).toEqual([{ severity: 'warning', text: 'a is no longer served; use c instead' }]);
  });

  it('keeps silent about what is far off or unknown', () => {
    expect(shutdownNotices(models('a'), { a: { date: '2027-02-24', replacement: 'c' } }, NOW)).toEqual([]);
  });
});
