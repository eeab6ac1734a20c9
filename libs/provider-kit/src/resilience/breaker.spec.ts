import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { AppError } from '@tecnocursos/contracts';
import fc from 'fast-check';
import { ProviderFailure, type FailureKind } from '../failure.js';
import { rejection } from '../testing/chain.fixture.js';
import { Breaker, CircuitOpen, type BreakerOptions } from './breaker.js';

const OPTIONS: BreakerOptions = { threshold: 0.5, windowS: 30, minCalls: 10, openS: 15, maxOpenS: 120 };

const failing = (kind: FailureKind) => () => Promise.reject(new ProviderFailure(kind, 'No.'));
const working = () => Promise.resolve('It works');
const fail = (breaker: Breaker, kind: FailureKind = 'unavailable') => rejection(breaker.execute(failing(kind)));

async function opened(options: Partial<BreakerOptions> = {}): Promise<Breaker> {
  const breaker = new Breaker({ ...OPTIONS, ...options });
  for (let call = 0; call < (options.minCalls ?? OPTIONS.minCalls); call += 1) await fail(breaker);
  return breaker;
}

describe('the circuit breaker', () => {
  beforeEach(() => {
    vi.useFakeTimers({ now: Date.parse('2026-11-25T12:00:00Z') });
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  it('opens with the call that makes enough of them, when they fail', async () => {
    const breaker = new Breaker(OPTIONS);
    for (let call = 0; call < 9; call += 1) await fail(breaker);
    expect(breaker.state).toBe('closed');
    await fail(breaker);
    expect(breaker.state).toBe('open');
    expect(breaker.refuses).toBe(true);
    expect(breaker.retryAfterMs).toBe(15_000);
  });

  it('opens at its number of calls whatever the window is', async () => {
    await fc.assert(fc.asyncProperty(fc.integer({ min: 1, max: 40 }), fc.integer({ min: 1, max: 600 }).map((tenths) => tenths / 10), async (minCalls, windowS) => {
      const breaker = new Breaker({ ...OPTIONS, minCalls, windowS });
      for (let call = 1; call < minCalls; call += 1) await fail(breaker);
      expect(breaker.state).toBe('closed');
      await fail(breaker);
      expect(breaker.state).toBe('open');
    }), { numRuns: 60 });
  });

  it('stays closed while no more than the share fails, and forgets what is older than the window', async () => {
    const breaker = new Breaker(OPTIONS);
    for (let call = 0; call < 20; call += 1) await (call % 2 === 0 ? breaker.execute(working) : fail(breaker));
    expect(breaker.state).toBe('closed');
    vi.advanceTimersByTime(31_000);
    for (let call = 0; call < 9; call += 1) await fail(breaker);
    expect(breaker.state).toBe('closed');
  });

  it('counts only what says something about the vendor’s health', async () => {
    const breaker = new Breaker(OPTIONS);
    for (const kind of ['invalid_request', 'unsupported', 'auth', 'quota', 'rate_limited', 'content_policy', 'canceled'] as const) {
      for (let call = 0; call < 12; call += 1) await fail(breaker, kind);
    }
    for (let call = 0; call < 12; call += 1) await rejection(breaker.execute(() => Promise.reject(new AppError('timeout', 'The deadline passed.'))));
    expect(breaker.state).toBe('closed');
    for (const kind of ['timeout', 'malformed'] as const) {
      const one = new Breaker({ ...OPTIONS, minCalls: 1 });
      await fail(one, kind);
      expect(one.state).toBe('open');
    }
  });

  it('is not opened by answers that were bad for what was asked', async () => {
    const breaker = new Breaker(OPTIONS);
    const bad = () => Promise.reject(new ProviderFailure('malformed', 'Not valid against the schema.', { ofContent: true }));
    for (let call = 0; call < 30; call += 1) await rejection(breaker.execute(bad));
    expect(breaker.state).toBe('closed');
  });

  it('does not call while it is open', async () => {
    const breaker = await opened();
    const task = vi.fn(working);
    expect(await rejection(breaker.execute(task))).toMatchObject({ name: 'CircuitOpen', retryAfterMs: 15_000 });
    vi.advanceTimersByTime(14_000);
    expect(await rejection(breaker.execute(task))).toMatchObject({ retryAfterMs: 1_000 });
    expect(task).not.toHaveBeenCalled();
  });

  it('lets one probe through, and turns the others away at once while it is under way', async () => {
    const breaker = await opened();
    vi.advanceTimersByTime(15_000);
    expect(breaker.refuses).toBe(false);
    let answer!: (value: string) => void;
    const probe = breaker.execute(() => new Promise<string>((resolve) => { answer = resolve; }));
    expect(breaker.state).toBe('half_open');
    expect(breaker.refuses).toBe(true);
    const others = await Promise.all(Array.from({ length: 50 }, () => rejection(breaker.execute(working))));
    expect(others.every((error) => error instanceof CircuitOpen)).toBe(true);
    answer('well');
    expect(await probe).toBe('well');
    expect(breaker.state).toBe('closed');
    expect(await breaker.execute(working)).toBe('It works');
  });

  it('doubles its pause after each probe that fails, up to the longest, and begins anew when one succeeded', async () => {
    const breaker = await opened();
    for (const seconds of [15, 30, 60, 120, 120]) {
      expect(breaker.retryAfterMs).toBe(seconds * 1_000);
      vi.advanceTimersByTime(seconds * 1_000 - 1);
      expect(breaker.refuses).toBe(true);
      vi.advanceTimersByTime(1);
      expect(breaker.refuses).toBe(false);
      expect(await fail(breaker)).toBeInstanceOf(ProviderFailure);
      expect(breaker.state).toBe('open');
    }
    vi.advanceTimersByTime(120_000);
    await breaker.execute(working);
    expect(breaker.state).toBe('closed');
    for (let call = 0; call < 10; call += 1) await fail(breaker);
    expect(breaker.retryAfterMs).toBe(15_000);
  });

  const GONE = [['the caller gave up', new ProviderFailure('canceled', 'Gone.')], ['the deadline passed', new AppError('timeout', 'Late.')]] as const;
  it.each(GONE)('learns nothing from a probe when %s', async (_why, error) => {
    const breaker = await opened();
    vi.advanceTimersByTime(15_000);
    await rejection(breaker.execute(() => Promise.reject(error)));
    expect(breaker.state).toBe('open');
  });

  it('closes after a probe that shows that the vendor answers', async () => {
    const breaker = await opened();
    vi.advanceTimersByTime(15_000);
    await fail(breaker, 'invalid_request');
    expect(breaker.state).toBe('closed');
  });
});

describe('a model of the breaker', () => {
  beforeEach(() => {
    vi.useFakeTimers({ now: Date.parse('2026-11-25T12:00:00Z') });
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  const step = fc.oneof(fc.constant('ok' as const), fc.constant('fail' as const), fc.integer({ min: 1, max: 20_000 }));

  it('asks a vendor that always fails no more often than its pauses allow, and never an open one', async () => {
    await fc.assert(fc.asyncProperty(fc.array(step, { maxLength: 120 }), async (steps) => {
      const breaker = new Breaker({ ...OPTIONS, minCalls: 3, openS: 5, maxOpenS: 20 });
      for (const what of steps) {
        if (typeof what === 'number') {
          vi.advanceTimersByTime(what);
          continue;
        }
        const refused = breaker.refuses;
        let asked = false;
        const result = await breaker.execute(() => {
          asked = true;
          return what === 'ok' ? working() : failing('unavailable')();
        }).catch((error: unknown) => error);
        expect(asked).toBe(!refused);
        expect(result instanceof CircuitOpen).toBe(refused);
        expect(breaker.retryAfterMs).toBeLessThanOrEqual(20_000);
      }
    }), { numRuns: 80 });
  });
});
