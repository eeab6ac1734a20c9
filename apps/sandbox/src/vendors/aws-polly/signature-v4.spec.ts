import { describe, expect, it } from 'vitest';
import { verifySignature, type SignedRequest } from './signature-v4.js';

/** `get-vanilla-query-order-key-case` of Amazon's own test suite for Signature Version 4. */
const VECTOR: SignedRequest = {
  method: 'GET', path: '/', query: new URLSearchParams('Param2=value2&Param1=value1'), body: Buffer.alloc(0),
  headers: {
    host: 'example.amazonaws.com', 'x-amz-date': '20150830T123600Z',
    authorization: 'AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20150830/us-east-1/service/aws4_request, SignedHeaders=host;x-amz-date, Signature=b97d918cfa904a5beff61c982a1b6f458b799221646efd99d3219ec94cdf2500',
  },
};
const NOW = Date.UTC(2015, 7, 30, 12, 36, 0);
const secretOf = (key: string): string | undefined => (key === 'AKIDEXAMPLE' ? 'wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY' : undefined);
const verify = (change: Partial<SignedRequest> = {}, now = NOW, service = 'service') => verifySignature({ ...VECTOR, ...change }, { service, now, secretOf });
const authorization = (from: string, to: string) => ({ headers: { ...VECTOR.headers, authorization: VECTOR.headers.authorization?.replace(from, to) } });

describe('Signature Version 4', () => {
  it('is that of the published vector', () => expect(verify()).toEqual({ ok: true }));

  it.each([
    ['another query', { query: new URLSearchParams('Param1=value1&Param2=value3') }, 'mismatch'],
    ['another path', { path: '/x' }, 'mismatch'],
    ['another method', { method: 'POST' }, 'mismatch'],
    ['another body', { body: Buffer.from('x') }, 'mismatch'],
    ['another host', { headers: { ...VECTOR.headers, host: 'example.com' } }, 'mismatch'],
    ['an unknown key', authorization('AKIDEXAMPLE', 'AKIDOTHER'), 'unknown_key'],
    ['no authorization', { headers: { host: 'example.amazonaws.com' } }, 'missing'],
    ['a basic authorization', { headers: { ...VECTOR.headers, authorization: 'Basic abc' } }, 'incomplete'],
    ['an unsigned date', authorization('host;x-amz-date', 'host'), 'incomplete'],
  ] as const)('refuses %s', (_name, change, reason) => expect(verify(change)).toEqual({ ok: false, reason }));

  it('refuses another service and old requests', () => {
    expect(verify({}, NOW, 'polly')).toEqual({ ok: false, reason: 'wrong_scope' });
    expect(verify({}, NOW + 16 * 60_000)).toEqual({ ok: false, reason: 'expired' });
    expect(verify({}, NOW - 16 * 60_000)).toEqual({ ok: false, reason: 'expired' });
  });
});
