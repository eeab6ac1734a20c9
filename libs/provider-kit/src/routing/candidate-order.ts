import { createHash } from 'node:crypto';
import type { RoutingPolicy } from '@tecnocursos/contracts';
import type { RouteRequest } from '../chain/chain-call.js';
import type { ProviderHandle } from '../chain/provider-handle.js';

export interface OrderInput<Port> {
  readonly candidates: readonly ProviderHandle<Port>[];
  readonly operation: string;
  readonly route: RouteRequest;
  readonly policy: RoutingPolicy;
  readonly routingKey: string;
  readonly now: number;
  /** Micro-dollars that one attempt may come to. */
  readonly costOf: (candidate: ProviderHandle<Port>) => number;
}

const TIER = { live: 0, local: 1, sandbox: 2 } as const;

/** Vendors before local engines, and both before what is simulated. */
export const tierOf = <Port>(handle: ProviderHandle<Port>): number => TIER[handle.info.mode];

/**
 * Who is asked, in what order: what the caller named goes first; then the policy, within vendors (tenants' own accounts before ours), local engines and the sandbox; who rests (open breaker, asked to
 * wait) goes last within its kind rather than never.
 */
export function orderCandidates<Port>(input: OrderInput<Port>): ProviderHandle<Port>[] {
  const { candidates, route, now } = input;
  if (candidates.length < 2) return [...candidates];
  const rank = rankBy(input);
  const keyed = candidates.map((handle) => {
    const resting = handle.isResting(now) ? 1 : 0;
    return { handle, named: namedPlace(route, handle.id) + resting * LAST * isNamed(route), tier: tierOf(handle), resting, account: handle.isTenants ? 0 : 1, rank: rank(handle) };
  });
  keyed.sort((a, b) => a.named - b.named || a.tier - b.tier || a.resting - b.resting || a.account - b.account || a.rank - b.rank || (a.handle.id < b.handle.id ? -1 : 1));
  return keyed.map(({ handle }) => handle);
}

const LAST = 1_000;
const isNamed = ({ provider, providers }: RouteRequest): number => (provider !== undefined || providers !== undefined ? 1 : 0);

function namedPlace({ provider, providers }: RouteRequest, id: string): number {
  if (provider === id) return -1;
  return providers ? providers.indexOf(id) : 0;
}

function rankBy<Port>({ policy, operation, routingKey, costOf }: OrderInput<Port>): (handle: ProviderHandle<Port>) => number {
  switch (policy) {
    case 'priority':
      return (handle) => handle.knobs.priority;
    case 'cheapest':
      return costOf;
    case 'fastest':
      // Who was never asked goes first once: nobody knows how fast it is.
      return (handle) => handle.latencyOf(operation).milliseconds ?? -1;
    case 'weighted':
      return (handle) => -weightedScore(routingKey, handle.id, handle.knobs.weight);
  }
}

const HASH_RANGE = 2 ** 48;

/** Weighted rendezvous hashing: a key keeps its provider, and shares follow the weights. */
function weightedScore(key: string, id: string, weight: number): number {
  if (weight <= 0) return Number.NEGATIVE_INFINITY;
  const hash = (createHash('sha256').update(`${key}\0${id}`).digest().readUIntBE(0, 6) + 1) / (HASH_RANGE + 1);
  return -weight / Math.log(hash);
}
