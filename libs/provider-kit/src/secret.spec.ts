import { inspect } from 'node:util';
import { describe, expect, it } from 'vitest';
import { scrub, Secret } from './secret.js';

const VALUE = 'sk-live+0123456789/abc';

describe('a secret', () => {
  it('prints as [redacted] in every way that a log would print it', () => {
    const secret = new Secret(VALUE);
    const printed = [String(secret), `${secret}`, JSON.stringify({ secret }), inspect({ deep: { secret } }, { depth: 9, showHidden: true }), JSON.stringify([secret])];
    for (const text of printed) {
      expect(text).not.toContain(VALUE);
      expect(text).toContain('[redacted]');
    }
    expect(secret.reveal()).toBe(VALUE);
  });

  it('is taken out of the words of others, also when it is encoded for an address', () => {
    const text = scrub(`Key ${VALUE} is wrong (${encodeURIComponent(VALUE)}), ${VALUE}`, [new Secret(VALUE)]);
    expect(text).toBe('Key [redacted] is wrong ([redacted]), [redacted]');
  });

  it('is taken out in base64, too', () => {
    const [base64, url] = [Buffer.from(VALUE).toString('base64'), Buffer.from(VALUE).toString('base64url')];
    expect(scrub(`Basic ${base64} or ${base64.replace(/=+$/, '')}, ${url}`, [new Secret(VALUE)])).toBe('Basic [redacted] or [redacted], [redacted]');
  });

  it('leaves words alone that are too short to be one', () => {
    expect(scrub('a test is a test', [new Secret('test')])).toBe('a test is a test');
  });
});
