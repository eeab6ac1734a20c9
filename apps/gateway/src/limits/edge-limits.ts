import { AppError } from '@tecnocursos/contracts';
import type { FastifyRequest } from 'fastify';
import type { Caller } from '../access/caller.js';
import type { OperationDefinition } from '../http/operation.js';
import { addressKey } from './address-key.js';
import { type LoadMonitor } from './load-monitor.js';
import { type RateVerdict, type RateWindow } from './rate-window.js';
import { type TenantConcurrency } from './tenant-concurrency.js';

const OVERLOAD_RETRY_S = 2;
const CONCURRENCY_RETRY_S = 1;

export interface EdgeLimitParts {
  /** Absent windows do not limit. */
  readonly windows: { readonly key?: RateWindow; readonly address?: RateWindow; readonly sensitive?: RateWindow };
  readonly load: LoadMonitor;
  readonly concurrency: TenantConcurrency;
}

/** What a request must pass beside its credential: first what costs nothing to know, then what depends on who calls. */
export class EdgeLimits {
  constructor(private readonly parts: EdgeLimitParts) {}

  /** Before anything else is done for a request. @throws AppError `overloaded`, `rate_limited`. */
  admitAddress(request: FastifyRequest, operation: OperationDefinition | undefined): void {
    const { windows, load } = this.parts;
    // Probes must hear from a process that is busy, or it is replaced in the middle of its work.
    if (load.isOverloaded && operation?.tag !== 'health') {
      throw new AppError('overloaded', 'This server has more to do than it can at the moment. Send the request again.', { retryAfterS: OVERLOAD_RETRY_S });
    }
    const address = windows.address || windows.sensitive ? addressKey(request.ip) : '';
    if (windows.address) note(request, windows.address.take(address), 'from this address');
    if (windows.sensitive && operation?.exposure === 'sensitive') note(request, windows.sensitive.take(`${operation.id} ${address}`), 'for this operation from this address');
  }

  /** Once it is known who calls. What passed must `leave`. @throws AppError `rate_limited`. */
  admitCaller(request: FastifyRequest, { actor, tenantId }: Caller): void {
    const { windows, concurrency } = this.parts;
    if (windows.key) note(request, windows.key.take(actor.id), 'of this key');
    if (!concurrency.enter(tenantId)) {
      throw new AppError('rate_limited', 'Too many requests of this organization are under way at once. Wait for some of them to end.', { retryAfterS: CONCURRENCY_RETRY_S });
    }
    request.scope.countedTenant = tenantId;
  }

  leave({ scope }: FastifyRequest): void {
    if (scope.countedTenant === '') return;
    this.parts.concurrency.leave(scope.countedTenant);
    scope.countedTenant = '';
  }
}

/** The answer tells of the limit that was looked at last, which is the narrowest. */
function note(request: FastifyRequest, verdict: RateVerdict, whose: string): void {
  request.scope.rate = verdict;
  if (!verdict.isExceeded) return;
  const { policy, resetS } = verdict;
  throw new AppError('rate_limited', `More than ${policy.perMinute} requests ${whose} in this minute. Wait ${resetS} s.`, { retryAfterS: resetS });
}
