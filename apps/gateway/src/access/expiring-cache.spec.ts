import { afterEach, describe, expect, it, vi } from 'vitest';
import { ExpiringCache } from './expiring-cache.js';

describe('ExpiringCache', () => {
  afterEach(() => {
    vi.useRealTimers();
  });

  it('forgets after its time', () => {
    vi.useFakeTimers();
    const cache = new ExpiringCache<number>({ maxEntries: 2, ttlMs: 100 });
    cache.set('a', 1);
    vi.advanceTimersByTime(99);
    expect(cache.get('a')).toBe(1);
    vi.advanceTimersByTime(1);
    expect(cache.get('a')).toBeUndefined();
  });

  it('holds no more than it may, and forgets the oldest first', () => {
    const cache = new ExpiringCache<number>({ maxEntries: 2, ttlMs: 1_000 });
    for (const [index, key] of ['a', 'b', 'a', 'c'].entries()) cache.set(key, index);
    expect(['a', 'b', 'c'].map((key) => cache.get(key))).toEqual([2, undefined, 3]);
  });
});
