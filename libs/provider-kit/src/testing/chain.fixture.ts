import type { UsageRecord } from '@tecnocursos/contracts';
import type { z } from 'zod';
import { ResponseCache } from '../caching/response-cache.js';
import { UNLIMITED } from '../budget.port.js';
import type { AttemptResult, ChainCall, ChainCaller, StreamCall, StreamEnd } from '../chain/chain-call.js';
import { ProviderChain, type ChainParts } from '../chain/provider-chain.js';
import { ProviderHandle } from '../chain/provider-handle.js';
import { configureProvider, type VariableSource } from '../config/provider-variables.js';
import { ProviderFailure, type FailureKind, type FailureOptions } from '../failure.js';
import { PriceTable } from '../pricing/price-table.js';
import { defineProvider, type ProviderDefinition } from '../provider.js';
import type { RedisClient } from '../redis/redis-client.js';

export interface ToyPart {
  readonly text: string;
  readonly end?: StreamEnd;
}

/** What a toy does at its n-th call, counted from 1. */
export type ToyScript = (call: number, signal: AbortSignal) => Promise<AttemptResult<string>> | AttemptResult<string>;
export type ToyStream = (call: number, signal: AbortSignal) => AsyncIterable<ToyPart>;

/** A vendor of the tests that counts how often it is asked. */
export class Toy {
  calls = 0;

  constructor(
    private readonly script: ToyScript,
    private readonly parts: ToyStream = () => partsOf(['a', 'b']),
  ) {}

  async answer(signal: AbortSignal): Promise<AttemptResult<string>> {
    this.calls += 1;
    return this.script(this.calls, signal);
  }

  stream(signal: AbortSignal): AsyncIterable<ToyPart> {
    this.calls += 1;
    return this.parts(this.calls, signal);
  }
}

export const USAGE = { input_tokens: 100, output_tokens: 10 } as const;
/** What an answer with `USAGE` costs by `TOY_PRICES`: 100 × 1 + 10 × 10 micro-dollars. */
export const COST_MICROS = 200;

const row = { model: 'toy-1', per: 1_000_000, source: 'test', date: '2026-11-25' } as const;
export const TOY_PRICES = new PriceTable([{ ...row, unit: 'input_tokens', usd: 1 }, { ...row, unit: 'output_tokens', usd: 10 }]);

export const ok = (value = 'fine'): AttemptResult<string> => ({ value, usage: USAGE, model: 'toy-1' });
export const works = (value?: string): ToyScript => () => ok(value);
export const fails = (kind: FailureKind, options?: FailureOptions, detail = `It is ${kind}.`): ToyScript => () => {
  throw new ProviderFailure(kind, detail, options);
};
/** Answers when the test says so. */
export const never: ToyScript = (_call, signal) => new Promise((_resolve, reject) => signal.addEventListener('abort', () => reject(signal.reason as Error), { once: true }));

export async function* partsOf(texts: readonly string[], end: StreamEnd | undefined = { usage: USAGE, model: 'toy-1' }): AsyncGenerator<ToyPart> {
  for (const text of texts) yield { text };
  if (end) yield { text: '', end };
}

export interface ToyOptions {
  readonly id: string;
  readonly script?: ToyScript;
  readonly stream?: ToyStream;
  readonly kind?: 'remote' | 'local';
  readonly capabilities?: readonly string[];
  readonly prices?: PriceTable;
  readonly environment?: z.ZodRawShape;
  readonly toFailure?: ProviderDefinition<Toy>['toFailure'];
  /** By their names without the prefix; a remote toy is live by its key. */
  readonly variables?: VariableSource;
  readonly redis?: RedisClient;
  readonly owner?: string;
}

/** No retries and no time limit of a minute: tests are quick. */
const QUICK = { maxRetries: 0, timeoutMs: 2_000 } as const;

export function toyDefinition({ id, kind = 'remote', capabilities = ['ask'], prices = TOY_PRICES, environment, toFailure, ...toy }: ToyOptions): ProviderDefinition<Toy> {
  return defineProvider<Toy>()({
    id, title: id.toUpperCase(), domain: 'ai', kind, capabilities, variablePrefix: id.toUpperCase(), credentials: kind === 'local' ? [] : ['API_KEY'], prices, defaults: QUICK,
    ...(kind === 'remote' && { address: { live: `https://${id}.test`, sandbox: `/${id}` } }),
    ...(environment && { environment }),
    create: () => new Toy(toy.script ?? works(), toy.stream),
    toFailure: toFailure ?? ((error) => new ProviderFailure('unavailable', String(error), { cause: error })),
  }) as unknown as ProviderDefinition<Toy>;
}

export const SANDBOX_URL = 'http://sandbox.test';

export function toyHandle(options: ToyOptions): ProviderHandle<Toy> {
  const definition = toyDefinition(options);
  const variables = Object.fromEntries(Object.entries({ ...(options.kind !== 'local' && { API_KEY: 'key-0123456789' }), ...options.variables })
    .map(([name, value]) => [`${definition.variablePrefix}_${name}`, value]));
  const configuration = configureProvider(definition, variables, { url: SANDBOX_URL, production: false });
  if ('problems' in configuration) throw new Error(configuration.problems.join('; '));
  return new ProviderHandle(definition, configuration, definition.create(configuration.settings, { fetch: globalThis.fetch, now: Date.now }), { redis: options.redis, ...(options.owner !== undefined && { owner: options.owner }) });
}

export interface ToyChain {
  readonly chain: ProviderChain<Toy>;
  readonly records: UsageRecord[];
  readonly handles: readonly ProviderHandle<Toy>[];
  /** How often each toy was asked, in their order. */
  calls(): number[];
}

/** The real chain over toys. */
export function toyChain(toys: readonly ToyOptions[], parts: Partial<ChainParts<Toy>> = {}): ToyChain {
  const handles = toys.map(toyHandle);
  const records: UsageRecord[] = [];
  const chain = new ProviderChain<Toy>({
    domain: 'ai', handles, policy: 'priority', budgets: UNLIMITED, ledger: { record: (entry) => void records.push(entry) }, cache: new ResponseCache(), ...parts,
  });
  return { chain, records, handles, calls: () => handles.map(({ port }) => port.calls) };
}

export const TENANT = '00000000-0000-4000-8000-000000000001';
export const OTHER_TENANT = '00000000-0000-4000-8000-000000000002';

export const callerWith = (more: Partial<ChainCaller> = {}): ChainCaller => ({
  tenantId: TENANT, requestId: 'request-1', deadline: Date.now() + 10_000, signal: new AbortController().signal, ...more,
});

type CallOptions = Partial<Omit<ChainCall<Toy, string>, 'caller'>> & { caller?: Partial<ChainCaller> };

export const callWith = ({ caller, ...more }: CallOptions = {}): ChainCall<Toy, string> => ({
  operation: 'ask', caller: callerWith(caller), estimate: () => ({ model: 'toy-1', usage: USAGE }), attempt: (toy, { signal }) => toy.answer(signal), ...more,
});

export const streamWith = ({ caller }: { caller?: Partial<ChainCaller> } = {}): StreamCall<Toy, ToyPart> => ({
  operation: 'ask', caller: callerWith(caller), estimate: () => ({ model: 'toy-1', usage: USAGE }), attempt: (toy, { signal }) => toy.stream(signal), endOf: ({ end }) => end,
});

export const wait = (milliseconds: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, milliseconds));

/** The error that a promise rejects with. */
export async function rejection(promise: Promise<unknown>): Promise<unknown> {
  return promise.then(() => { throw new Error('It did not fail.'); }, (error: unknown) => error);
}
