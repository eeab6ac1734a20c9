import type { IncomingHttpHeaders } from 'node:http';
import type { SandboxFault, SandboxFaultRule } from '@tecnocursos/contracts';

/** A request as a vendor would receive it: the path begins below the vendor's own base address. */
export interface SimulatedRequest {
  readonly method: string;
  /** Without the vendor's prefix and without the query: `/v1/chat/completions`. */
  readonly path: string;
  readonly query: URLSearchParams;
  /** In lower case. */
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
  /** Parsed once; undefined when the body is not JSON. */
  json(): unknown;
  /** Aborted when the client goes away. */
  readonly signal: AbortSignal;
}

/**
 * A whole answer, or a stream whose parts are sent as they come. An object body is sent as JSON; a string is sent as JSON too unless the headers name another
 * `content-type`. A stream is `text/event-stream` unless they do; each of its parts is one event, whole.
 */
export interface SimulatedResponse {
  readonly status: number;
  /** Names in lower case. */
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: Buffer | string | object;
  readonly stream?: AsyncIterable<string | Buffer>;
}

/** Time, randomness and ids of a simulator: seeded, so that a run can be repeated. */
export interface SimulatorContext {
  /** Epoch milliseconds. */
  now(): number;
  /** 0 ≤ x < 1, seeded. */
  random(): number;
  /** Letters and digits, seeded: `newToken(24)`. */
  newToken(length: number): string;
  /** Resolves after so many milliseconds of the mode's time (0 in `success`, `failure` and `fast`); rejects when the signal aborts. */
  pause(milliseconds: number, signal: AbortSignal): Promise<void>;
  /** Address of the vendor in the sandbox, for URLs in answers: `http://127.0.0.1:4010/openai`. */
  readonly baseUrl: string;
}

export interface SimulatedOperation {
  /** Stable, as it appears in history and settings: `chat.completions`. */
  readonly name: string;
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** `/v1/models/{model}`; `{model+}` takes slashes too. Text may follow a placeholder: `/v1/models/{model}:countTokens`. */
  readonly path: string;
  /** Milliseconds that the vendor takes, drawn log-normally between these. */
  readonly latency: { readonly p50: number; readonly p99: number };
  handle(request: SimulatedRequest, params: Readonly<Record<string, string>>, context: SimulatorContext): Promise<SimulatedResponse> | SimulatedResponse;
}

/** The failures that a vendor words itself; the others happen to the bytes and are the same for all. */
export type WordedFault = 'unauthorized' | 'quota_exhausted' | 'rate_limited' | 'server_error' | 'unavailable' | 'error_in_success' | 'empty_answer';

/** A fault, and how often it comes compared with the others of its list. */
export interface WeightedFault {
  readonly fault: SandboxFault;
  readonly weight: number;
}

/**
 * One vendor's wire protocol, one folder below `vendors/`. It shares nothing with the adapters that it judges: what it knows comes from the vendor's own
 * documents.
 */
export interface VendorSimulator {
  /** First segment of its address in the sandbox, and its name in settings: `openai`. */
  readonly id: string;
  readonly title: string;
  readonly operations: readonly SimulatedOperation[];
  /** What fails in the mode `realistic`; rate limits, 500, 503 and resets when absent. */
  readonly plausibleFaults?: readonly WeightedFault[];
  /** The vendor's refusal when the request carries no acceptable credential; undefined when it does. Never looks the key up: any well-formed key is good. */
  authenticate(request: SimulatedRequest): SimulatedResponse | undefined;
  /** What the vendor says when it fails so; the core adds the `Retry-After` that the rule asks for. */
  fail(fault: WordedFault, rule: SandboxFaultRule, request: SimulatedRequest, context: SimulatorContext): SimulatedResponse;
  /** What the vendor answers to a path or method that it does not have. */
  unrouted(request: SimulatedRequest, context: SimulatorContext): SimulatedResponse;
  /** Headers that come with every answer, such as a request id and what is left of the rate limit; `elapsedMs` since the request came in. */
  headers?(request: SimulatedRequest, context: SimulatorContext, elapsedMs: number): Readonly<Record<string, string>>;
}
