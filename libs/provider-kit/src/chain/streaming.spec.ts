import { describe, expect, it } from 'vitest';
import { ProviderFailure } from '../failure.js';
import { COST_MICROS, partsOf, rejection, streamWith, toyChain, USAGE, wait, type ToyPart, type ToyStream } from '../testing/chain.fixture.js';

async function read(parts: AsyncIterable<ToyPart>): Promise<string> {
  let text = '';
  for await (const part of parts) text += part.text;
  return text;
}

const refuses = (kind: ProviderFailure['kind']): ToyStream => async function* () {
  throw new ProviderFailure(kind, 'No.');
};
const breaksAfter = (texts: readonly string[], error: Error): ToyStream => async function* () {
  yield* partsOf(texts, undefined as never);
  throw error;
};
/** Two parts, then silence until somebody ends it. */
const hangs: ToyStream = async function* (_call, signal) {
  yield { text: 'a' };
  yield { text: 'b' };
  await new Promise((_resolve, reject) => signal.addEventListener('abort', () => reject(new Error('aborted')), { once: true }));
};

describe('a stream through the chain', () => {
  it('hands on the parts, and is told to the ledger when it has ended', async () => {
    const { chain, records, handles } = toyChain([{ id: 'one', stream: () => partsOf(['Olá', ', ', 'mundo']) }]);
    const served = await chain.stream(streamWith());
    expect(served).toMatchObject({ provider: 'one', simulated: false, fallbackFrom: null, attempts: 1 });
    expect(records).toEqual([]);
    expect(await read(served.parts)).toBe('Olá, mundo');
    expect(served.costMicros()).toBe(COST_MICROS);
    expect(records).toEqual([expect.objectContaining({ outcome: 'ok', usage: USAGE, cost_micros: COST_MICROS, call_id: expect.any(String), attempt: 1 })]);
    expect(handles[0]?.bulkhead.inUse).toBe(0);
  });

  it('falls over until the first part has come', async () => {
    for (const stream of [refuses('unavailable'), refuses('auth'), (async function* () {}) as ToyStream]) {
      const { chain, records } = toyChain([{ id: 'one', stream }, { id: 'two' }]);
      const served = await chain.stream(streamWith());
      expect(served).toMatchObject({ provider: 'two', fallbackFrom: 'one', attempts: 2 });
      expect(await read(served.parts)).toBe('ab');
      expect(records.map(({ provider, attempt }) => [provider, attempt])).toEqual([['one', 1], ['two', 2]]);
      expect(records[0]?.call_id).toBe(records[1]?.call_id);
    }
  });

  it('falls over when the first part takes too long', async () => {
    const silent: ToyStream = async function* (_call, signal) {
      await new Promise((_resolve, reject) => signal.addEventListener('abort', () => reject(new Error('aborted')), { once: true }));
      yield { text: 'never' };
    };
    const { chain, handles } = toyChain([{ id: 'one', stream: silent, variables: { TIMEOUT_MS: '30' } }, { id: 'two' }]);
    expect(await read((await chain.stream(streamWith())).parts)).toBe('ab');
    expect(handles.map(({ bulkhead }) => bulkhead.inUse)).toEqual([0, 0]);
  });

  it('ends with an error after the first part: nobody begins the sentence anew', async () => {
    const { chain, records, calls, handles } = toyChain([{ id: 'one', stream: breaksAfter(['a', 'b'], new ProviderFailure('unavailable', 'Cut off.')) }, { id: 'two' }]);
    const { parts } = await chain.stream(streamWith());
    const seen: string[] = [];
    const error = await rejection((async () => { for await (const { text } of parts) seen.push(text); })());
    expect(seen.join('')).toContain('ab');
    expect(error).toMatchObject({ name: 'AppError', code: 'provider_unavailable', detail: 'Nobody could answer: one (unavailable).' });
    expect(calls()).toEqual([1, 0]);
    expect(records).toEqual([expect.objectContaining({ provider: 'one', outcome: 'unavailable' })]);
    expect(handles[0]?.bulkhead.inUse).toBe(0);
  });

  it('is malformed when it ends without saying so, and is paid for as far as it came', async () => {
    const { chain, records } = toyChain([{ id: 'one', stream: () => partsOf(['a', 'b', 'c'], null as never) }]);
    const { parts } = await chain.stream(streamWith());
    expect(await rejection(read(parts))).toMatchObject({ code: 'provider_failed' });
    expect(records[0]).toMatchObject({ outcome: 'malformed', usage: { input_tokens: 100, output_tokens: 3 }, cost_micros: 130 });
  });

  it('is given up when the next part takes too long', async () => {
    const { chain, records, handles } = toyChain([{ id: 'one', stream: hangs, variables: { STREAM_IDLE_TIMEOUT_MS: '40' } }]);
    const { parts } = await chain.stream(streamWith());
    expect(await rejection(read(parts))).toMatchObject({ code: 'provider_unavailable' });
    expect(records[0]).toMatchObject({ outcome: 'timeout', usage: { input_tokens: 100, output_tokens: 2 } });
    expect(handles[0]?.bulkhead.inUse).toBe(0);
  });

  it('gives its place back when the reader leaves early, and pays what was made', async () => {
    let aborted = false;
    const stream: ToyStream = async function* (call, signal) {
      signal.addEventListener('abort', () => { aborted = true; });
      yield* hangs(call, signal);
    };
    const { chain, records, handles } = toyChain([{ id: 'one', stream }]);
    const { parts } = await chain.stream(streamWith());
    for await (const part of parts) if (part.text === 'a') break;
    expect(aborted).toBe(true);
    expect(records).toEqual([expect.objectContaining({ outcome: 'canceled', usage: { input_tokens: 100, output_tokens: 1 } })]);
    expect(handles[0]?.bulkhead.inUse).toBe(0);
  });

  it('gives its place back when the caller gives up before reading, or while it waits', async () => {
    for (const partsRead of [0, 2]) {
      const caller = new AbortController();
      const { chain, records, handles } = toyChain([{ id: 'one', stream: hangs }]);
      const { parts } = await chain.stream(streamWith({ caller: { signal: caller.signal } }));
      const iterator = parts[Symbol.asyncIterator]();
      for (let part = 0; part < partsRead; part += 1) await iterator.next();
      const waiting = partsRead > 0 ? rejection(iterator.next()) : undefined;
      await wait(5);
      caller.abort();
      if (waiting) expect(await waiting).toMatchObject({ code: 'canceled' });
      expect(await iterator.next()).toEqual({ done: true, value: undefined });
      expect(records.map(({ outcome }) => outcome)).toEqual(['canceled']);
      expect(handles[0]?.bulkhead.inUse).toBe(0);
    }
  });

  it('ends at the deadline', async () => {
    const { chain, records } = toyChain([{ id: 'one', stream: hangs }]);
    const { parts } = await chain.stream(streamWith({ caller: { deadline: Date.now() + 120 } }));
    expect(await rejection(read(parts))).toMatchObject({ code: 'timeout' });
    expect(records.map(({ outcome }) => outcome)).toEqual(['timeout']);
  });

  it('counts once, however often it is ended', async () => {
    const { chain, records, handles } = toyChain([{ id: 'one' }]);
    const { parts } = await chain.stream(streamWith());
    const iterator = parts[Symbol.asyncIterator]();
    await read({ [Symbol.asyncIterator]: () => iterator });
    await iterator.return?.();
    await iterator.return?.();
    expect(records).toHaveLength(1);
    expect(handles[0]?.bulkhead.inUse).toBe(0);
  });
});
