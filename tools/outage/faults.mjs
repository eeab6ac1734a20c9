import { SandboxFaultSchema } from '@tecnocursos/contracts';
import { ATTEMPT_MS, INTERVAL_MS } from './chain.mjs';

const SETTINGS = {
  latency: { latency_ms: 100 * ATTEMPT_MS },
  rate_limited_retry_after_seconds: { retry_after_s: INTERVAL_MS / 1_000 },
  rate_limited_retry_after_date: { retry_after_s: 2 },
  rate_limited_retry_after_ms: { retry_after_s: INTERVAL_MS / 1_000 },
};

/** Every fault that the sandbox can make, at every request. */
export const FAULTS = SandboxFaultSchema.options.map((fault) => ({ fault, probability: 1, ...SETTINGS[fault] }));

/** Faults that are an answer, though a useless one: when nobody else gave any, the caller is told so with 502. */
export const USELESS = new Set(['truncated_body', 'malformed_json', 'error_in_success', 'empty_answer']);
