import { describe, expect, it, vi } from 'vitest';
import { AppError } from '@tecnocursos/contracts';
import type { IdempotencyOutcome, IdempotencyStore } from '../idempotency.port.js';
import { ProviderFailure } from '../failure.js';
import { callWith, fails, never, ok, OTHER_TENANT, rejection, TENANT, toyChain, toyHandle, wait, works } from '../testing/chain.fixture.js';

const slow = async (call: number) => {
  await wait(20);
  return ok(`answer ${call}`);
};

describe('answers that are used again', () => {
  it('come from the cache for the same request of the same tenant, and cost nothing', async () => {
    const { chain, records, calls } = toyChain([{ id: 'one', script: (call) => ok(`answer ${call}`) }]);
    const ask = (cache: unknown) => chain.run(callWith({ cache }));
    expect(await ask({ text: 'a', n: 1 })).toMatchObject({ value: 'answer 1', cache: 'miss', attempts: 1 });
    expect(await ask({ n: 1, text: 'a' })).toMatchObject({ value: 'answer 1', cache: 'hit', attempts: 0, costMicros: 0, provider: 'one', model: 'toy-1', simulated: false });
    expect(await ask({ text: 'b', n: 1 })).toMatchObject({ value: 'answer 2', cache: 'miss' });
    expect(calls()).toEqual([2]);
    expect(records.map(({ outcome, cost_micros: cost }) => [outcome, cost])).toEqual([['ok', 200], ['cache_hit', 0], ['ok', 200]]);
    expect(new Set(records.map(({ call_id: id }) => id)).size).toBe(3);
  });

  it('are never another tenant’s, nor those of test calls', async () => {
    const { chain, calls } = toyChain([{ id: 'one', kind: 'local', script: (call) => ok(`answer ${call}`) }]);
    for (const caller of [{ tenantId: TENANT }, { tenantId: OTHER_TENANT }, { tenantId: TENANT, mode: 'test' as const }]) {
      expect((await chain.run(callWith({ cache: 'same', caller }))).cache).toBe('miss');
    }
    expect(calls()).toEqual([3]);
  });

  it('depend on the operation, on the route and on who could answer', async () => {
    const { chain } = toyChain([{ id: 'one', capabilities: ['ask', 'sing'] }, { id: 'two' }]);
    expect((await chain.run(callWith({ cache: 'same' }))).cache).toBe('miss');
    expect((await chain.run(callWith({ cache: 'same', operation: 'sing' }))).cache).toBe('miss');
    expect((await chain.run(callWith({ cache: 'same', route: { provider: 'two' } }))).provider).toBe('two');
    expect((await chain.run(callWith({ cache: 'same', accepts: (_toy, { id }) => id === 'two' }))).provider).toBe('two');
    expect((await chain.run(callWith({ cache: 'same' }))).cache).toBe('hit');
  });

  it('are kept neither of failures, nor of providers whose answers live for 0 seconds, nor without being asked for', async () => {
    const failing = toyChain([{ id: 'one', script: (call) => { if (call === 1) throw new ProviderFailure('malformed', 'Empty.'); return ok(); } }]);
    await rejection(failing.chain.run(callWith({ cache: 'same' })));
    expect((await failing.chain.run(callWith({ cache: 'same' }))).cache).toBe('miss');
    const brief = toyChain([{ id: 'one', variables: { CACHE_TTL_S: '0' } }]);
    for (let call = 0; call < 2; call += 1) expect((await brief.chain.run(callWith({ cache: 'same' }))).cache).toBe('miss');
    const without = toyChain([{ id: 'one' }]);
    for (let call = 0; call < 2; call += 1) expect((await without.chain.run(callWith())).cache).toBe('off');
    expect(without.calls()).toEqual([2]);
  });
});

describe('the same request at the same time', () => {
  it('is done once, and the others are told that they share it', async () => {
    const { chain, records, calls } = toyChain([{ id: 'one', script: slow }]);
    const served = await Promise.all(Array.from({ length: 10 }, () => chain.run(callWith({ cache: 'same' }))));
    expect(calls()).toEqual([1]);
    expect(new Set(served.map(({ value }) => value))).toEqual(new Set(['answer 1']));
    expect(served.map(({ cache }) => cache).sort()).toEqual([...Array.from({ length: 9 }, () => 'hit'), 'miss']);
    expect(records).toHaveLength(10);
    expect(records.reduce((sum, { cost_micros: cost }) => sum + cost, 0)).toBe(200);
  });

  it('is done by a follower when the one who began gives up', async () => {
    const leader = new AbortController();
    const { chain, calls } = toyChain([{ id: 'one', script: (call, signal) => (call === 1 ? never(call, signal) : ok(`answer ${call}`)) }]);
    const first = rejection(chain.run(callWith({ cache: 'same', caller: { signal: leader.signal } })));
    await wait(5);
    const second = chain.run(callWith({ cache: 'same' }));
    await wait(5);
    leader.abort();
    expect(await first).toMatchObject({ code: 'canceled' });
    expect(await second).toMatchObject({ value: 'answer 2', cache: 'miss' });
    expect(calls()).toEqual([2]);
  });

  it('does not hold who follows past their own deadline, or when they give up', async () => {
    const follower = new AbortController();
    const { chain } = toyChain([{ id: 'one', script: async () => { await wait(300); return ok(); } }]);
    const first = chain.run(callWith({ cache: 'same' }));
    await wait(5);
    const canceled = rejection(chain.run(callWith({ cache: 'same', caller: { signal: follower.signal } })));
    const late = rejection(chain.run(callWith({ cache: 'same', caller: { deadline: Date.now() + 70 } })));
    await wait(5);
    follower.abort();
    expect(await canceled).toMatchObject({ code: 'canceled' });
    expect(await late).toMatchObject({ code: 'timeout' });
    expect((await first).value).toBe('fine');
  });
});

/** Idempotency keys in memory, as the port says. */
class KeyStore implements IdempotencyStore {
  readonly keys = new Map<string, { hash: string; answer: string | undefined }>();

  async begin<Value>(tenantId: string, operation: string, key: string, hash: string): Promise<IdempotencyOutcome<Value>> {
    const id = [tenantId, operation, key].join();
    const known = this.keys.get(id);
    if (known && known.hash !== hash) throw new AppError('idempotency_key_reused', 'Another request.');
    if (known?.answer !== undefined) return { state: 'done', value: JSON.parse(known.answer) as Value };
    if (known) throw new AppError('conflict', 'Under way.', { retryAfterS: 2 });
    this.keys.set(id, { hash, answer: undefined });
    return {
      state: 'begun',
      finish: async (value) => void this.keys.set(id, { hash, answer: JSON.stringify(value) }),
      abandon: async () => void this.keys.delete(id),
    };
  }
}

describe('idempotency keys', () => {
  it('get the first answer again, without a call', async () => {
    const { chain, calls, records } = toyChain([{ id: 'one', script: slow }], { idempotency: new KeyStore() });
    const idempotency = { key: 'k', request: { text: 'a' } };
    const first = await chain.run(callWith({ idempotency }));
    expect(await chain.run(callWith({ idempotency }))).toEqual(first);
    expect(calls()).toEqual([1]);
    expect(records).toHaveLength(1);
    expect(await rejection(chain.run(callWith({ idempotency: { key: 'k', request: { text: 'b' } } })))).toMatchObject({ code: 'idempotency_key_reused' });
    expect((await chain.run(callWith({ idempotency, caller: { tenantId: OTHER_TENANT } }))).value).toBe('answer 2');
  });

  it('are done once by those who come together, and again after a failure', async () => {
    const store = new KeyStore();
    const begin = vi.spyOn(store, 'begin');
    const { chain, calls } = toyChain([{ id: 'one', script: (call) => { if (call === 1) throw new ProviderFailure('unavailable', 'Down.'); return slow(call); } }], { idempotency: store });
    const call = () => callWith({ idempotency: { key: 'k', request: 1 } });
    expect(await rejection(chain.run(call()))).toMatchObject({ code: 'provider_unavailable' });
    const results = await Promise.allSettled([chain.run(call()), chain.run(call())]);
    expect(results.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    expect(calls()).toEqual([2]);
    expect(begin).toHaveBeenCalledTimes(3);
  });

  it('mean nothing to calls without one', async () => {
    const { chain, calls } = toyChain([{ id: 'one', script: works() }], { idempotency: new KeyStore() });
    await chain.run(callWith());
    await chain.run(callWith());
    expect(calls()).toEqual([2]);
  });
});

describe('what a chain shows of itself', () => {
  it('is its providers, and the order in which they would be asked', async () => {
    const { chain, handles } = toyChain([{ id: 'one', script: fails('auth') }, { id: 'two' }]);
    expect(chain.providers).toBe(handles);
    expect(chain.order(callWith()).map(({ id }) => id)).toEqual(['one', 'two']);
    await chain.run(callWith());
    expect(chain.order(callWith()).map(({ id }) => id)).toEqual(['two', 'one']);
    expect(handles[0]?.restMs(Date.now())).toBeGreaterThan(50_000);
    expect(toyHandle({ id: 'three' }).restMs(Date.now())).toBe(0);
  });
});
