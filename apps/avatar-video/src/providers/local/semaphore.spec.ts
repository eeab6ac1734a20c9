import { describe, expect, it } from '@jest/globals';
import { Semaphore } from './semaphore.js';

const never = new AbortController().signal;

describe('Semaphore', () => {
  it('lets so many run at a time, in order, and goes on after a failure', async () => {
    const semaphore = new Semaphore(2);
    const started: number[] = [];
    const gates = Array.from({ length: 4 }, () => Promise.withResolvers<void>());
    const runs = gates.map(({ promise }, index) => semaphore.run(async () => {
      started.push(index);
      await promise;
    }, never));
    await new Promise(setImmediate);
    expect(started).toEqual([0, 1]);
    gates[0]?.reject(new Error('first failed'));
    await expect(runs[0]).rejects.toThrow('first failed');
    await new Promise(setImmediate);
    expect(started).toEqual([0, 1, 2]);
    gates.slice(1).forEach(({ resolve }) => resolve());
    await Promise.all(runs.slice(1));
    expect(started).toEqual([0, 1, 2, 3]);
  });

  it('lets who waits give up, without taking a place', async () => {
    const semaphore = new Semaphore(1);
    const gate = Promise.withResolvers<void>();
    const first = semaphore.run(() => gate.promise, never);
    const controller = new AbortController();
    const second = semaphore.run(async () => 'second', controller.signal);
    const third = semaphore.run(async () => 'third', never);
    controller.abort(new Error('gave up'));
    await expect(second).rejects.toThrow('gave up');
    gate.resolve();
    await first;
    await expect(third).resolves.toBe('third');
  });
});
