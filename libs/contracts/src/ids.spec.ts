import { describe, expect, it } from 'vitest';
import { derivedId, newId } from './ids.js';

describe('identifiers', () => {
  it('are UUIDv7, all different, and in the order in which they were made', () => {
    const ids = Array.from({ length: 20_000 }, newId);
    expect(new Set(ids).size).toBe(ids.length);
    expect(ids).toEqual(ids.toSorted());
    for (const id of ids.slice(0, 100)) expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  });

  it('tell their time', () => {
    const time = Number.parseInt(newId().replaceAll('-', '').slice(0, 12), 16);
    expect(Math.abs(time - Date.now())).toBeLessThan(1_000);
  });

  it('are the same for the same parts', () => {
    expect(derivedId('a', 'b')).toBe(derivedId('a', 'b'));
    expect(derivedId('a', 'b')).not.toBe(derivedId('ab'));
  });
});
