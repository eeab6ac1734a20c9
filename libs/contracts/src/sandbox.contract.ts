import { z } from 'zod';
import { TimestampSchema } from './common.js';
import { defineRpc } from './rpc.js';

/**
 * How the sandbox behaves. `success`: every valid request succeeds, at once. `failure`: every request fails with one of the vendor's own errors.
 * `realistic`: 5 % fail unless told otherwise, and latency is drawn from the vendor's distribution. `slow`: that distribution's far tail.
 * `fast`: as `success`, with history and statistics kept at their cheapest.
 */
export const SandboxModeSchema = z.enum(['success', 'failure', 'realistic', 'slow', 'fast']);
export type SandboxMode = z.infer<typeof SandboxModeSchema>;

/** What can go wrong on purpose; each answers in the vendor's own words where words are sent at all. */
export const SandboxFaultSchema = z.enum([
  'latency', 'unauthorized', 'quota_exhausted', 'rate_limited', 'rate_limited_retry_after_seconds', 'rate_limited_retry_after_date', 'rate_limited_retry_after_ms',
  'rate_limited_retry_after_garbage', 'server_error', 'unavailable', 'connection_reset', 'truncated_body', 'malformed_json', 'error_in_success', 'empty_answer',
  'slow_loris', 'endless_stream',
]);
export type SandboxFault = z.infer<typeof SandboxFaultSchema>;

export const SandboxFaultRuleSchema = z.strictObject({
  fault: SandboxFaultSchema,
  probability: z.number().min(0).max(1).default(1),
  latency_ms: z.int().min(0).max(120_000).optional().meta({ description: 'of the fault `latency`; milliseconds added to the answer' }),
  retry_after_s: z.number().min(0).max(3_600).optional().meta({ description: 'what the rate-limit faults ask the caller to wait' }),
});
export type SandboxFaultRule = z.infer<typeof SandboxFaultRuleSchema>;

const behaviour = {
  mode: SandboxModeSchema.optional(),
  failure_rate: z.number().min(0).max(1).optional().meta({ description: 'share of requests that fail in the mode `realistic`; 0.05 when absent' }),
  faults: z.array(SandboxFaultRuleSchema).max(20).optional().meta({ description: 'replaces the faults set before; an empty list removes them' }),
};

/** What is set for a vendor replaces what is set for all; what is set for an operation replaces both. */
export const SandboxSettingsSchema = z.strictObject({
  ...behaviour,
  vendor: z.string().max(60).optional().meta({ description: 'only this vendor, such as `openai`; all vendors when absent' }),
  operation: z.string().max(100).optional().meta({ description: "only this operation of the vendor, such as `chat.completions`; see the status' list" }),
  reset: z.boolean().optional().meta({ description: 'true: first forgets what was set for this scope and the narrower ones inside it' }),
  seed: z.int().min(0).max(0x7fffffff).optional().meta({ description: 'starts the draw of failures and latencies again from this number' }),
});
export type SandboxSettings = z.infer<typeof SandboxSettingsSchema>;
export type SandboxSettingsInput = z.input<typeof SandboxSettingsSchema>;

const counts = {
  calls: z.int().nonnegative(),
  failed: z.int().nonnegative().meta({ description: 'answered with a status of 400 or more, or not at all' }),
  average_ms: z.number().nonnegative(),
};

export const SandboxVendorStatusSchema = z.object({
  vendor: z.string(),
  title: z.string(),
  base_url: z.url().meta({ description: 'what stands in for the vendor’s own address' }),
  mode: SandboxModeSchema,
  faults: z.array(SandboxFaultRuleSchema),
  operations: z.array(z.string()),
  ...counts,
  by_operation: z.array(z.object({ operation: z.string(), ...counts })).meta({ description: 'the operations that were called at least once' }),
  by_fault: z.partialRecord(SandboxFaultSchema, z.int().positive()).meta({ description: 'how often each fault was made on purpose' }),
});
export type SandboxVendorStatus = z.infer<typeof SandboxVendorStatusSchema>;

export const SandboxStatusSchema = z.object({
  mode: SandboxModeSchema,
  seed: z.int(),
  total_calls: z.int().nonnegative(),
  total_failed: z.int().nonnegative(),
  since: TimestampSchema,
  vendors: z.array(SandboxVendorStatusSchema),
});
export type SandboxStatus = z.infer<typeof SandboxStatusSchema>;

const body = z.string().nullable().meta({ description: 'text of at most 16 KiB, secrets masked; null when there was none or it was not text' });

export const SandboxCallSchema = z.object({
  id: z.string(),
  vendor: z.string(),
  operation: z.string().nullable().meta({ description: 'null when the vendor has no such operation' }),
  at: TimestampSchema,
  method: z.string(),
  path: z.string(),
  status: z.int().nullable().meta({ description: 'null when the connection was cut before a status was sent' }),
  fault: SandboxFaultSchema.nullable(),
  elapsed_ms: z.number().nonnegative(),
  request: z.object({ headers: z.record(z.string(), z.string()), body }),
  response: z.object({ headers: z.record(z.string(), z.string()), body }),
});
export type SandboxCall = z.infer<typeof SandboxCallSchema>;

export const getSandboxStatus = defineRpc('sandbox.status.get.v1', {
  summary: 'How the sandbox behaves, and what was called',
  request: z.strictObject({}),
  reply: z.object({ status: SandboxStatusSchema }),
  tenant: 'none',
});

export const configureSandbox = defineRpc('sandbox.settings.change.v1', {
  summary: 'Change how the sandbox behaves: for all vendors, one vendor or one operation',
  request: SandboxSettingsSchema,
  reply: z.object({ status: SandboxStatusSchema }),
  tenant: 'none',
});

export const SandboxHistoryQuerySchema = z.strictObject({
  vendor: z.string().max(60).optional(),
  operation: z.string().max(100).optional(),
  failed: z.boolean().optional().meta({ description: 'only the calls that failed, or only those that did not' }),
  limit: z.int().min(1).max(100).default(20),
  cursor: z.string().max(200).optional().meta({ description: '`next_cursor` of the page before' }),
});
export type SandboxHistoryQuery = z.input<typeof SandboxHistoryQuerySchema>;

export const SandboxHistorySchema = z.object({ calls: z.array(SandboxCallSchema), next_cursor: z.string().nullable() });
export type SandboxHistory = z.infer<typeof SandboxHistorySchema>;

export const listSandboxHistory = defineRpc('sandbox.call.list.v1', {
  summary: 'Calls that the sandbox received, newest first, with secrets masked',
  request: SandboxHistoryQuerySchema,
  reply: SandboxHistorySchema,
  tenant: 'none',
});

export const clearSandboxHistory = defineRpc('sandbox.call.clear.v1', {
  summary: 'Forget the calls and the counts',
  request: z.strictObject({ vendor: z.string().max(60).optional() }),
  reply: z.object({ cleared: z.int().nonnegative() }),
  tenant: 'none',
});
