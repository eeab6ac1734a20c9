import { parseOrThrow, type MemoryForgetContract, type RequestInput, type RequestOf } from '@tecnocursos/contracts';
import type { Subscription } from '@nats-io/transport-node';
import { contextHeaders, HEADER } from './call-context.js';
import type { BusConnection } from './connection.js';

export type Forgetting = RequestOf<MemoryForgetContract>;

/** Tells all replicas of a service, this one among them, to forget; returns when the broker has the message. A replica that is away then keeps nothing longer than its caches live. */
export async function forgetEverywhere(connection: BusConnection, contract: MemoryForgetContract, tenantId: string, request: RequestInput<MemoryForgetContract>): Promise<void> {
  const headers = contextHeaders({ tenantId });
  connection.publish(contract.subject, JSON.stringify(request), headers && { headers });
  await connection.flush();
}

/** Listens for as long as the connection lives. A message that is not valid changes nothing. */
export function onForget(connection: BusConnection, contract: MemoryForgetContract, forget: (tenantId: string, request: Forgetting) => void): Subscription {
  return connection.subscribe(contract.subject, {
    callback: (error, message) => {
      const tenantId = message?.headers?.get(HEADER.tenant) ?? '';
      if (error || tenantId === '') return;
      forget(tenantId, parseOrThrow(contract.request, message.json()));
    },
  });
}
