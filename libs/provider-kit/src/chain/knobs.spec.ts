import { describe, expect, it } from 'vitest';
import type { RoutingPolicy } from '@tecnocursos/contracts';
import { KNOBS } from '../config/knobs.js';
import { configureProvider } from '../config/provider-variables.js';
import { UNLIMITED, type BudgetClaim } from '../budget.port.js';
import { callWith, fails, never, ok, rejection, SANDBOX_URL, streamWith, toyChain, toyDefinition, wait, works, type ToyChain, type ToyOptions } from '../testing/chain.fixture.js';

type Knob = keyof typeof KNOBS;
type Variables = Partial<Record<Knob, string>>;

const settingsOf = (variables: Variables) => {
  const source = Object.fromEntries(Object.entries({ API_KEY: 'key-0123456789', ...variables }).map(([name, value]) => [`TOY_${name}`, value]));
  const configuration = configureProvider(toyDefinition({ id: 'toy' }), source, { url: SANDBOX_URL, production: false });
  if ('problems' in configuration) throw new Error(configuration.problems.join());
  return configuration.settings;
};
const chainOf = (variables: Variables, toy: Partial<ToyOptions> = {}, others: readonly ToyOptions[] = []): ToyChain => toyChain([{ id: 'toy', ...toy, variables }, ...others]);
const runs = async ({ chain }: ToyChain, times: number): Promise<void> => {
  for (let call = 0; call < times; call += 1) await chain.run(callWith()).catch(() => undefined);
};
/** How often each provider was asked by so many calls, one after the other. */
const callsAfter = async (made: ToyChain, times: number): Promise<number[]> => {
  await runs(made, times);
  return made.calls();
};
const elapsed = async (work: Promise<unknown>): Promise<number> => {
  const started = Date.now();
  await work.catch(() => undefined);
  return Date.now() - started;
};
const slow = async () => {
  await wait(20);
  return ok();
};
async function claimsWith(variables: Variables): Promise<readonly BudgetClaim[]> {
  let claims: readonly BudgetClaim[] = [];
  const { chain } = toyChain([{ id: 'toy', variables }], { budgets: { reserve: (asked, micros) => { claims = asked; return UNLIMITED.reserve(asked, micros); } } });
  await chain.run(callWith());
  return claims.filter(({ key }) => key.scope === 'provider');
}
async function mostAtOnce(variables: Variables): Promise<number> {
  let running = 0;
  let most = 0;
  const script = async () => {
    most = Math.max(most, (running += 1));
    await wait(5);
    running -= 1;
    return ok();
  };
  const { chain } = chainOf(variables, { script });
  await Promise.all([1, 2, 3, 4, 5].map(() => chain.run(callWith())));
  return most;
}
async function sameThrice(variables: Variables): Promise<number[]> {
  const made = chainOf(variables, { script: works() });
  for (let call = 0; call < 3; call += 1) await made.chain.run(callWith({ cache: 'same' }));
  return made.calls();
}
const whoAnswers = async (variables: Variables, policy: RoutingPolicy): Promise<string> =>
  (await chainOf(variables, {}, [{ id: 'other', variables: { WEIGHT: '0.001' } }]).chain.run(callWith({ route: { policy } }))).provider;
const budgetOf = (period: 'day' | 'month', limitMicros: number): BudgetClaim => ({ key: { scope: 'provider', subject: 'toy', period }, limitMicros });
const openAfter = async (variables: Variables, pauseMs = 0): Promise<number> => {
  const made = chainOf({ BREAKER_MIN_CALLS: '4', ...variables }, { script: fails('unavailable') });
  for (let call = 1; call <= 12; call += 1) {
    await runs(made, 1);
    if (made.handles[0]?.breaker.state === 'open') return call;
    await wait(pauseMs);
  }
  return Infinity;
};

/** What a test sees of each knob when it is turned: the same observation must differ between its two settings. */
const EFFECTS: Readonly<Record<Knob, { settings: [Variables, Variables]; observe: (variables: Variables) => Promise<unknown> | unknown; expected: [unknown, unknown] }>> = {
  ENABLED: { settings: [{}, { ENABLED: 'false' }], observe: (v) => settingsOf(v).mode, expected: ['live', 'off'] },
  BASE_URL: { settings: [{}, { BASE_URL: 'http://127.0.0.1:1' }], observe: (v) => settingsOf(v).baseUrl, expected: ['https://toy.test', 'http://127.0.0.1:1'] },
  SANDBOX: { settings: [{}, { SANDBOX: 'true' }], observe: async (v) => (await chainOf(v).chain.run(callWith())).simulated, expected: [false, true] },
  TIMEOUT_MS: { settings: [{ TIMEOUT_MS: '20' }, { TIMEOUT_MS: '500' }], observe: async (v) => (await elapsed(chainOf(v, { script: never }).chain.run(callWith()))) >= 480, expected: [false, true] },
  STREAM_IDLE_TIMEOUT_MS: {
    settings: [{ STREAM_IDLE_TIMEOUT_MS: '30' }, { STREAM_IDLE_TIMEOUT_MS: '2000' }],
    observe: async (v) => {
      const { chain, records } = chainOf(v, { stream: async function* () { yield { text: 'a' }; await wait(120); yield { text: 'b', end: { usage: {}, model: null } }; } });
      const { parts } = await chain.stream(streamWith());
      await (async () => { for await (const part of parts) if (part.end) break; })().catch(() => undefined);
      return records[0]?.outcome;
    },
    expected: ['timeout', 'ok'],
  },
  MAX_RETRIES: { settings: [{ MAX_RETRIES: '0' }, { MAX_RETRIES: '2' }], observe: (v) => callsAfter(chainOf(v, { script: fails('unavailable', { retryAfterMs: 0 }) }), 1), expected: [[1], [3]] },
  RATE_LIMIT_RPM: { settings: [{}, { RATE_LIMIT_RPM: '2' }], observe: (v) => callsAfter(chainOf(v), 4), expected: [[4], [2]] },
  RATE_LIMIT_TPM: { settings: [{}, { RATE_LIMIT_TPM: '350' }], observe: (v) => callsAfter(chainOf(v), 4), expected: [[4], [3]] },
  CONCURRENCY: { settings: [{ CONCURRENCY: '1' }, { CONCURRENCY: '5' }], observe: mostAtOnce, expected: [1, 5] },
  QUEUE: {
    settings: [{ PRIORITY: '1', CONCURRENCY: '1', QUEUE: '0' }, { PRIORITY: '1', CONCURRENCY: '1', QUEUE: '9' }],
    observe: async (v) => { const made = chainOf(v, { script: slow }, [{ id: 'other' }]); await Promise.all([1, 2, 3].map(() => made.chain.run(callWith()))); return made.calls(); },
    expected: [[1, 2], [3, 0]],
  },
  BREAKER_THRESHOLD: {
    settings: [{ BREAKER_THRESHOLD: '0.2' }, { BREAKER_THRESHOLD: '0.9' }],
    observe: async (v) => {
      const made = chainOf({ BREAKER_MIN_CALLS: '4', ...v }, { script: (call, signal) => (call % 2 === 0 ? fails('unavailable')(call, signal) : ok()) });
      await runs(made, 12);
      return made.handles[0]?.breaker.state;
    },
    expected: ['open', 'closed'],
  },
  BREAKER_WINDOW_S: { settings: [{ BREAKER_WINDOW_S: '30' }, { BREAKER_WINDOW_S: '0.02' }], observe: (v) => openAfter(v, 12), expected: [4, Infinity] },
  BREAKER_MIN_CALLS: { settings: [{ BREAKER_MIN_CALLS: '2' }, { BREAKER_MIN_CALLS: '7' }], observe: (v) => openAfter(v), expected: [2, 7] },
  BREAKER_OPEN_S: {
    settings: [{ BREAKER_OPEN_S: '0.05' }, { BREAKER_OPEN_S: '30' }],
    observe: async (v) => { const made = chainOf({ BREAKER_MIN_CALLS: '1', ...v }, { script: fails('unavailable') }); await runs(made, 1); await wait(60); await runs(made, 2); return made.calls(); },
    expected: [[2], [1]],
  },
  BREAKER_MAX_OPEN_S: {
    settings: [{ BREAKER_MAX_OPEN_S: '0.03' }, { BREAKER_MAX_OPEN_S: '60' }],
    observe: async (v) => {
      const made = chainOf({ BREAKER_MIN_CALLS: '1', BREAKER_OPEN_S: '0.03', ...v }, { script: fails('unavailable') });
      for (let probe = 0; probe < 4; probe += 1) { await runs(made, 1); await wait(40); }
      return (made.calls()[0] ?? 0) >= 4;
    },
    expected: [true, false],
  },
  PRIORITY: { settings: [{ PRIORITY: '1' }, { PRIORITY: '999' }], observe: (v) => whoAnswers(v, 'priority'), expected: ['toy', 'other'] },
  WEIGHT: { settings: [{ WEIGHT: '1000' }, { WEIGHT: '0' }], observe: (v) => whoAnswers(v, 'weighted'), expected: ['toy', 'other'] },
  DAILY_BUDGET_USD: { settings: [{}, { DAILY_BUDGET_USD: '1.5' }], observe: claimsWith, expected: [[], [budgetOf('day', 1_500_000)]] },
  MONTHLY_BUDGET_USD: { settings: [{}, { MONTHLY_BUDGET_USD: '20' }], observe: claimsWith, expected: [[], [budgetOf('month', 20_000_000)]] },
  CACHE_TTL_S: { settings: [{ CACHE_TTL_S: '0' }, { CACHE_TTL_S: '60' }], observe: sameThrice, expected: [[3], [1]] },
};

describe('every knob has an effect', () => {
  it('is tested here', () => {
    expect(Object.keys(EFFECTS).sort()).toEqual(Object.keys(KNOBS).sort());
  });

  it.each(Object.entries(EFFECTS))('%s', async (_name, { settings, observe, expected }) => {
    expect(await observe(settings[0])).toEqual(expected[0]);
    expect(await observe(settings[1])).toEqual(expected[1]);
  });

  it('and where an open breaker stands the caller is told at once', async () => {
    const made = chainOf({ BREAKER_MIN_CALLS: '1', BREAKER_OPEN_S: '7' }, { script: fails('unavailable') });
    await runs(made, 1);
    const error = await rejection(made.chain.run(callWith()));
    expect(error).toMatchObject({ code: 'provider_unavailable', retryAfterS: 7, detail: 'Nobody could answer: toy (resting).' });
  });
});
