import { inspect } from 'node:util';
import { describe, expect, it } from 'vitest';
import type { SandboxFault } from '@tecnocursos/contracts';
import type { FailureKind } from '@tecnocursos/provider-kit';
import { question } from './language-model.fixture.js';
import type { LanguageModelSubject } from './language-model.subject.js';

/** What each fault of the sandbox may be called. What follows from a kind is in `FAILURE_RULES`. */
const KINDS: readonly (readonly [SandboxFault, readonly FailureKind[]])[] = [
  ['unauthorized', ['auth']],
  ['quota_exhausted', ['quota']],
  ['rate_limited', ['rate_limited']],
  ['rate_limited_retry_after_garbage', ['rate_limited']],
  ['server_error', ['unavailable']],
  ['unavailable', ['unavailable']],
  ['connection_reset', ['unavailable']],
  ['truncated_body', ['unavailable', 'malformed']],
  ['malformed_json', ['malformed', 'unavailable']],
  ['error_in_success', ['unavailable', 'malformed']],
  ['empty_answer', ['malformed']],
];

/** Longest wait of a rate limit in the cases below. */
const WAIT_S = 30;

/** Part of the language model's contract: failures, and being aborted. */
export function describeFailures(subjectOf: () => LanguageModelSubject): void {
  describe.each(['generate', 'collect'] as const)('%s', (method) => {
    it.each(KINDS)('says what %s is, after one HTTP request and without the key', async (fault, kinds) => {
      const subject = subjectOf();
      subject.fail({ fault });
      const failure = await subject.failureOf(subject[method](question(subject.model)));
      expect(kinds).toContain(failure.kind);
      expect(await subject.ended(1)).toHaveLength(1);
      expect(inspect(failure, { depth: 8 })).not.toContain(subject.of.key);
      expect(failure.detail).not.toContain(subject.of.key.slice(-4));
    });

    it.each([
      ['rate_limited_retry_after_seconds', WAIT_S * 1_000 - 1, WAIT_S * 1_000],
      ['rate_limited_retry_after_date', (WAIT_S - 3) * 1_000, WAIT_S * 1_000],
      ['rate_limited_retry_after_ms', WAIT_S * 1_000 - 1, WAIT_S * 1_000],
    ] as const)('keeps the wait of %s', async (fault, least, most) => {
      const subject = subjectOf();
      subject.fail({ fault, retry_after_s: WAIT_S });
      const { kind, retryAfterMs = 0 } = await subject.failureOf(subject[method](question(subject.model)));
      expect([kind, retryAfterMs >= least, retryAfterMs <= most]).toEqual(['rate_limited', true, true]);
    });

    it('calls an unknown model unsupported', async () => {
      const subject = subjectOf();
      const failure = await subject.failureOf(subject[method](question('no-such-model-1')));
      expect(failure.kind).toBe('unsupported');
    });

    it('sends nothing once it is aborted', async () => {
      const subject = subjectOf();
      expect((await subject.failureOf(subject[method](question(subject.model), AbortSignal.abort()))).kind).toBe('canceled');
      expect(subject.calls()).toHaveLength(0);
    });

    it('ends at once when it is aborted', async () => {
      const subject = subjectOf();
      subject.fail({ fault: 'latency', latency_ms: 20_000 });
      const controller = new AbortController();
      setTimeout(() => controller.abort(), 100);
      const startedAt = Date.now();
      expect((await subject.failureOf(subject[method](question(subject.model), controller.signal))).kind).toBe('canceled');
      expect(Date.now() - startedAt).toBeLessThan(2_000);
      expect(await subject.ended(1)).toHaveLength(1);
    });
  });
}
