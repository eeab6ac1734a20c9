import type { ReplyOf, RequestInput, RpcContract } from '@tecnocursos/contracts';
import { backgroundContext, currentContext, runInContext, type CallOptions, type RpcClient } from '@tecnocursos/messaging';
import { RequestScope } from '../http/request-scope.js';

/** Calls to the services, with the time that they took added to the request's. */
export class BusService {
  constructor(private readonly rpc: RpcClient) {}

  async call<C extends RpcContract>(contract: C, request: RequestInput<C>, options?: CallOptions): Promise<ReplyOf<C>> {
    const scope = currentContext();
    if (!(scope instanceof RequestScope)) return this.rpc.call(contract, request, options);
    const started = performance.now();
    try {
      return await this.rpc.call(contract, request, options);
    } finally {
      scope.busMs += performance.now() - started;
    }
  }

  /** A call for a tenant that outlives the request it came from. */
  async callApart<C extends RpcContract>(contract: C, request: RequestInput<C>, owner: { tenantId: string; requestId: string }): Promise<ReplyOf<C>> {
    return runInContext(backgroundContext(owner.tenantId, owner.requestId), () => this.rpc.call(contract, request));
  }
}
