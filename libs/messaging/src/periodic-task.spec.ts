import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { PeriodicTask } from './periodic-task.js';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

/** A task whose runs end when the test says so. */
function heldTask(firstMs?: number) {
  const ends: Array<{ well(): void; badly(error: Error): void }> = [];
  const errors: unknown[] = [];
  const task = new PeriodicTask({
    everyMs: 1_000, ...(firstMs !== undefined && { firstMs }),
    run: () => new Promise<void>((well, badly) => ends.push({ well, badly })),
    onError: (error) => errors.push(error),
  });
  const end = async (index: number): Promise<void> => {
    ends[index]?.well();
    await vi.advanceTimersByTimeAsync(0);
  };
  return { task, ends, errors, end };
}

describe('a periodic task', () => {
  it('runs first when it was told to, and then as long after each end', async () => {
    const { task, ends, end } = heldTask(10);
    task.start();
    await vi.advanceTimersByTimeAsync(9);
    expect(ends).toHaveLength(0);
    await vi.advanceTimersByTimeAsync(1);
    expect(ends).toHaveLength(1);
    await vi.advanceTimersByTimeAsync(5_000);
    expect(ends).toHaveLength(1); // never twice at a time
    await end(0);
    await vi.advanceTimersByTimeAsync(999);
    expect(ends).toHaveLength(1);
    await vi.advanceTimersByTimeAsync(1);
    expect(ends).toHaveLength(2);
  });

  it('runs at once when kicked, and once more for kicks during a run', async () => {
    const { task, ends, end } = heldTask();
    task.kick();
    expect(ends).toHaveLength(0); // not started
    task.start();
    task.kick();
    task.kick();
    task.kick();
    expect(ends).toHaveLength(1);
    await end(0);
    expect(ends).toHaveLength(2);
    await end(1);
    expect(ends).toHaveLength(2);
  });

  it('tells of a failure and goes on', async () => {
    const { task, ends, errors } = heldTask();
    task.start();
    task.kick();
    const failure = new Error('away');
    ends[0]?.badly(failure);
    await vi.advanceTimersByTimeAsync(1_000);
    expect([errors, ends.length]).toEqual([[failure], 2]);
  });

  it('waits for the run under way when it stops, and begins none after', async () => {
    const { task, ends, end } = heldTask();
    task.start();
    task.kick();
    task.kick();
    let stopped = false;
    const stopping = task.stop().then(() => {
      stopped = true;
    });
    await vi.advanceTimersByTimeAsync(0);
    expect(stopped).toBe(false);
    await end(0);
    await stopping;
    task.kick();
    await vi.advanceTimersByTimeAsync(10_000);
    expect([stopped, ends.length]).toEqual([true, 1]);
  });
});
