import type { Routing, ServedBy } from '@tecnocursos/contracts';
import type { CallContext } from '@tecnocursos/messaging';
import type { ChainCaller, RouteRequest, Served } from '@tecnocursos/provider-kit';

const MICROS = 1_000_000;

/** Who asks, for the chain. */
export function callerOf(context: CallContext): ChainCaller {
  // Read when needed: a served request makes its signal at the first look.
  return { tenantId: context.tenantId, requestId: context.requestId, deadline: context.deadline, signal: context.signal, mode: context.mode ?? 'live' };
}

export function routeOf(routing: Routing | undefined): RouteRequest {
  if (!routing) return {};
  const { provider, providers, allow_fallback: allowFallback, allow_simulated: allowSimulated, policy, max_cost_usd: maxCostUsd, routing_key: routingKey } = routing;
  return {
    ...(provider !== undefined && { provider }), ...(providers && { providers }), ...(allowFallback !== undefined && { allowFallback }), ...(allowSimulated !== undefined && { allowSimulated }), ...(policy && { policy }),
    ...(maxCostUsd !== undefined && { maxCostMicros: Math.floor(maxCostUsd * MICROS) }), ...(routingKey !== undefined && { routingKey }),
  };
}

type Answer = Pick<Served<unknown>, 'provider' | 'simulated' | 'attempts' | 'costMicros' | 'model' | 'cache' | 'fallbackFrom' | 'vendorMs'>;

/** What every answer tells of how it came about. */
export function servedByOf({ provider, simulated, attempts, costMicros, model, cache, fallbackFrom, vendorMs }: Answer): ServedBy {
  return {
    provider, simulated, attempts, cost: { amount_micros: costMicros, currency: 'USD' }, cache, vendor_ms: Math.round(vendorMs * 100) / 100,
    ...(model !== null && { model }), ...(fallbackFrom !== null && { fallback_from: fallbackFrom }),
  };
}
