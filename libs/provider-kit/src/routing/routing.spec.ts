import { describe, expect, it } from 'vitest';
import type { RoutingPolicy } from '@tecnocursos/contracts';
import type { RouteRequest } from '../chain/chain-call.js';
import type { ProviderHandle } from '../chain/provider-handle.js';
import { ProviderFailure } from '../failure.js';
import { toyHandle, type Toy, type ToyOptions } from '../testing/chain.fixture.js';
import { orderCandidates } from './candidate-order.js';
import { DecayingLatency } from './latency.js';
import { RecentOutcomes } from './recent-outcomes.js';

const NOW = Date.now();
const live = (id: string, variables: ToyOptions['variables'] = {}) => toyHandle({ id, variables });
const local = (id: string) => toyHandle({ id, kind: 'local' });
const simulated = (id: string) => toyHandle({ id, variables: { SANDBOX: 'true' } });

interface Wish {
  readonly route?: RouteRequest;
  readonly policy?: RoutingPolicy;
  readonly key?: string;
  readonly costs?: Readonly<Record<string, number>>;
}

const order = (candidates: readonly ProviderHandle<Toy>[], { route = {}, policy = 'priority', key = 'tenant', costs = {} }: Wish = {}): string[] =>
  orderCandidates({ candidates, operation: 'ask', route, policy, routingKey: key, now: NOW, costOf: ({ id }) => costs[id] ?? 0 }).map(({ id }) => id);

const resting = (handle: ProviderHandle<Toy>): ProviderHandle<Toy> => {
  handle.failed(new ProviderFailure('rate_limited', 'Slow down.', { retryAfterMs: 60_000 }), NOW);
  return handle;
};

describe('the order of candidates', () => {
  it('puts vendors before local engines, and both before what is simulated', () => {
    expect(order([simulated('a'), local('b'), live('c')])).toEqual(['c', 'b', 'a']);
    expect(order([simulated('a'), local('b'), resting(live('c'))])).toEqual(['c', 'b', 'a']);
  });

  it('follows the priority, and the name between equals', () => {
    expect(order([live('a', { PRIORITY: '20' }), live('b', { PRIORITY: '10' }), live('d'), live('c')])).toEqual(['b', 'a', 'c', 'd']);
  });

  it('follows the estimate under `cheapest`', () => {
    expect(order([live('a'), live('b'), live('c')], { policy: 'cheapest', costs: { a: 30, b: 10, c: 20 } })).toEqual(['b', 'c', 'a']);
  });

  it('follows the latency under `fastest`, and asks once who was never asked', () => {
    const [slow, quick, unknown] = [live('a'), live('b'), live('c')];
    slow.succeeded('ask', 900, NOW);
    quick.succeeded('ask', 90, NOW);
    expect(order([slow, quick, unknown], { policy: 'fastest' })).toEqual(['c', 'b', 'a']);
    unknown.succeeded('ask', 500, NOW);
    expect(order([slow, quick, unknown], { policy: 'fastest' })).toEqual(['b', 'c', 'a']);
  });

  it('puts who rests last within its kind, never out', () => {
    expect(order([resting(live('a')), live('b'), local('c')])).toEqual(['b', 'a', 'c']);
    expect(order([resting(live('a')), resting(live('b'))])).toEqual(['a', 'b']);
  });

  it('puts whom the caller named first, before every policy', () => {
    expect(order([live('a'), live('b'), simulated('c')], { route: { provider: 'c' } })).toEqual(['c', 'a', 'b']);
    expect(order([live('a'), live('b'), live('c')], { route: { providers: ['c', 'a', 'b'] } })).toEqual(['c', 'a', 'b']);
    expect(order([resting(live('a')), live('b')], { route: { providers: ['a', 'b'] } })).toEqual(['b', 'a']);
  });

  it('shares out by weight within five points, and each key keeps its provider', () => {
    const candidates = [live('a', { WEIGHT: '70' }), live('b', { WEIGHT: '20' }), live('c', { WEIGHT: '10' }), live('d', { WEIGHT: '0' })];
    const counts: Record<string, number> = { a: 0, b: 0, c: 0, d: 0 };
    const first = (key: string): string => order(candidates, { policy: 'weighted', key })[0] ?? '';
    for (let key = 0; key < 10_000; key += 1) counts[first(`tenant-${key}`)] = (counts[first(`tenant-${key}`)] ?? 0) + 1;
    expect(counts['a']).toBeGreaterThan(6_500);
    expect(counts['a']).toBeLessThan(7_500);
    expect(counts['b']).toBeGreaterThan(1_500);
    expect(counts['b']).toBeLessThan(2_500);
    expect(counts['c']).toBeGreaterThan(500);
    expect(counts['c']).toBeLessThan(1_500);
    expect(counts['d']).toBe(0);
  });

  it('moves only the keys of who leaves', () => {
    const [a, b, c] = [live('a'), live('b'), live('c')];
    for (let key = 0; key < 300; key += 1) {
      const before = order([a, b, c], { policy: 'weighted', key: `k${key}` })[0];
      if (before !== 'c') expect(order([a, b], { policy: 'weighted', key: `k${key}` })[0]).toBe(before);
    }
  });
});

describe('what is remembered of calls', () => {
  it('is a latency that forgets', () => {
    const latency = new DecayingLatency();
    expect(latency.milliseconds).toBeUndefined();
    latency.observe(1_000, 0);
    latency.observe(100, 1);
    expect(latency.milliseconds).toBeCloseTo(910);
    latency.observe(100, 300_000);
    expect(latency.milliseconds).toBeLessThan(105);
  });

  it('is the outcomes of five minutes', () => {
    const outcomes = new RecentOutcomes();
    expect(outcomes.successRate(NOW)).toBeUndefined();
    for (let call = 0; call < 3; call += 1) outcomes.count('ok', NOW);
    outcomes.count('failed', NOW + 60_000);
    expect(outcomes.successRate(NOW + 60_000)).toEqual({ rate: 0.75, calls: 4 });
    expect(outcomes.successRate(NOW + 400_000)).toBeUndefined();
  });
});
