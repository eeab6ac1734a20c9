import type { OutgoingHttpHeaders } from 'node:http';
import type { SandboxFault, SandboxMode } from '@tecnocursos/contracts';
import type { CallHistory } from './call-history.js';
import type { ReceivedRequest } from './received-request.js';
import { maskBody, maskHeader, maskPath } from './secret-mask.js';
import type { VendorRuntime } from './vendor-runtime.js';

const BODY_LIMIT_BYTES = 16 * 1024;
const TEXT_TYPE = /^(?:text\/|application\/(?:[\w.-]+\+)?(?:json|xml|x-www-form-urlencoded|x-ndjson))/i;

export interface Outcome {
  readonly operation: string | null;
  readonly mode: SandboxMode;
  readonly startedAt: number;
  readonly elapsedMs: number;
  readonly url: string;
  readonly status: number | null;
  readonly fault: SandboxFault | null;
  readonly headers: OutgoingHttpHeaders;
  readonly body: Buffer | string;
}

const NOTHING_KEPT = { headers: {}, body: null };

/** Puts a call into the counts and the history; secrets are masked before anything is kept. */
export function recordCall(history: CallHistory, vendor: VendorRuntime, request: ReceivedRequest, outcome: Outcome): void {
  const { operation, mode, status, fault, elapsedMs } = outcome;
  const call = { status, fault, elapsed_ms: Math.round(elapsedMs * 1_000) / 1_000 };
  vendor.statistics.add(operation, call);
  const isKept = mode !== 'fast';
  history.add({
    ...call, vendor: vendor.simulator.id, operation, at: outcome.startedAt, method: request.method, path: maskPath(outcome.url),
    request: isKept ? { headers: keptHeaders(request.headers), body: keptBody(request.body, request.headers['content-type']) } : NOTHING_KEPT,
    response: isKept ? { headers: keptHeaders(outcome.headers), body: keptBody(outcome.body, String(outcome.headers['content-type'] ?? '')) } : NOTHING_KEPT,
  });
}

function keptHeaders(headers: OutgoingHttpHeaders): Record<string, string> {
  const kept: Record<string, string> = {};
  for (const [name, value] of Object.entries(headers)) {
    if (value !== undefined) kept[name] = maskHeader(name, String(value));
  }
  return kept;
}

function keptBody(body: Buffer | string, type: string | undefined): string | null {
  if (body.length === 0 || !TEXT_TYPE.test(type ?? '')) return null;
  const bytes = typeof body === 'string' ? Buffer.from(body.slice(0, BODY_LIMIT_BYTES)) : body; // a slice of a string would keep the whole string alive
  return maskBody(bytes.toString('utf8', 0, BODY_LIMIT_BYTES));
}

/** Collects the beginning of a body that is sent in parts. */
export class BodyCapture {
  private readonly parts: Buffer[] = [];
  private size = 0;

  readonly add = (part: string | Buffer): void => {
    if (this.size >= BODY_LIMIT_BYTES) return;
    const kept = Buffer.from(part).subarray(0, BODY_LIMIT_BYTES - this.size);
    this.parts.push(kept);
    this.size += kept.length;
  };

  read(): Buffer {
    return Buffer.concat(this.parts);
  }
}
