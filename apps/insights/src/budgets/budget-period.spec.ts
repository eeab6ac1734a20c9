import { describe, expect, it } from 'vitest';
import fc from 'fast-check';
import { periodAt } from './budget-period.js';

const span = (period: 'day' | 'month', now: string) => {
  const { start, end, firstDay } = periodAt(period, new Date(now));
  return [start.toISOString(), end.toISOString(), firstDay];
};

describe('the period of a budget', () => {
  it('is a day of America/Sao_Paulo, three hours behind UTC', () => {
    expect(span('day', '2026-11-25T02:59:59.999Z')).toEqual(['2026-11-24T03:00:00.000Z', '2026-11-25T03:00:00.000Z', '2026-11-24']);
    expect(span('day', '2026-11-25T03:00:00.000Z')).toEqual(['2026-11-25T03:00:00.000Z', '2026-11-26T03:00:00.000Z', '2026-11-25']);
  });

  it('is a month, over the end of a year and a leap day', () => {
    expect(span('month', '2027-01-01T02:00:00Z')).toEqual(['2026-12-01T03:00:00.000Z', '2027-01-01T03:00:00.000Z', '2026-12-01']);
    expect(span('month', '2028-02-29T23:00:00Z')).toEqual(['2028-02-01T03:00:00.000Z', '2028-03-01T03:00:00.000Z', '2028-02-01']);
  });

  it('begins an hour later on a day that had no midnight, and is an hour longer where the clock went back', () => {
    expect(span('day', '2018-11-04T12:00:00Z')).toEqual(['2018-11-04T03:00:00.000Z', '2018-11-05T02:00:00.000Z', '2018-11-04']);
    expect(span('day', '2018-02-17T12:00:00Z')).toEqual(['2018-02-17T02:00:00.000Z', '2018-02-18T03:00:00.000Z', '2018-02-17']);
  });

  it('holds its instant, and is followed by the next without a gap', () => {
    const instants = fc.date({ min: new Date('2000-01-01'), max: new Date('2060-01-01'), noInvalidDate: true });
    fc.assert(fc.property(fc.constantFrom('day' as const, 'month' as const), instants, (period, now) => {
      const { start, end } = periodAt(period, now);
      expect(start.getTime()).toBeLessThanOrEqual(now.getTime());
      expect(end.getTime()).toBeGreaterThan(now.getTime());
      expect(periodAt(period, end).start).toEqual(end);
      expect(periodAt(period, start).start).toEqual(start);
    }), { numRuns: 200 });
  });
});
