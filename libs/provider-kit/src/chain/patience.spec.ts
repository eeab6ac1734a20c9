import { describe, expect, it } from 'vitest';
import type { AppError } from '@tecnocursos/contracts';
import { ProviderFailure } from '../failure.js';
import { callWith, fails, never, rejection, toyChain, toyHandle, USAGE, wait, works } from '../testing/chain.fixture.js';

const codeOf = async (promise: Promise<unknown>): Promise<string> => ((await rejection(promise)) as AppError).code;

describe('asking again', () => {
  const flaky = (call: number) => {
    if (call === 1) throw new ProviderFailure('unavailable', 'Hiccup.', { retryAfterMs: 1 });
    return { value: 'second try', usage: USAGE, model: 'toy-1' };
  };

  it('asks the same provider again only when nobody of its kind is left', async () => {
    const alone = toyChain([{ id: 'one', script: flaky, variables: { MAX_RETRIES: '1' } }]);
    expect(await alone.chain.run(callWith())).toMatchObject({ value: 'second try', attempts: 2, fallbackFrom: null });
    const accompanied = toyChain([{ id: 'one', script: flaky, variables: { MAX_RETRIES: '1' } }, { id: 'two' }]);
    expect((await accompanied.chain.run(callWith())).provider).toBe('two');
    expect(accompanied.calls()).toEqual([1, 1]);
    const engine = toyChain([{ id: 'one', script: flaky, variables: { MAX_RETRIES: '1' } }, { id: 'two', kind: 'local' }]);
    expect((await engine.chain.run(callWith())).provider).toBe('one');
  });

  it.each(['auth', 'quota', 'malformed', 'unsupported'] as const)('does not ask again after %s', async (kind) => {
    const { chain, calls } = toyChain([{ id: 'one', script: fails(kind), variables: { MAX_RETRIES: '5' } }]);
    await rejection(chain.run(callWith()));
    expect(calls()).toEqual([1]);
  });

  it('waits as long as the vendor says, or not at all when the deadline comes first', async () => {
    const slow = (retryAfterMs: number) => toyChain([{ id: 'one', script: fails('rate_limited', { retryAfterMs }), variables: { MAX_RETRIES: '1' } }]);
    const started = Date.now();
    const soon = slow(60);
    await rejection(soon.chain.run(callWith()));
    expect(Date.now() - started).toBeGreaterThanOrEqual(58);
    expect(soon.calls()).toEqual([2]);
    const later = slow(60_000);
    const error = await rejection(later.chain.run(callWith({ caller: { deadline: Date.now() + 1_000 } })));
    expect(error).toMatchObject({ code: 'provider_unavailable', retryAfterS: 60 });
    expect(later.calls()).toEqual([1]);
  });

  it('lets no more than a tenth of the calls be retries when everything fails', async () => {
    const { chain, calls } = toyChain([{ id: 'one', script: fails('rate_limited', { retryAfterMs: 0 }), variables: { MAX_RETRIES: '3' } }]);
    for (let call = 0; call < 200; call += 1) await rejection(chain.run(callWith()));
    expect(calls()[0]).toBeLessThanOrEqual(200 + 10 + 20);
  });

  it('ends its pause when the caller gives up', async () => {
    const caller = new AbortController();
    const { chain, calls } = toyChain([{ id: 'one', script: fails('unavailable', { retryAfterMs: 5_000 }), variables: { MAX_RETRIES: '1' } }]);
    const running = codeOf(chain.run(callWith({ caller: { signal: caller.signal } })));
    await wait(20);
    caller.abort();
    expect(await running).toBe('canceled');
    expect(calls()).toEqual([1]);
  });
});

describe('a provider that was told to wait', () => {
  it('is asked last until its time is over, and by one probe then', async () => {
    let well = false;
    const script = () => {
      if (!well) throw new ProviderFailure('rate_limited', 'Slow down.', { retryAfterMs: 500 });
      return { value: 'one', usage: USAGE, model: 'toy-1' };
    };
    const { chain, calls } = toyChain([{ id: 'one', script }, { id: 'two', script: async () => { await wait(5); return { value: 'two', usage: USAGE, model: 'toy-1' }; } }]);
    const twenty = () => Promise.all(Array.from({ length: 20 }, () => chain.run(callWith())));
    await chain.run(callWith());
    await twenty();
    expect(calls()[0]).toBe(1);
    await wait(510);
    await twenty();
    expect(calls()[0]).toBe(2);
    await twenty();
    expect(calls()[0]).toBe(2);
    well = true;
    await wait(510);
    await chain.run(callWith());
    expect((await twenty()).every(({ provider }) => provider === 'one')).toBe(true);
  });

  it('raises an alert where somebody has to mend something, once a minute', () => {
    const handle = toyHandle({ id: 'one' });
    const alerts: string[] = [];
    handle.onAlert = ({ kind }) => void alerts.push(kind);
    const failures = [['unavailable', 100_000], ['auth', 200_000], ['quota', 230_000], ['auth', 260_000], ['rate_limited', 400_000]] as const;
    for (const [kind, at] of failures) handle.failed(new ProviderFailure(kind, 'No.'), at);
    expect(alerts).toEqual(['auth', 'auth']);
  });

  it('is not woken by an answer to what was asked before', () => {
    const handle = toyHandle({ id: 'one' });
    handle.failed(new ProviderFailure('quota', 'Used up.'), 1_000);
    handle.succeeded('ask', 500, 1_100); // asked at 600
    expect(handle.isResting(1_200)).toBe(true);
    handle.succeeded('ask', 50, 1_300);
    expect(handle.isResting(1_301)).toBe(false);
  });
});

describe('time', () => {
  it('is not begun without enough of it', async () => {
    const { chain, calls } = toyChain([{ id: 'one' }]);
    expect(await codeOf(chain.run(callWith({ caller: { deadline: Date.now() + 10 } })))).toBe('timeout');
    expect(calls()).toEqual([0]);
  });

  it('moves on when an attempt takes too long, and ends at the deadline', async () => {
    const toys = [{ id: 'one', script: never, variables: { TIMEOUT_MS: '30' } }, { id: 'two', script: works('from two') }];
    expect(await toyChain(toys).chain.run(callWith())).toMatchObject({ provider: 'two', fallbackFrom: 'one' });
    const { chain, records } = toyChain([{ id: 'one', script: never }, { id: 'two' }]);
    expect(await codeOf(chain.run(callWith({ caller: { deadline: Date.now() + 80 } })))).toBe('timeout');
    expect(records.map(({ outcome }) => outcome)).toEqual(['timeout']);
  });

  it('is not spent in a queue past the deadline', async () => {
    const { chain } = toyChain([{ id: 'one', script: never, variables: { CONCURRENCY: '1' } }]);
    const caller = new AbortController();
    const first = rejection(chain.run(callWith({ caller: { signal: caller.signal } })));
    const started = Date.now();
    expect(await codeOf(chain.run(callWith({ caller: { deadline: Date.now() + 80 } })))).toBe('timeout');
    expect(Date.now() - started).toBeLessThan(1_500);
    caller.abort();
    await first;
  });

  it('ends at once when the caller gives up', async () => {
    const caller = new AbortController();
    let aborted = false;
    const script = (_call: number, signal: AbortSignal): Promise<never> => new Promise(() => signal.addEventListener('abort', () => { aborted = true; }));
    const { chain, records, calls, handles } = toyChain([{ id: 'one', script }, { id: 'two' }]);
    const running = codeOf(chain.run(callWith({ caller: { signal: caller.signal } })));
    await wait(10);
    caller.abort();
    expect(await running).toBe('canceled');
    expect(aborted).toBe(true);
    expect(calls()).toEqual([1, 0]);
    expect(records.map(({ outcome }) => outcome)).toEqual(['canceled']);
    expect(handles[0]?.bulkhead.inUse).toBe(0);
    expect(handles[0]?.lastError).toBeUndefined();
  });
});
