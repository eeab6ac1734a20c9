import { describe, expect, it } from 'vitest';
import { retryAfterMs } from './retry-after.js';

const NOW = Date.parse('2026-11-25T12:00:00Z');
const of = (headers: Readonly<Record<string, string>>): number | undefined => retryAfterMs((name) => headers[name], NOW);

describe('how long an answer asks us to wait', () => {
  it.each([
    ['seconds', { 'retry-after': '7' }, 7_000],
    ['fractions of seconds', { 'retry-after': '0.25' }, 250],
    ['no time at all', { 'retry-after': '0' }, 0],
    ['an HTTP date', { 'retry-after': 'Wed, 25 Nov 2026 12:00:30 GMT' }, 30_000],
    ['a date that has passed', { 'retry-after': 'Wed, 25 Nov 2026 11:00:00 GMT' }, 0],
    ['milliseconds', { 'retry-after-ms': '1500' }, 1_500],
    ['milliseconds before seconds', { 'retry-after-ms': '1500', 'retry-after': '9' }, 1_500],
    ['spaces around', { 'retry-after': ' 3 ' }, 3_000],
  ])('reads %s', (_name, headers, expected) => {
    expect(of(headers as unknown as Record<string, string>)).toBe(expected);
  });

  it.each(['', 'soon', '-5', '1e3', 'NaN', '5 minutes', '00:05', '999999999', 'Fri, 25 Nov 2033 12:00:00 GMT'])('makes nothing of "%s"', (text) => {
    expect(of({ 'retry-after': text })).toBeUndefined();
  });

  it('takes the other header when one makes no sense', () => {
    expect(of({ 'retry-after-ms': 'soon', 'retry-after': '2' })).toBe(2_000);
    expect(of({})).toBeUndefined();
    expect(retryAfterMs(() => null, NOW)).toBeUndefined();
  });
});
