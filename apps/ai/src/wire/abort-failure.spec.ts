import { describe, expect, it } from 'vitest';
import { ProviderFailure } from '@tecnocursos/provider-kit';
import { abortFailure } from './abort-failure.js';

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
