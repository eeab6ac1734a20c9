import { describe, expect, it } from '@jest/globals';
import { AppError } from '@tecnocursos/contracts';
import { decideFailure } from './failure.js';

describe('what becomes of a failed step', () => {
  it('fails at once with the reason when trying again cannot help', () => {
    const decision = decideFailure(new AppError('ssml_invalid', 'Bad SSML.'), 1);
    expect(decision).toEqual({ type: 'fail', code: 'ssml_invalid', detail: 'Bad SSML.' });
  });

  it('waits longer from attempt to attempt, up to a bound, for what passes by itself', () => {
    const delays = [1, 2, 3, 9].map((attempt) => decideFailure(new AppError('unavailable', 'Away.'), attempt));
    expect(delays).toEqual([250, 500, 1000, 8000].map((delayMs) => ({ type: 'retry', delayMs })));
    expect(decideFailure(new AppError('unavailable', 'Away.'), 15)).toEqual({ type: 'fail', code: 'unavailable', detail: 'Away.' });
  });

  it('gives a bug three attempts, and shows nothing of its inside', () => {
    const bug = new TypeError('x is undefined');
    expect(decideFailure(bug, 2).type).toBe('retry');
    const last = decideFailure(bug, 3);
    expect(last).toMatchObject({ type: 'fail', code: 'step_failed' });
    expect(JSON.stringify(last)).not.toContain('undefined');
  });

  it('tries again what was stopped with its process', () => {
    expect(decideFailure(new AppError('canceled', 'Stopped.'), 3).type).toBe('retry');
  });
});
