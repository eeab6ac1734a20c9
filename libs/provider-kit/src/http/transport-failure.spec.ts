import { describe, expect, it } from 'vitest';
import { ProviderFailure } from '../failure.js';
import { BodyTooLarge } from './answer-body.js';
import { failureInCauses, transportFailure } from './transport-failure.js';

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

  it('looks with another eye where it is given one, at each cause, and not without end', () => {
    const seen: string[] = [];
    const look = ({ message }: { message: string }): undefined => void seen.push(message);
    expect(failureInCauses(new Error('outer', { cause: new Error('inner') }), look)).toBeUndefined();
    expect(seen).toEqual(['outer', 'inner']);
    const circle: Error = new Error('circle');
    circle.cause = circle;
    expect(transportFailure(circle)).toBeUndefined();
  });
});
