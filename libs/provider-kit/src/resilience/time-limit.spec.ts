import { describe, expect, it } from 'vitest';
import { never, rejection } from '../testing/chain.fixture.js';
import { TimeLimit } from './time-limit.js';

const open = (more: { signal?: AbortSignal; inMs?: number } = {}) => new TimeLimit(more.signal ?? new AbortController().signal, Date.now() + (more.inMs ?? 10_000));

describe('the limit of time', () => {
  it('hands on what the work answers and fails with', async () => {
    expect(await open().run(1_000, () => Promise.resolve('It works'))).toBe('It works');
    expect(await rejection(open().run(1_000, () => Promise.reject(new Error('broken'))))).toMatchObject({ message: 'broken' });
  });

  it('is a timeout of the vendor when the attempt takes too long, and of the request when its deadline comes first', async () => {
    const slow = open();
    expect(await rejection(slow.run(20, () => never(1, slow.signal) as Promise<never>))).toMatchObject({ name: 'ProviderFailure', kind: 'timeout' });
    expect(slow.signal.aborted).toBe(true);
    const late = open({ inMs: 20 });
    expect(await rejection(late.run(5_000, () => never(1, late.signal) as Promise<never>))).toMatchObject({ name: 'AppError', code: 'timeout' });
    expect(await rejection(open({ inMs: 0 }).run(5_000, () => Promise.resolve('too late')))).toMatchObject({ code: 'timeout' });
  });

  it('ends with its caller, also when the work does not listen', async () => {
    const caller = new AbortController();
    const limit = open({ signal: caller.signal });
    const running = rejection(limit.run(5_000, () => new Promise(() => undefined)));
    caller.abort();
    expect(await running).toMatchObject({ kind: 'canceled' });
    expect(await rejection(limit.run(5_000, () => Promise.resolve('Once more')))).toMatchObject({ kind: 'canceled' });
    expect(await rejection(open({ signal: AbortSignal.abort() }).run(5_000, () => Promise.resolve('Not at all')))).toMatchObject({ kind: 'canceled' });
  });

  it('says why it aborted, in place of the client’s own error', async () => {
    const limit = open();
    const work = (): Promise<never> => new Promise((_resolve, reject) => limit.signal.addEventListener('abort', () => reject(new Error('socket hang up'))));
    expect(await rejection(limit.run(10, work))).toMatchObject({ kind: 'timeout' });
  });

  it('forgets its caller when it is closed', async () => {
    const caller = new AbortController();
    const limit = open({ signal: caller.signal });
    await limit.run(1_000, () => Promise.resolve(1));
    limit.close();
    caller.abort();
    expect(limit.signal.aborted).toBe(false);
  });
});
