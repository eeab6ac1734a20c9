import { randomUUID } from 'node:crypto';
import type { ServedBy } from '@tecnocursos/contracts';
import type { CallContext } from '@tecnocursos/messaging';
import type { Caller } from '../access/caller.js';
import type { RateVerdict } from '../limits/rate-window.js';

/** Ids of callers are taken over when they are harmless in logs and headers. */
const SANE_ID = /^[A-Za-z0-9._:-]{8,128}$/;

/** What one HTTP request carries along: the context of its calls on the bus, and where its time went. */
export class RequestScope implements CallContext {
  /** Empty until the caller is known. */
  tenantId = '';
  /** Null until the caller is known, and for operations that are open to everybody. */
  caller: Caller | null = null;
  /** How the caller stands with the rate limit that was looked at last; null when none was. */
  rate: RateVerdict | null = null;
  /** Tenant whose concurrency the request counts to; empty when it counts to none. */
  countedTenant = '';
  /** Goes with every call on the bus: services that see it stay in the sandbox. */
  declare mode?: 'test';
  /** The caller's own, for operations that take one: services that see it do the same work once. */
  declare idempotencyKey?: string;
  /** Epoch milliseconds; set by the operation. */
  deadline = Number.MAX_SAFE_INTEGER;
  /** Milliseconds spent waiting for services. */
  busMs = 0;
  /** Milliseconds that services spent waiting for vendors. */
  vendorMs = 0;
  /** Who did the request's work, where somebody outside of the gateway did. */
  servedBy: ServedBy | undefined;
  readonly startedAt = performance.now();
  readonly requestId: string;
  private controller: AbortController | undefined;
  private gone = false;

  constructor(givenId: string | string[] | undefined) {
    this.requestId = typeof givenId === 'string' && SANE_ID.test(givenId) ? givenId : randomUUID();
  }

  enter(caller: Caller): void {
    this.caller = caller;
    this.tenantId = caller.tenantId;
    if (caller.mode === 'test') this.mode = 'test';
  }

  /** Made when first asked for: most requests never need one. */
  get signal(): AbortSignal {
    if (!this.controller) {
      this.controller = new AbortController();
      if (this.gone) this.controller.abort();
    }
    return this.controller.signal;
  }

  noteServedBy(served: ServedBy): void {
    this.servedBy = served;
    this.vendorMs += served.vendor_ms ?? 0;
  }

  /** The client went away before its answer was complete. */
  abort(): void {
    this.gone = true;
    this.controller?.abort();
  }
}
