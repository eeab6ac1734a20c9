import { describe, expect, it } from 'vitest';
import fc from 'fast-check';
import { rejection, wait } from '../testing/chain.fixture.js';
import { canonicalJson, hashOf } from './canonical-json.js';
import { ResponseCache } from './response-cache.js';
import { SingleFlight } from './single-flight.js';

describe('canonical JSON', () => {
  it('is the same for equal values, whatever the order of their keys', () => {
    expect(canonicalJson({ b: [1, { d: null, c: 'x' }], a: undefined })).toBe('{"b":[1,{"c":"x","d":null}]}');
    fc.assert(fc.property(fc.dictionary(fc.string(), fc.jsonValue()), (value) => {
      const turned = Object.fromEntries(Object.entries(value).reverse());
      expect(canonicalJson(turned)).toBe(canonicalJson(value));
    }));
  });

  it('is different for different values', () => {
    fc.assert(fc.property(fc.jsonValue(), fc.jsonValue(), (a, b) => {
      const same = JSON.stringify(a) === JSON.stringify(b);
      if (!same && canonicalJson(a) === canonicalJson(b)) expect(a).toEqual(b);
    }));
    expect(hashOf('a', 'bc')).not.toBe(hashOf('ab', 'c'));
  });
});

describe('the cache of answers', () => {
  it('keeps answers until their time is over', async () => {
    const cache = new ResponseCache();
    cache.set('a', '"answer"', 0.05);
    cache.set('never', '"answer"', 0);
    expect(cache.get('a')).toBe('"answer"');
    expect(cache.get('never')).toBeUndefined();
    await wait(80);
    expect(cache.get('a')).toBeUndefined();
  });

  it('drops what begins as it is told', async () => {
    const cache = new ResponseCache();
    for (const key of ['ana:1', 'ana:2', 'anabela:1']) cache.set(key, '"answer"', 60);
    expect(await cache.drop('ana:')).toBe(2);
    expect(cache.dropMemory('ana:')).toBe(0);
    expect([cache.get('ana:1'), cache.get('anabela:1')]).toEqual([undefined, '"answer"']);
  });

  it('stays within its memory, and keeps what was used last', () => {
    const cache = new ResponseCache({ maxBytes: 20_000, maxEntryBytes: 4_000 });
    cache.set('too large', 'x'.repeat(4_001), 60);
    expect(cache.get('too large')).toBeUndefined();
    for (let entry = 0; entry < 100; entry += 1) {
      cache.set(`entry-${entry}`, 'x'.repeat(1_000), 60);
      expect(cache.get('entry-0')).toBeDefined();
    }
    const kept = Array.from({ length: 100 }, (_unused, entry) => entry).filter((entry) => cache.get(`entry-${entry}`) !== undefined);
    expect(kept.length).toBeLessThanOrEqual(10); // two bytes a character
    expect(kept).toContain(0);
    expect(kept).toContain(99);
  });
});

describe('single flight', () => {
  it('forgets work that is over, and not the work that took its place', async () => {
    const flights = new SingleFlight<number>();
    let end!: (value: number) => void;
    const first = flights.lead('key', () => new Promise<number>((_resolve, reject) => setTimeout(() => reject(new Error('lost')), 10)));
    const second = flights.lead('key', () => new Promise<number>((resolve) => { end = resolve; }));
    expect(await rejection(first)).toMatchObject({ message: 'lost' });
    expect(flights.current('key')).toBe(second);
    end(2);
    expect(await second).toBe(2);
    expect(flights.current('key')).toBeUndefined();
  });
});
