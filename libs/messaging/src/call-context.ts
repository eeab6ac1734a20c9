import { AsyncLocalStorage } from 'node:async_hooks';
import type { MsgHdrs } from '@nats-io/transport-node';
import { headers as createHeaders } from '@nats-io/transport-node';

/** What travels with every request and every job: who asks, under which id, and until when. */
export interface CallContext {
  /** Empty for calls that belong to no tenant (health, key verification). */
  readonly tenantId: string;
  /** One id from the HTTP request to the last job step. */
  readonly requestId: string;
  /** Epoch milliseconds after which nobody waits for the answer. */
  readonly deadline: number;
  readonly idempotencyKey?: string;
  /** `test`: nothing real may happen; absent for real calls. */
  readonly mode?: 'test';
  /** Aborted when the caller gives up, the deadline passes or the process drains. */
  readonly signal: AbortSignal;
}

const storage = new AsyncLocalStorage<CallContext>();

export const currentContext = (): CallContext | undefined => storage.getStore();
export const runInContext = <T>(context: CallContext, run: () => T): T => storage.run(context, run);

const NEVER = new AbortController().signal;

/** A context with no deadline, for work that no request started (relays, sweepers, start-up). */
export function backgroundContext(tenantId: string, requestId: string, signal: AbortSignal = NEVER): CallContext {
  return { tenantId, requestId, deadline: Number.MAX_SAFE_INTEGER, signal };
}

export const HEADER = {
  tenant: 'tc-tenant',
  requestId: 'tc-request-id',
  timeoutMs: 'tc-timeout-ms',
  idempotencyKey: 'tc-idempotency-key',
  mode: 'tc-mode',
  error: 'tc-error',
} as const;

/** Headers that say something: a call without a context, with the contract's own deadline, needs none. */
export function contextHeaders(context: Partial<Pick<CallContext, 'tenantId' | 'requestId' | 'idempotencyKey' | 'mode'>>, timeoutMs?: number): MsgHdrs | undefined {
  const { tenantId, requestId, idempotencyKey, mode } = context;
  if (!tenantId && !requestId && !idempotencyKey && !mode && timeoutMs === undefined) return undefined;
  const headers = createHeaders();
  if (tenantId) headers.set(HEADER.tenant, tenantId);
  if (requestId) headers.set(HEADER.requestId, requestId);
  if (timeoutMs !== undefined) headers.set(HEADER.timeoutMs, String(timeoutMs));
  if (idempotencyKey) headers.set(HEADER.idempotencyKey, idempotencyKey);
  if (mode) headers.set(HEADER.mode, mode);
  return headers;
}
