import { describe, expect, it } from 'vitest';
import { PartsMessage } from './parts-message.js';

describe('a message of parts', () => {
  it('holds what comes before it leaves, and nothing after', () => {
    const message = new PartsMessage({ n: 1 });
    expect([message.add({ n: 2 }), message.add(null)]).toEqual([true, true]);
    expect(JSON.parse(message.take())).toEqual([{ n: 1 }, { n: 2 }, null]);
    expect(message.add({ n: 3 })).toBe(false);
  });

  it('takes no more when it is full, so that audio does not outgrow the broker', () => {
    const message = new PartsMessage('a'.repeat(60_000));
    expect([message.add('b'.repeat(60_000)), message.add('c')]).toEqual([true, false]);
  });
});
