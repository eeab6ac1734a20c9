import type { PartOf, ReplyOf, RequestInput, RpcContract, ServedBy, StreamContract } from '@tecnocursos/contracts';
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
      const reply = await this.rpc.call(contract, request, options);
      const served = servedByOf(reply);
      if (served) scope.noteServedBy(served);
      return reply;
    } finally {
      scope.busMs += performance.now() - started;
    }
  }

  stream<C extends StreamContract>(contract: C, request: RequestInput<C>): AsyncIterableIterator<PartOf<C>> {
    return this.rpc.stream(contract, request);
  }

  /** A call for a tenant that outlives the request it came from. */
  async callApart<C extends RpcContract>(contract: C, request: RequestInput<C>, owner: { tenantId: string; requestId: string }): Promise<ReplyOf<C>> {
    return runInContext(backgroundContext(owner.tenantId, owner.requestId), () => this.rpc.call(contract, request));
  }
}

/** Replies of services that ask vendors say who answered; a chat completion does it in its extension. */
function servedByOf(reply: unknown): ServedBy | undefined {
  const { served_by: own, tecnocursos: extension } = reply as { served_by?: ServedBy; tecnocursos?: { served_by?: ServedBy } };
  return own ?? extension?.served_by;
}
