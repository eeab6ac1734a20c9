import type { ProviderReport } from '@tecnocursos/contracts';
import type { ProviderHandle } from '@tecnocursos/provider-kit';
import type { ProviderSet } from './provider-set.js';

const DOWN_BELOW = 0.5;
const DEGRADED_BELOW = 0.95;

/** Every provider of the domain as it is now, those that are off included. */
export async function reportsOf<Port>({ handles, off }: ProviderSet<Port>, now: number): Promise<ProviderReport[]> {
  const active = await Promise.all(handles.map((handle) => reportOf(handle, now)));
  const inactive = off.map(({ definition, reason }): ProviderReport => ({
    id: definition.id, title: definition.title, domain: definition.domain, capabilities: [...definition.capabilities], mode: 'off', reason, health: 'off',
    breaker: null, resting_ms: 0, success_rate: null, calls: 0, latency_ms: {}, last_error: null, notices: [],
  }));
  return [...active, ...inactive];
}

async function reportOf<Port>(handle: ProviderHandle<Port>, now: number): Promise<ProviderReport> {
  const { definition, configuration, breaker, lastError } = handle;
  const outcomes = handle.outcomes.successRate(now);
  const probe = await definition.probe?.(configuration.settings);
  const latencies = definition.capabilities.flatMap((operation): [string, number][] => {
    const milliseconds = handle.latencyOf(operation).milliseconds;
    return milliseconds === undefined ? [] : [[operation, Math.round(milliseconds * 100) / 100]];
  });
  return {
    id: definition.id, title: definition.title, domain: definition.domain, capabilities: [...definition.capabilities], mode: handle.info.mode,
    reason: probe?.status === 'down' && probe.detail !== undefined ? probe.detail : configuration.reason,
    health: probe?.status === 'down' ? 'down' : healthOf(breaker.state, outcomes?.rate, definition.kind),
    breaker: breaker.state, resting_ms: handle.restMs(now), success_rate: outcomes?.rate ?? null, calls: outcomes?.calls ?? 0, latency_ms: Object.fromEntries(latencies),
    last_error: lastError ? { kind: lastError.kind, detail: lastError.detail, at: new Date(lastError.at).toISOString() } : null,
    notices: [...(definition.notices?.(configuration.settings, now) ?? [])],
  };
}

function healthOf(breaker: 'closed' | 'open' | 'half_open', rate: number | undefined, kind: 'remote' | 'local'): ProviderReport['health'] {
  if (breaker === 'open') return 'down';
  if (rate === undefined) return kind === 'local' ? 'up' : 'unknown';
  if (rate < DOWN_BELOW) return 'down';
  return rate < DEGRADED_BELOW || breaker === 'half_open' ? 'degraded' : 'up';
}
