import { describe, expect, it } from 'vitest';
import { addressKey } from './address-key.js';
import { isDeeperThan } from './json-depth.js';
import { LoadMonitor } from './load-monitor.js';
import { RateWindow } from './rate-window.js';
import { TenantConcurrency } from './tenant-concurrency.js';

const MINUTE = 60_000;

describe('RateWindow', () => {
  it('counts each caller for a minute, and says what is left and until when', () => {
    let now = 10 * MINUTE + 45_500;
    const window = new RateWindow({ name: 'key', perMinute: 2 }, () => now);
    expect(window.take('a')).toMatchObject({ remaining: 1, resetS: 15, isExceeded: false });
    expect(window.take('a')).toMatchObject({ remaining: 0, isExceeded: false });
    expect(window.take('a')).toMatchObject({ remaining: 0, isExceeded: true });
    expect(window.take('b')).toMatchObject({ remaining: 1, isExceeded: false });
    now = 11 * MINUTE;
    expect(window.take('a')).toMatchObject({ remaining: 1, resetS: 60, isExceeded: false });
  });

  it('counts together with replicas, and forgets nothing that came meanwhile', () => {
    let now = 5 * MINUTE;
    const window = new RateWindow({ name: 'key', perMinute: 10 }, () => now);
    for (let times = 0; times < 3; times += 1) window.take('a');
    expect(window.takeUntold()).toEqual({ window: 5, counts: [['a', 3]] });
    window.take('a');
    window.learn(5, 'a', 7);
    expect(window.take('a')).toMatchObject({ remaining: 1 });
    expect(window.takeUntold().counts).toEqual([['a', 2]]);
    now = 6 * MINUTE;
    window.take('a');
    window.learn(5, 'a', 10);
    expect(window.take('a')).toMatchObject({ remaining: 8 });
  });

  it('holds no more callers than it has room for: the rest share one count', () => {
    const window = new RateWindow({ name: 'address', perMinute: 1 }, () => 0);
    for (let caller = 0; caller < 100_000; caller += 1) window.take(String(caller));
    expect(window.take('one more')).toMatchObject({ isExceeded: false });
    expect(window.take('and another')).toMatchObject({ isExceeded: true });
    expect(window.takeUntold().counts.length).toBeLessThanOrEqual(100_001);
  });
});

describe('addressKey', () => {
  it.each([
    ['203.0.113.7', '203.0.113.7'], ['::ffff:203.0.113.7', '203.0.113.7'], ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2'], ['2001:0db8:1:2::9', '2001:db8:1:2'], ['2001:db8::1', '2001:db8:0:0'], ['::1', '0:0:0:0'], ['', ''],
  ])('counts %s under %s', (address, key) => {
    expect(addressKey(address)).toBe(key);
  });
});

describe('isDeeperThan', () => {
  const nested = (depth: number): string => '['.repeat(depth) + ']'.repeat(depth);
  it.each<[string, string, boolean]>([
    ['the limit', nested(32), false], ['one more', nested(33), true], ['objects', '{"a":'.repeat(33) + '1' + '}'.repeat(33), true], ['a long flat list', `[${'[],'.repeat(100)}[]]`, false],
    ['brackets in a string', `["${'['.repeat(100)}"]`, false], ['brackets after an escaped quote', `["\\"${'['.repeat(100)}"]`, false], ['brackets after an escaped backslash', `["\\\\",${nested(40)}]`, true],
    ['a string without an end', `["${'['.repeat(100)}`, false], ['a hundred thousand', '['.repeat(100_000), true],
  ])('looks at %s', (_name, text, isDeep) => {
    expect(isDeeperThan(text, 32)).toBe(isDeep);
  });
});

describe('LoadMonitor', () => {
  it('is overloaded after two bad samples in a row, until a good one', () => {
    const lags = [900, 10, 900, 900, 900, 20];
    const monitor = new LoadMonitor(500, { sample: () => lags.shift() ?? 0, stop: () => undefined });
    const seen = Array.from({ length: 6 }, () => {
      monitor.look();
      return monitor.isOverloaded;
    });
    monitor.stop();
    expect(seen).toEqual([false, false, false, true, true, false]);
  });

  it('notices a loop that is blocked again and again', async () => {
    const monitor = new LoadMonitor(50);
    const blockedFor = async (turns: number): Promise<boolean> => {
      for (let turn = 0; turn < turns; turn += 1) {
        const end = performance.now() + 150;
        while (performance.now() < end);
        await new Promise((resolve) => setTimeout(resolve, 25)); // longer than the resolution: the delay is recorded
      }
      monitor.look();
      return monitor.isOverloaded;
    };
    const seen = [];
    for (let look = 0; look < 4; look += 1) seen.push(await blockedFor(3));
    monitor.stop();
    expect(seen).toContain(true);
  });
});

describe('TenantConcurrency', () => {
  it('has room for as many as it may, for each tenant apart', () => {
    const concurrency = new TenantConcurrency(2);
    expect([concurrency.enter('a'), concurrency.enter('a'), concurrency.enter('a'), concurrency.enter('b')]).toEqual([true, true, false, true]);
    concurrency.leave('a');
    expect(concurrency.enter('a')).toBe(true);
  });
});
