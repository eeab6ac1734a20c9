import { describe, expect, it } from 'vitest';
import { AppError } from '@tecnocursos/contracts';
import { FAILURE_KINDS, FAILURE_RULES, ProviderFailure } from '../failure.js';
import { callWith, COST_MICROS, fails, OTHER_TENANT, rejection, TENANT, toyChain, toyHandle, USAGE, works } from '../testing/chain.fixture.js';

const codeOf = async (promise: Promise<unknown>): Promise<string> => ((await rejection(promise)) as AppError).code;

describe('falling over', () => {
  it.each(FAILURE_KINDS.filter((kind) => FAILURE_RULES[kind].moveOn))('asks the next provider after %s, once each', async (kind) => {
    const { chain, records, calls } = toyChain([{ id: 'one', script: fails(kind) }, { id: 'two', script: works('from two') }]);
    const served = await chain.run(callWith());
    expect(served).toMatchObject({ value: 'from two', provider: 'two', fallbackFrom: 'one', attempts: 2, costMicros: COST_MICROS, cache: 'off', simulated: false });
    expect(calls()).toEqual([1, 1]);
    expect(records.map(({ provider, outcome }) => [provider, outcome])).toEqual([['one', kind], ['two', 'ok']]);
  });

  it.each(['invalid_request', 'content_policy', 'canceled'] as const)('stops at %s: nobody else could do better', async (kind) => {
    const { chain, calls } = toyChain([{ id: 'one', script: fails(kind, { field: 'messages[0]' }) }, { id: 'two' }]);
    const error = await rejection(chain.run(callWith()));
    expect(error).toBeInstanceOf(AppError);
    expect(error).toMatchObject({ code: kind });
    if (kind === 'invalid_request') expect(error).toMatchObject({ issues: [{ field: 'messages[0]', message: 'It is invalid_request.' }] });
    expect(calls()).toEqual([1, 0]);
  });

  it('is the caller’s fault, by its field, when nobody supports what was asked', async () => {
    const { chain } = toyChain([{ id: 'one', script: fails('unsupported', { field: 'max_tokens' }, 'Too many tokens.') }, { id: 'two', script: fails('unsupported') }]);
    expect(await rejection(chain.run(callWith()))).toMatchObject({ code: 'invalid_request', detail: 'Too many tokens.', issues: [{ field: 'max_tokens' }] });
    const mixed = toyChain([{ id: 'one', script: fails('unsupported') }, { id: 'two', script: fails('unavailable') }]);
    expect(await codeOf(mixed.chain.run(callWith()))).toBe('provider_unavailable');
  });

  it('says who failed and when to come again when all are down', async () => {
    const { chain } = toyChain([{ id: 'one', script: fails('unavailable', { retryAfterMs: 9_000 }) }, { id: 'two', script: fails('rate_limited', { retryAfterMs: 4_200 }) }]);
    expect(await rejection(chain.run(callWith()))).toMatchObject({ code: 'provider_unavailable', status: 503, retryAfterS: 5, detail: 'Nobody could answer: one (unavailable), two (rate_limited).' });
  });

  it('tells useless answers from no answers', async () => {
    const { chain } = toyChain([{ id: 'one', script: fails('malformed') }, { id: 'two', script: fails('malformed') }]);
    expect(await rejection(chain.run(callWith()))).toMatchObject({ code: 'provider_failed', status: 502 });
  });

  it('says that nobody is configured, and refuses names that it does not know', async () => {
    expect(await codeOf(toyChain([]).chain.run(callWith()))).toBe('provider_unavailable');
    const { chain, calls } = toyChain([{ id: 'one' }, { id: 'two', capabilities: ['sing'] }]);
    expect(await rejection(chain.run(callWith({ route: { provider: 'nobody' } })))).toMatchObject({ code: 'invalid_request', issues: [{ field: 'provider' }] });
    expect(await rejection(chain.run(callWith({ route: { provider: 'two' } })))).toMatchObject({ code: 'invalid_request', detail: '"two" cannot do "ask". Providers for it: one.' });
    expect(calls()).toEqual([0, 0]);
  });

  it('asks only whom the request allows', async () => {
    const toys = [{ id: 'one', script: fails('unavailable') }, { id: 'two' }, { id: 'three', script: works('from three') }];
    const alone = toyChain(toys);
    expect(await codeOf(alone.chain.run(callWith({ route: { allowFallback: false } })))).toBe('provider_unavailable');
    expect(alone.calls()).toEqual([1, 0, 0]);
    const listed = toyChain(toys);
    expect((await listed.chain.run(callWith({ route: { providers: ['one', 'three'] } }))).value).toBe('from three');
    expect(listed.calls()).toEqual([1, 0, 1]);
    const accepting = toyChain(toys);
    expect((await accepting.chain.run(callWith({ accepts: (_toy, { id }) => id === 'two' }))).provider).toBe('two');
  });

  it('takes what a port throws for what its definition says, and for malformed when that breaks', async () => {
    const script = () => { throw new TypeError('fetch failed'); };
    const known = toyChain([{ id: 'one', script, toFailure: () => new ProviderFailure('quota', 'Used up.') }, { id: 'two' }]);
    await known.chain.run(callWith());
    const broken = toyChain([{ id: 'one', script, toFailure: () => { throw new Error('defect'); } }, { id: 'two' }]);
    await broken.chain.run(callWith());
    expect([known.records[0]?.outcome, broken.records[0]?.outcome]).toEqual(['quota', 'malformed']);
  });

  it('takes our own secrets out of what a vendor says', async () => {
    const { chain, handles } = toyChain([{ id: 'one', script: fails('invalid_request', { field: 'key.key-0123456789', cause: new Error('key-0123456789') }, 'Bad key key-0123456789 in request') }]);
    expect(await rejection(chain.run(callWith()))).toMatchObject({ detail: 'Bad key [redacted] in request', issues: [{ field: 'key.[redacted]', message: 'Bad key [redacted] in request' }] });
    const down = toyChain([{ id: 'one', script: fails('auth', {}, 'No such key: key-0123456789') }]);
    await rejection(down.chain.run(callWith()));
    expect(down.handles[0]?.lastError).toMatchObject({ kind: 'auth', detail: 'No such key: [redacted]' });
    expect(handles[0]?.lastError).toBeUndefined(); // the caller's fault is no error of the provider
  });
});

describe('callers who want nothing simulated', () => {
  it('are not answered by the sandbox, unless they name it', async () => {
    const { chain } = toyChain([{ id: 'one', variables: { SANDBOX: 'true' }, script: works('simulated') }]);
    await expect(chain.run(callWith({ route: { allowSimulated: false } }))).rejects.toMatchObject({ code: 'provider_unavailable' });
    expect(await chain.run(callWith({ route: { allowSimulated: false, provider: 'one' } }))).toMatchObject({ simulated: true });
    expect(await chain.run(callWith({ route: { allowSimulated: false }, caller: { mode: 'test' } }))).toMatchObject({ simulated: true });
  });
});

describe('callers in test mode', () => {
  it('reach the sandbox and local engines alone', async () => {
    const live = { id: 'one', script: works('from the vendor') };
    const { chain, calls } = toyChain([live, { id: 'two', variables: { SANDBOX: 'true' }, script: works('simulated') }, { id: 'three', kind: 'local' }]);
    const asked = new Set<string>();
    for (const provider of ['two', 'three']) asked.add((await chain.run(callWith({ caller: { mode: 'test' }, route: { provider } }))).provider);
    expect(await chain.run(callWith({ caller: { mode: 'test' } }))).toMatchObject({ provider: 'three' });
    expect(await codeOf(chain.run(callWith({ caller: { mode: 'test' }, route: { provider: 'one' } })))).toBe('invalid_request');
    expect([...asked]).toEqual(['two', 'three']);
    expect(calls()[0]).toBe(0);
    expect((await chain.run(callWith())).value).toBe('from the vendor');
  });

  it('meet the twin of a live provider, which is simulated', async () => {
    const twin = toyHandle({ id: 'one', variables: { SANDBOX: 'true' }, script: works('simulated') });
    const { chain, records } = toyChain([{ id: 'one', script: works('real') }], { testHandles: [twin] });
    expect(await chain.run(callWith({ caller: { mode: 'test' } }))).toMatchObject({ value: 'simulated', simulated: true, provider: 'one' });
    expect(await chain.run(callWith())).toMatchObject({ value: 'real', simulated: false });
    expect(records.map(({ simulated }) => simulated)).toEqual([true, false]);
  });
});

describe('the ledger', () => {
  it('gets everything of each attempt, with one id for the call', async () => {
    const billed = { input_tokens: 50, output_tokens: 0 };
    const { chain, records } = toyChain([{ id: 'one', script: fails('malformed', { usage: billed, model: 'toy-1' }) }, { id: 'two', script: works() }]);
    const served = await chain.run(callWith({ caller: { requestId: 'request-7' } }));
    const [first, second] = records;
    expect(first).toEqual({
      id: expect.any(String), tenant_id: TENANT, request_id: 'request-7', call_id: expect.any(String), domain: 'ai', operation: 'ask', provider: 'one', model: 'toy-1', outcome: 'malformed',
      started_at: expect.any(String), latency_ms: expect.any(Number), usage: billed, cost_micros: 50, simulated: false, fallback_from: null, attempt: 1,
    });
    expect(second).toMatchObject({ provider: 'two', outcome: 'ok', usage: USAGE, cost_micros: COST_MICROS, fallback_from: 'one', attempt: 2, call_id: first?.call_id });
    expect(first?.id).not.toBe(second?.id);
    expect(served.costMicros).toBe(50 + COST_MICROS);
    await chain.run(callWith({ caller: { tenantId: OTHER_TENANT } }));
    expect(records[2]).toMatchObject({ tenant_id: OTHER_TENANT });
    expect(records[2]?.call_id).not.toBe(first?.call_id);
  });

  it('prices by the model that was asked for when the vendor names one that has no price', async () => {
    const { chain, records } = toyChain([{ id: 'one', script: () => ({ value: 'x', usage: USAGE, model: 'toy-1-2026-10-01' }) }]);
    await chain.run(callWith());
    expect(records[0]).toMatchObject({ model: 'toy-1-2026-10-01', cost_micros: COST_MICROS });
  });
});
