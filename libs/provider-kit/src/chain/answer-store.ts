import { newId, type IntegrationDomain } from '@tecnocursos/contracts';
import { hashOf } from '../caching/canonical-json.js';
import type { ResponseCache } from '../caching/response-cache.js';
import type { UsageLedger } from '../ledger.port.js';
import type { CandidateInfo, ChainCall, Served } from './chain-call.js';

type Kept<Value> = Pick<Served<Value>, 'value' | 'provider' | 'model' | 'simulated' | 'warnings'>;
/** What of a candidate an answer's key and life depend on. */
interface Answerer {
  readonly info: CandidateInfo;
  readonly knobs: { readonly cacheTtlS: number };
}
type CachedCall = Pick<ChainCall<never, unknown>, 'operation' | 'caller' | 'cache' | 'route'>;

/** How the keys of a tenant's answers begin, so that they can be forgotten. */
export const keyPrefixOf = (tenantId: string): string => `${tenantId}:`;

/** Answers that were given before, by tenant and request. */
export class AnswerStore {
  constructor(private readonly parts: { domain: IntegrationDomain; cache: ResponseCache; ledger: UsageLedger }) {}

  /** Over who could answer, too: what the sandbox said is not what the vendor says. */
  keyOf(call: CachedCall, candidates: readonly Answerer[]): string {
    const { route: { provider, providers, allowFallback } = {}, caller } = call;
    const who = candidates.map(({ info }) => `${info.id}:${info.mode}`).sort();
    return keyPrefixOf(caller.tenantId) + hashOf(this.parts.domain, call.operation, caller.tenantId, caller.mode ?? 'live', call.cache, { provider, providers, allowFallback }, who);
  }

  async find<Value>(key: string, call: CachedCall): Promise<Served<Value> | undefined> {
    const started = performance.now();
    const found = this.parts.cache.get(key);
    const text = found instanceof Promise ? await found : found;
    if (text === undefined) return undefined;
    return this.reused(call, JSON.parse(text) as Kept<Value>, performance.now() - started);
  }

  /** An answer that was on its way when the same was asked again. */
  shared<Value>(call: CachedCall, served: Served<Value>): Served<Value> {
    return this.reused(call, served, 0);
  }

  keep(key: string, { value, provider, model, simulated, warnings }: Served<unknown>, candidates: readonly Answerer[]): void {
    const ttlS = candidates.find(({ info }) => info.id === provider)?.knobs.cacheTtlS ?? 0;
    if (ttlS > 0) this.parts.cache.set(key, JSON.stringify({ value, provider, model, simulated, warnings } satisfies Kept<unknown>), ttlS);
  }

  private reused<Value>({ caller, operation }: CachedCall, { value, provider, model, simulated, warnings }: Kept<Value>, milliseconds: number): Served<Value> {
    this.parts.ledger.record({
      id: newId(), tenant_id: caller.tenantId, request_id: caller.requestId, call_id: newId(), domain: this.parts.domain, operation, provider, model, outcome: 'cache_hit',
      started_at: new Date().toISOString(), latency_ms: Math.round(milliseconds * 100) / 100, usage: {}, cost_micros: 0, simulated, fallback_from: null, attempt: 1,
    });
    return { value, provider, model, simulated, warnings, attempts: 0, costMicros: 0, cache: 'hit', fallbackFrom: null, vendorMs: 0 };
  }
}
