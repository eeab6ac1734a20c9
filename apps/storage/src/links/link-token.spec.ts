import { createHmac, randomBytes } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { covers, readCapability, signCapability, type Capability } from './link-token.js';

const KEY = randomBytes(32);
const NOW_S = 1_800_000_000;
const read: Capability = { m: 'read', t: 'tenant', s: 'courses/one', f: true, e: NOW_S + 60 };
const write: Capability = { m: 'write', t: 'tenant', s: 'courses/one/a.mp4', e: NOW_S + 60, c: 'video/mp4', n: 10 };

describe('link tokens', () => {
  it.each([read, write])('gives back what was signed: $m', (capability) => {
    expect(readCapability(signCapability(capability, KEY), KEY, NOW_S)).toEqual(capability);
  });

  it('ends at its expiry, to the second', () => {
    const token = signCapability(read, KEY);
    expect(readCapability(token, KEY, NOW_S + 59)).not.toBeNull();
    expect(readCapability(token, KEY, NOW_S + 60)).toBeNull();
  });

  it('refuses every token with one changed character', () => {
    const token = signCapability(write, KEY);
    // The last character of base64url carries unused bits, which a decoder ignores; all others count.
    for (let index = 0; index < token.length - 1; index += 1) {
      const changed = token.slice(0, index) + (token[index] === 'A' ? 'B' : 'A') + token.slice(index + 1);
      expect(readCapability(changed, KEY, NOW_S)).toBeNull();
    }
  });

  it('refuses another key, missing parts and surplus parts', () => {
    const token = signCapability(read, KEY);
    expect(readCapability(token, randomBytes(32), NOW_S)).toBeNull();
    for (const broken of ['', '.', token.split('.')[0] ?? '', `${token}.x`, `.${token}`]) expect(readCapability(broken, KEY, NOW_S)).toBeNull();
  });

  it('refuses a signed payload that is no capability', () => {
    for (const payload of ['{"m":"admin"}', 'null', 'no json', JSON.stringify({ ...read, x: 1 })]) {
      const encoded = Buffer.from(payload).toString('base64url');
      const signature = createHmac('sha256', KEY).update(encoded).digest('base64url');
      expect(readCapability(`${encoded}.${signature}`, KEY, NOW_S)).toBeNull();
    }
  });

  it('covers its folder and nothing beside it', () => {
    expect(covers(read, 'tenant', 'courses/one/lesson/a.mp4')).toBe(true);
    for (const key of ['courses/one', 'courses/one-b/a', 'courses/two/a', 'courses', 'a']) expect(covers(read, 'tenant', key)).toBe(false);
    expect(covers(read, 'other', 'courses/one/a')).toBe(false);
    expect(covers({ ...read, f: false }, 'tenant', 'courses/one')).toBe(true);
    expect(covers({ ...read, f: false }, 'tenant', 'courses/one/a')).toBe(false);
    expect(covers(write, 'tenant', 'courses/one/a.mp4')).toBe(true);
    expect(covers(write, 'tenant', 'courses/one/a.mp4/b')).toBe(false);
  });
});
