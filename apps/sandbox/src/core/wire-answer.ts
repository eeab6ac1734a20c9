import type { SandboxFault, SandboxFaultRule } from '@tecnocursos/contracts';
import type { SimulatedResponse } from '../simulator/vendor-simulator.js';

/** An answer ready for the wire: bytes and all headers. */
export interface WireAnswer {
  readonly status: number;
  readonly headers: Record<string, string>;
  readonly payload: Buffer | string;
  readonly stream: AsyncIterable<string | Buffer> | undefined;
}

const JSON_TYPE = 'application/json';
const DEFAULT_RETRY_AFTER_S = 1;

export function toWireAnswer(answer: SimulatedResponse, vendorHeaders: Readonly<Record<string, string>> | undefined): WireAnswer {
  const { status, body, stream } = answer;
  const payload = body === undefined ? '' : typeof body === 'string' || Buffer.isBuffer(body) ? body : JSON.stringify(body);
  const headers: Record<string, string> = { 'content-type': stream ? 'text/event-stream; charset=utf-8' : JSON_TYPE, ...vendorHeaders, ...answer.headers };
  if (stream) headers['cache-control'] ??= 'no-cache';
  else if (body === undefined) delete headers['content-type'];
  if (!stream && status !== 204) headers['content-length'] = String(typeof payload === 'string' ? Buffer.byteLength(payload) : payload.length);
  return { status, headers, payload, stream };
}

/** What a rate limit asks the caller to wait, in the form that the rule names. */
export function retryAfterHeaders({ fault, retry_after_s: seconds = DEFAULT_RETRY_AFTER_S }: SandboxFaultRule, now: number): Record<string, string> {
  return RETRY_AFTER[fault]?.(seconds, now) ?? {};
}

const RETRY_AFTER: Partial<Record<SandboxFault, (seconds: number, now: number) => Record<string, string>>> = {
  rate_limited_retry_after_seconds: (seconds) => ({ 'retry-after': String(Math.ceil(seconds)) }),
  rate_limited_retry_after_date: (seconds, now) => ({ 'retry-after': new Date(now + seconds * 1_000).toUTCString() }),
  rate_limited_retry_after_ms: (seconds) => ({ 'retry-after-ms': String(Math.round(seconds * 1_000)) }),
  rate_limited_retry_after_garbage: () => ({ 'retry-after': 'soon, we hope' }),
};
