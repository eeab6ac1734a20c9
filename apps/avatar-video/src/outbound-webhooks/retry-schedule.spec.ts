import { describe, expect, it } from 'vitest';
import fc from 'fast-check';
import { nextDelayMs, RETRY_DELAYS_MS } from './retry-schedule.js';

describe('nextDelayMs', () => {
  it('follows the schedule of the specification, and ends after ten attempts', () => {
    const seconds = Array.from({ length: 10 }, (_, index) => nextDelayMs({ attempts: index + 1, retryAfterMs: undefined, random: 0 })).map((delay) => (delay === null ? null : delay / 1_000));
    expect(seconds).toEqual([5, 300, 1_800, 7_200, 18_000, 36_000, 50_400, 72_000, 86_400, null]);
    expect(RETRY_DELAYS_MS).toHaveLength(10);
  });

  it('waits a fifth longer at the most, and as long as a receiver asks within a day', () => {
    fc.assert(fc.property(fc.integer({ min: 1, max: 9 }), fc.double({ min: 0, max: 0.999, noNaN: true }), fc.integer({ min: 0, max: 10 ** 9 }), (attempts, random, retryAfterMs) => {
      const scheduled = RETRY_DELAYS_MS[attempts] ?? 0;
      const alone = nextDelayMs({ attempts, retryAfterMs: undefined, random }) ?? 0;
      const asked = nextDelayMs({ attempts, retryAfterMs, random }) ?? 0;
      return alone >= scheduled && alone <= scheduled * 1.2 + 1 && asked === Math.max(alone, Math.min(retryAfterMs, 86_400_000));
    }));
  });
});
