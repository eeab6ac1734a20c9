import { describe, expect, it } from 'vitest';
import { RateLimit } from './rate-limit.js';

describe('the rate limit in memory', () => {
  it('allows so many requests a minute for each key, and says how long to wait', async () => {
    const limit = new RateLimit({ name: 'test', requestsPerMinute: 3 });
    for (let request = 0; request < 3; request += 1) expect(await limit.take('a', 0)).toBe(0);
    const waitMs = await limit.take('a', 0);
    expect(waitMs).toBeGreaterThan(0);
    expect(waitMs).toBeLessThanOrEqual(60_000);
    expect(await limit.take('b', 0)).toBe(0);
  });

  it('counts tokens, and nothing at all of a request that is turned away', async () => {
    const limit = new RateLimit({ name: 'test', requestsPerMinute: 2, tokensPerMinute: 100 });
    expect(await limit.take('a', 60)).toBe(0);
    for (let attempt = 0; attempt < 5; attempt += 1) expect(await limit.take('a', 60)).toBeGreaterThan(0);
    expect(await limit.take('a', 40)).toBe(0); // neither tokens nor requests were lost to the five
    expect(await limit.take('a', 1)).toBeGreaterThan(0);
  });

  it('lets a request pass that is larger than a whole minute, when the minute is untouched', async () => {
    const limit = new RateLimit({ name: 'test', tokensPerMinute: 100 });
    expect(await limit.take('a', 1_000)).toBe(0);
    expect(await limit.take('a', 1)).toBeGreaterThan(0);
  });

  it('has no limit where none is set', async () => {
    const limit = new RateLimit({ name: 'test' });
    expect(limit.isUnlimited).toBe(true);
    expect(await limit.take('a', 1_000_000)).toBe(0);
  });

  it('is exact for those who come together', async () => {
    const limit = new RateLimit({ name: 'test', requestsPerMinute: 10 });
    const waits = await Promise.all(Array.from({ length: 100 }, () => limit.take('a', 0)));
    expect(waits.filter((milliseconds) => milliseconds === 0)).toHaveLength(10);
  });
});
