import { describe, expect, it } from 'vitest';
import { Semaphore } from './semaphore.js';

const never = new AbortController().signal;
const tick = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

describe('Semaphore', () => {
  it('runs no more than its limit at a time, in order, and all in the end', async () => {
    const places = new Semaphore(2);
    const started: number[] = [];
    let running = 0;
    let most = 0;
    const task = (id: number) => async (): Promise<number> => {
      started.push(id);
      most = Math.max(most, (running += 1));
      await tick();
      running -= 1;
      if (id === 3) throw new Error('three');
      return id;
    };
    const results = await Promise.allSettled(Array.from({ length: 9 }, (_, id) => places.run(task(id), never)));
    expect(most).toBe(2);
    expect(started).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8]);
    expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(8);
  });

  it('lets a waiting task go when it is aborted, and keeps its place free for others', async () => {
    const places = new Semaphore(1);
    const abort = new AbortController();
    let finish = (): void => undefined;
    const first = places.run(() => new Promise<void>((resolve) => { finish = resolve; }), never);
    const waiting = places.run(async () => 'ran', abort.signal);
    abort.abort();
    await expect(waiting).rejects.toMatchObject({ code: 'canceled' });
    await expect(places.run(async () => 'ran', abort.signal)).rejects.toMatchObject({ code: 'canceled' });
    finish();
    await first;
    await expect(places.run(async () => 'ran', never)).resolves.toBe('ran');
  });
});
