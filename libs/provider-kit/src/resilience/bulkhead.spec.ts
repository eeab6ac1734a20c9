import { AppError } from '@tecnocursos/contracts';
import { describe, expect, it } from 'vitest';
import fc from 'fast-check';
import { ProviderFailure } from '../failure.js';
import { rejection, wait } from '../testing/chain.fixture.js';
import { Bulkhead } from './bulkhead.js';

const SIGNAL = new AbortController().signal;
const later = (): number => Date.now() + 10_000;

describe('the bulkhead', () => {
  it('lets so many in at once, and the others in their order', async () => {
    const bulkhead = new Bulkhead(2, 3);
    expect(bulkhead.enter(SIGNAL, later())).toBeUndefined();
    expect(bulkhead.enter(SIGNAL, later())).toBeUndefined();
    expect(bulkhead.isFull).toBe(true);
    const entered: number[] = [];
    for (const number of [1, 2, 3]) void bulkhead.enter(SIGNAL, later())?.then(() => entered.push(number));
    for (const expected of [[1], [1, 2], [1, 2, 3]]) {
      bulkhead.release();
      await wait(0);
      expect(entered).toEqual(expected);
      expect(bulkhead.inUse).toBe(2);
    }
    bulkhead.release();
    bulkhead.release();
    expect(bulkhead.inUse).toBe(0);
  });

  it('turns away at once who would be too many to wait', () => {
    const bulkhead = new Bulkhead(1, 0);
    expect(bulkhead.enter(SIGNAL, later())).toBeUndefined();
    expect(() => bulkhead.enter(SIGNAL, later())).toThrow(expect.objectContaining({ kind: 'rate_limited', retryAfterMs: 1_000 }));
  });

  it('lets go of who gives up, or whose time is over, and of no place with them', async () => {
    const bulkhead = new Bulkhead(1, 2);
    void bulkhead.enter(SIGNAL, later());
    const caller = new AbortController();
    const leaving = bulkhead.enter(caller.signal, later()) ?? Promise.resolve();
    const late = bulkhead.enter(SIGNAL, Date.now() + 20) ?? Promise.resolve();
    caller.abort();
    expect(await rejection(leaving)).toMatchObject({ kind: 'canceled' });
    expect(await rejection(late)).toMatchObject({ code: 'timeout' });
    expect(await rejection(bulkhead.enter(AbortSignal.abort(), later()) ?? Promise.resolve())).toBeInstanceOf(ProviderFailure);
    bulkhead.release();
    expect(bulkhead.inUse).toBe(0);
    expect(bulkhead.enter(SIGNAL, later())).toBeUndefined();
  });

  it('never holds more than its places, nor loses one, whatever happens in whatever order', async () => {
    const action = fc.constantFrom('enter', 'release', 'leave');
    await fc.assert(fc.asyncProperty(fc.integer({ min: 1, max: 4 }), fc.array(action, { maxLength: 60 }), async (limit, actions) => {
      const bulkhead = new Bulkhead(limit, 5);
      let inside = 0;
      const waiting: AbortController[] = [];
      for (const what of actions) {
        if (what === 'enter') {
          const caller = new AbortController();
          try {
            const turn = bulkhead.enter(caller.signal, later());
            if (turn) {
              waiting.push(caller);
              turn.then(() => { inside += 1; waiting.splice(waiting.indexOf(caller), 1); }, () => undefined);
            } else inside += 1;
          } catch (error) {
            expect(error).not.toBeInstanceOf(AppError);
            expect(waiting).toHaveLength(5);
          }
        } else if (what === 'release' && inside > 0) {
          inside -= 1;
          bulkhead.release();
        } else if (what === 'leave') waiting.pop()?.abort();
        await wait(0);
        expect(bulkhead.inUse).toBe(inside);
        expect(inside).toBeLessThanOrEqual(limit);
        expect(waiting.length === 0 || inside === limit).toBe(true);
      }
      for (const caller of waiting) caller.abort();
    }), { numRuns: 25 });
  });
});
