import { describe, expect, it } from 'vitest';
import { clientFits, commitClient } from './audit-chain.js';
import { canonicalJson } from './canonical-json.js';

describe('canonical JSON', () => {
  it('has one text for one value', () => {
    expect(canonicalJson({ b: [1, 'á', null], a: { d: true, c: 1e21 } })).toBe('{"a":{"c":1e+21,"d":true},"b":[1,"á",null]}');
    expect(canonicalJson({ '\u20ac': 1, '\r': 2, '1': 3, '\u{1f600}': 4, '\ufb33': 5 })).toBe('{"\\r":2,"1":3,"€":1,"\u{1f600}":4,"\ufb33":5}');
    expect(() => canonicalJson(Number.NaN)).toThrow(TypeError);
  });
});

describe('where a request came from', () => {
  it('fits its commitment, and another one does not', () => {
    const sealed = commitClient({ address: '203.0.113.7', user_agent: 'x' });
    expect(clientFits(sealed)).toBe(true);
    expect(clientFits({ ...sealed, client: '{"address":"203.0.113.8","user_agent":"x"}' })).toBe(false);
    expect(clientFits({ ...sealed, client: null, client_salt: null })).toBe(true);
    expect(commitClient({ address: '203.0.113.7', user_agent: 'x' }).client_commitment).not.toBe(sealed.client_commitment);
  });
});
