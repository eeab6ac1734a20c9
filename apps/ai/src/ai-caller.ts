import { callerOf } from '@tecnocursos/integration-kit';
import type { CallContext } from '@tecnocursos/messaging';
import type { ChainCaller } from '@tecnocursos/provider-kit';

/** Who asks, and under which key the work is to be done once. */
export interface AiCaller extends ChainCaller {
  readonly idempotencyKey?: string;
}

export function aiCallerOf(context: CallContext): AiCaller {
  const caller = callerOf(context);
  return context.idempotencyKey === undefined ? caller : { ...caller, idempotencyKey: context.idempotencyKey };
}
