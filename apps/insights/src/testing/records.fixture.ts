import { newId, type UsageRecord } from '@tecnocursos/contracts';
import type { LedgerRecord } from '../ledger/record-screening.js';

/** A successful first attempt at OpenAI, unless told otherwise. */
export function recordOf(tenantId: string, values: Partial<LedgerRecord> = {}): UsageRecord & { call_id: string } {
  return {
    id: newId(), tenant_id: tenantId, request_id: 'request-1', call_id: newId(), domain: 'ai', operation: 'generate-script', provider: 'openai', model: 'model-a',
    outcome: 'ok', started_at: '2026-11-25T12:00:00.000Z', latency_ms: 100, usage: { input_tokens: 10, output_tokens: 5 }, cost_micros: 1_000, simulated: false,
    fallback_from: null, attempt: 1, ...values,
  };
}
