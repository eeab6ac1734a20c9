import { describe, expect, it } from 'vitest';
import { AppError, UsageStatsQuerySchema } from '@tecnocursos/contracts';
import { minutesOfBucket, windowOf } from './stats-window.js';

const NOW = new Date('2026-11-25T12:34:56Z');
const windowFor = (query: object) => windowOf(UsageStatsQuerySchema.parse(query), NOW, 400);
const iso = (query: object) => Object.fromEntries(Object.entries(windowFor(query)).map(([name, date]: [string, Date]) => [name, date.toISOString()]));
const refusal = (query: object): string | undefined => {
  try {
    windowFor(query);
    return undefined;
  } catch (error) {
    return error instanceof AppError ? error.issues[0]?.field : 'not typed';
  }
};

describe('the time that statistics are asked for', () => {
  it('is the last 24 hours, whole hours taken from the sums', () => {
    expect(iso({})).toEqual({ from: '2026-11-24T12:34:56.000Z', to: '2026-11-25T12:34:56.000Z', hoursFrom: '2026-11-24T13:00:00.000Z', hoursTo: '2026-11-25T12:00:00.000Z' });
  });

  it('is read from the ledger alone by the minute, and when it holds no whole hour', () => {
    for (const query of [{ group_by: ['time'], bucket: 'minute', from: '2026-11-25T07:00:00Z' }, { from: '2026-11-25T11:10:00Z', to: '2026-11-25T11:50:00Z' }]) {
      const window = windowFor(query);
      expect(window.hoursFrom).toEqual(window.from);
      expect(window.hoursTo).toEqual(window.from);
    }
  });

  it('ends now, and begins with what is kept', () => {
    expect(iso({ from: '0000-01-01T00:00:00Z', to: '9999-01-01T00:00:00Z' })).toMatchObject({ from: '2025-10-21T12:34:56.000Z', to: NOW.toISOString() });
  });

  it('is refused by field when it is none, or has too many buckets', () => {
    expect(refusal({ from: '2026-11-25T12:34:56Z' })).toBe('from');
    expect(refusal({ to: '2001-01-01T00:00:00Z' })).toBe('from');
    expect(refusal({ from: '2026-11-25T06:34:55Z', group_by: ['time'], bucket: 'minute' })).toBe('bucket');
    expect(refusal({ from: '2026-11-25T06:34:56Z', group_by: ['time'], bucket: 'minute' })).toBeUndefined();
    expect(refusal({ from: '2026-11-24T00:00:00Z', group_by: ['time'] })).toBeUndefined();
  });

  it('cuts its first and last bucket', () => {
    const window = windowFor({});
    expect(minutesOfBucket(new Date('2026-11-25T12:00:00Z'), 'hour', window)).toBeCloseTo(34 + 56 / 60);
    expect(minutesOfBucket(new Date('2026-11-24T20:00:00Z'), 'hour', window)).toBe(60);
    expect(minutesOfBucket(new Date('2026-11-24T03:00:00Z'), 'day', window)).toBeCloseTo(14 * 60 + 25 + 4 / 60);
  });
});
