import { describe, expect, it } from 'vitest';
import { AppError } from '@tecnocursos/contracts';
import { decideFailure, type FailureDecision } from './job-failure.js';

const decide = (error: unknown, attempt: number): FailureDecision => decideFailure(error, attempt, { transientAttempts: 15, longestDelayMs: 8_000 });

describe('what becomes of a failed job', () => {
  it('fails at once with the reason when trying again cannot help', () => {
    expect(decide(new AppError('ssml_invalid', 'Bad SSML.'), 1)).toEqual({ type: 'fail', code: 'ssml_invalid', detail: 'Bad SSML.' });
  });

  it('waits longer from attempt to attempt, up to a bound, for what passes by itself', () => {
    const delays = [1, 2, 3, 9].map((attempt) => decide(new AppError('unavailable', 'Away.'), attempt));
    expect(delays).toEqual([250, 500, 1000, 8000].map((delayMs) => ({ type: 'retry', delayMs })));
    expect(decide(new AppError('unavailable', 'Away.'), 15)).toEqual({ type: 'fail', code: 'unavailable', detail: 'Away.' });
  });

  it('waits as long as it was asked to, up to the same bound', () => {
    const delays = [3, 60].map((retryAfterS) => decide(new AppError('provider_unavailable', 'Later.', { retryAfterS }), 1));
    expect(delays).toEqual([3_000, 8_000].map((delayMs) => ({ type: 'retry', delayMs })));
  });

  it('gives a defect three attempts, and shows nothing of its inside', () => {
    const defect = new TypeError('x is undefined');
    expect(decide(defect, 2).type).toBe('retry');
    const last = decide(defect, 3);
    expect(last).toMatchObject({ type: 'fail', code: 'step_failed' });
    expect(JSON.stringify(last)).not.toContain('undefined');
  });

  it('tries again what was stopped with its process', () => {
    expect(decide(new AppError('canceled', 'Stopped.'), 3).type).toBe('retry');
  });
});
