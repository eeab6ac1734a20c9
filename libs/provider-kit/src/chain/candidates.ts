import { AppError, type RoutingPolicy } from '@tecnocursos/contracts';
import { orderCandidates } from '../routing/candidate-order.js';
import type { Refusal } from './chain-errors.js';
import type { TenantProviders } from '../tenant-providers.port.js';
import type { ChainCall } from './chain-call.js';
import type { ProviderHandle } from './provider-handle.js';

export type RoutedCall<Port> = Pick<ChainCall<Port, unknown>, 'operation' | 'caller' | 'route' | 'accepts' | 'estimate'>;

export interface Selection<Port> {
  readonly ordered: readonly ProviderHandle<Port>[];
  /** Who was left out although it could do the operation. */
  readonly refusals: readonly Refusal[];
}

interface CandidateParts<Port> {
  readonly handles: readonly ProviderHandle<Port>[];
  readonly testHandles?: readonly ProviderHandle<Port>[];
  readonly tenants?: TenantProviders<Port>;
  readonly policy: RoutingPolicy;
}

/** Who may be asked, and in what order. */
export class Candidates<Port> {
  private readonly live: readonly ProviderHandle<Port>[];
  private readonly test: readonly ProviderHandle<Port>[];

  constructor(private readonly parts: CandidateParts<Port>) {
    this.live = parts.handles;
    this.test = [...parts.handles.filter(({ info }) => info.mode !== 'live'), ...(parts.testHandles ?? [])];
  }

  /** @throws AppError `invalid_request` when the route names a provider that there is not. */
  of(call: RoutedCall<Port>): Selection<Port> {
    const { operation, caller, route = {}, accepts } = call;
    const all = caller.mode === 'test' ? this.test : this.liveOf(caller.tenantId);
    const named = route.providers ?? (route.provider === undefined ? [] : [route.provider]);
    for (const id of named) this.assertKnown(id, all, operation);
    const mayBeSimulated = caller.mode === 'test' || route.allowSimulated !== false;
    const able = all.filter((handle) =>
      handle.definition.capabilities.includes(operation) && (!route.providers || route.providers.includes(handle.id)) && (mayBeSimulated || !handle.isSimulated || named.includes(handle.id)) &&
      (accepts?.(handle.port, handle.info) ?? true));
    const costs = new Map<ProviderHandle<Port>, number>();
    const costOf = (handle: ProviderHandle<Port>): number => {
      const known = costs.get(handle) ?? estimatedCost(call, handle);
      costs.set(handle, known);
      return known;
    };
    const limit = route.maxCostMicros;
    const affordable = limit === undefined ? able : able.filter((handle) => costOf(handle) <= limit);
    const ordered = orderCandidates({
      candidates: affordable, operation, route, policy: route.policy ?? this.parts.policy, routingKey: route.routingKey ?? caller.tenantId, now: Date.now(), costOf,
    });
    const refusals = able.filter((handle) => !affordable.includes(handle)).map(({ id }): Refusal => ({ provider: id, reason: 'too_dear' }));
    return { ordered: route.allowFallback === false ? ordered.slice(0, 1) : ordered, refusals };
  }

  private liveOf(tenantId: string): readonly ProviderHandle<Port>[] {
    const own = this.parts.tenants?.recall(tenantId) ?? [];
    return own.length === 0 ? this.live : [...own, ...this.live.filter(({ id }) => !own.some((handle) => handle.id === id))];
  }

  private assertKnown(id: string, all: readonly ProviderHandle<Port>[], operation: string): void {
    const able = all.filter((handle) => handle.definition.capabilities.includes(operation)).map((handle) => handle.id);
    if (able.includes(id)) return;
    const why = all.some((handle) => handle.id === id) ? `"${id}" cannot do "${operation}".` : `There is no active provider "${id}".`;
    const message = `${why} Providers for it: ${able.join(', ') || 'none'}.`;
    throw new AppError('invalid_request', message, { issues: [{ field: 'provider', message }] });
  }
}

function estimatedCost<Port>(call: RoutedCall<Port>, handle: ProviderHandle<Port>): number {
  const { model, usage } = call.estimate(handle.port, handle.info);
  return handle.definition.prices.cost(model, usage);
}
