import { describe, expect, it } from '@jest/globals';
import { BodyTooLarge, ProviderFailure } from '@tecnocursos/provider-kit';
import { abortFailure, transportFailure } from './transport-failure.js';

const coded = (code: string): Error => Object.assign(new Error('x'), { code });

describe('transportFailure', () => {
  it.each([
    [new TypeError('fetch failed', { cause: coded('ECONNRESET') }), 'unavailable'],
    [new TypeError('fetch failed', { cause: coded('ENOTFOUND') }), 'unavailable'],
    [new TypeError('fetch failed', { cause: coded('UND_ERR_HEADERS_TIMEOUT') }), 'timeout'],
    [new TypeError('terminated', { cause: coded('UND_ERR_SOCKET') }), 'unavailable'],
    [new TypeError('terminated'), 'unavailable'],
    [new Error('Connection error.', { cause: new TypeError('fetch failed', { cause: coded('ECONNREFUSED') }) }), 'unavailable'],
    [new DOMException('aborted', 'AbortError'), 'canceled'],
    [new DOMException('too long', 'TimeoutError'), 'timeout'],
    [new SyntaxError('Unexpected end of JSON input'), 'malformed'],
    [new BodyTooLarge('more than 10 bytes'), 'malformed'],
    [new Error('wrapped', { cause: new ProviderFailure('malformed', 'too large') }), 'malformed'],
  ])('%s is %s', (error, kind) => {
    expect(transportFailure(error)?.kind).toBe(kind);
  });

  it('knows nothing of other errors', () => {
    expect(transportFailure(new TypeError('undefined is not a function'))).toBeUndefined();
    expect(transportFailure(new Error('x', { cause: coded('some_vendor_code') }))).toBeUndefined();
    expect(transportFailure('text')).toBeUndefined();
  });
});

describe('abortFailure', () => {
  it.each([
    [undefined, 'canceled'],
    [new Error('the caller went away'), 'canceled'],
    [new DOMException('too long', 'TimeoutError'), 'timeout'],
    [new ProviderFailure('timeout', 'The attempt took too long.'), 'timeout'],
  ])('%s is %s', (reason, kind) => {
    expect(abortFailure(AbortSignal.abort(reason)).kind).toBe(kind);
  });
});
