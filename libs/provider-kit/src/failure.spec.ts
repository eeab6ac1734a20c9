import { AttemptOutcomeSchema } from '@tecnocursos/contracts';
import { describe, expect, it } from 'vitest';
import { FAILURE_KINDS, FAILURE_RULES, kindOfStatus, ProviderFailure, type FailureKind } from './failure.js';

const kindsWith = (test: (kind: FailureKind) => boolean): FailureKind[] => FAILURE_KINDS.filter(test);

describe('the closed set of failure kinds', () => {
  it('has a rule for each kind, and each kind is an outcome of the ledger', () => {
    expect(Object.keys(FAILURE_RULES).sort()).toEqual([...FAILURE_KINDS].sort());
    for (const kind of FAILURE_KINDS) expect(AttemptOutcomeSchema.safeParse(kind).success).toBe(true);
  });

  it('decides what follows', () => {
    expect(kindsWith((kind) => !FAILURE_RULES[kind].moveOn)).toEqual(['invalid_request', 'content_policy', 'canceled']);
    expect(kindsWith((kind) => FAILURE_RULES[kind].retry)).toEqual(['rate_limited', 'timeout', 'unavailable']);
    expect(kindsWith((kind) => FAILURE_RULES[kind].tripsBreaker)).toEqual(['timeout', 'unavailable', 'malformed']);
    expect(kindsWith((kind) => FAILURE_RULES[kind].alert)).toEqual(['auth', 'quota']);
    expect(kindsWith((kind) => FAILURE_RULES[kind].coolDownMs > 0)).toEqual(['auth', 'quota', 'rate_limited']);
  });

  it('never asks again whom it does not ask others for', () => {
    for (const kind of FAILURE_KINDS) if (FAILURE_RULES[kind].retry) expect(FAILURE_RULES[kind].moveOn).toBe(true);
  });

  it.each([
    [400, 'invalid_request'], [401, 'auth'], [402, 'quota'], [403, 'auth'], [404, 'unsupported'], [408, 'timeout'], [409, 'unavailable'], [413, 'invalid_request'],
    [422, 'invalid_request'], [425, 'unavailable'], [429, 'rate_limited'], [451, 'content_policy'], [500, 'unavailable'], [503, 'unavailable'], [529, 'unavailable'],
    [200, 'malformed'], [302, 'malformed'],
  ] as const)('takes the status %i for %s when the vendor says nothing better', (status, kind) => {
    expect(kindOfStatus(status)).toBe(kind);
  });

  it('keeps what the vendor told beside the kind', () => {
    const cause = new Error('socket');
    const failure = new ProviderFailure('unavailable', 'Try later.', { retryAfterMs: 2_000, status: 503, vendorCode: 'overloaded', vendorRequestId: 'req_1', usage: { requests: 1 }, model: 'm', cause });
    expect(failure).toMatchObject({ kind: 'unavailable', retryAfterMs: 2_000, status: 503, vendorCode: 'overloaded', vendorRequestId: 'req_1', usage: { requests: 1 }, model: 'm', cause });
    expect(failure.rule).toBe(FAILURE_RULES.unavailable);
    expect(new ProviderFailure('auth', 'No.').retryAfterMs).toBeUndefined();
  });
});
