import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { withLease } from './lease.js';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

const until = (signal: AbortSignal): Promise<string> => new Promise((resolve) => signal.addEventListener('abort', () => resolve('stopped early'), { once: true }));
const NEVER = new AbortController().signal;

describe('work under a lease', () => {
  it('extends the lease three times as often as it must, until the work has ended', async () => {
    let extended = 0;
    const extend = async (): Promise<boolean> => (extended += 1) > 0;
    const work = withLease({ leaseMs: 900, extend, onError: () => undefined }, NEVER, () => new Promise((resolve) => setTimeout(resolve, 1_000, 'result')));
    await vi.advanceTimersByTimeAsync(1_000);
    expect(await work).toBe('result');
    await vi.advanceTimersByTimeAsync(10_000);
    expect(extended).toBe(3);
  });

  it('stops the work when the lease is another\'s', async () => {
    const work = withLease({ leaseMs: 900, extend: async () => false, onError: () => undefined }, NEVER, until);
    await vi.advanceTimersByTimeAsync(300);
    expect(await work).toBe('stopped early');
  });

  it('goes on when an extension fails, and tells of it', async () => {
    const errors: unknown[] = [];
    const failure = new Error('database away');
    const answers = [Promise.reject(failure), Promise.resolve(true)];
    answers[0]?.catch(() => undefined);
    const lease = { leaseMs: 900, extend: () => answers.shift() ?? Promise.resolve(false), onError: (error: unknown) => errors.push(error) };
    let aborted = false;
    const work = withLease(lease, NEVER, async (signal) => {
      signal.addEventListener('abort', () => {
        aborted = true;
      });
      await until(signal);
    });
    await vi.advanceTimersByTimeAsync(600);
    expect([aborted, errors]).toEqual([false, [failure]]);
    await vi.advanceTimersByTimeAsync(300);
    await work;
    expect(aborted).toBe(true);
  });

  it('stops with the process, and passes on what the work throws', async () => {
    const stopping = new AbortController();
    const work = withLease({ leaseMs: 900, extend: async () => true, onError: () => undefined }, stopping.signal, until);
    stopping.abort();
    expect(await work).toBe('stopped early');
    await expect(withLease({ leaseMs: 900, extend: async () => true, onError: () => undefined }, NEVER, async () => {
      throw new Error('defect');
    })).rejects.toThrow('defect');
    expect(vi.getTimerCount()).toBe(0);
  });
});
