import { z } from 'zod';
import { CostSchema, TimestampSchema } from './common.js';
import { defineEvent, defineRpc } from './rpc.js';

export const IntegrationDomainSchema = z.enum(['ai', 'tts', 'avatar-video', 'payments', 'messages', 'identity', 'storage', 'delivery', 'observability', 'certificates', 'documents']);
export type IntegrationDomain = z.infer<typeof IntegrationDomainSchema>;

/** What vendors bill by. Amounts are integers; seconds are milliseconds on the wire, so that they are too. */
export const UsageUnitSchema = z.enum([
  'input_tokens', 'cached_input_tokens', 'cache_write_tokens', 'output_tokens', 'characters', 'milliseconds', 'images', 'credits', 'pages', 'requests',
]);
export type UsageUnit = z.infer<typeof UsageUnitSchema>;
export const UsageSchema = z.partialRecord(UsageUnitSchema, z.int().nonnegative());
export type Usage = z.infer<typeof UsageSchema>;

/** How an attempt ended: well, out of the cache, or with one of the failure kinds of the provider kit. */
export const AttemptOutcomeSchema = z.enum([
  'ok', 'cache_hit', 'invalid_request', 'unsupported', 'auth', 'quota', 'rate_limited', 'timeout', 'unavailable', 'content_policy', 'malformed', 'canceled', 'in_doubt',
]);
export type AttemptOutcome = z.infer<typeof AttemptOutcomeSchema>;

/** PostgreSQL stores no NUL in a text. */
const nameOf = (length: number) => z.string().max(length).regex(/^[^\0]*$/, 'Remove the NUL character.');

/** One call to a vendor or engine, whatever came of it. The id makes it count once, however often it is delivered. */
export const UsageRecordSchema = z.strictObject({
  id: z.uuid(),
  tenant_id: z.uuid(),
  request_id: nameOf(128),
  call_id: z.uuid().optional().meta({
    description: 'the same for all attempts at answering one call, whose numbers begin at 1; absent: attempts of a request at one operation belong together',
  }),
  domain: IntegrationDomainSchema,
  operation: nameOf(60),
  provider: nameOf(60),
  model: nameOf(120).nullable(),
  outcome: AttemptOutcomeSchema,
  started_at: TimestampSchema,
  latency_ms: z.number().nonnegative(),
  usage: UsageSchema,
  cost_micros: z.int().nonnegative().meta({ description: 'US dollars, millionths; estimated where the vendor did not say what was used' }),
  simulated: z.boolean(),
  fallback_from: nameOf(60).nullable().meta({ description: 'provider that failed before this one was asked' }),
  attempt: z.int().positive().meta({ description: 'its number within the request' }),
});
export type UsageRecord = z.infer<typeof UsageRecordSchema>;

export const usageRecorded = defineEvent('events.insights.usage.recorded.v1', {
  summary: 'Attempts at vendors and engines; several together, each stored once by its id',
  payload: z.strictObject({ records: z.array(UsageRecordSchema).min(1).max(500) }),
});

export const StatsGroupSchema = z.enum(['provider', 'model', 'operation', 'domain', 'outcome', 'simulated', 'time']);

export const UsageStatsQuerySchema = z.strictObject({
  domain: IntegrationDomainSchema.optional(),
  provider: nameOf(60).optional(),
  model: nameOf(120).optional(),
  operation: nameOf(60).optional(),
  from: TimestampSchema.optional().meta({ description: '24 hours before `to` when absent' }),
  to: TimestampSchema.optional().meta({ description: 'not included; now when absent or later than now' }),
  group_by: z.array(StatsGroupSchema).max(3).default(['provider']),
  bucket: z.enum(['minute', 'hour', 'day']).default('hour').meta({ description: 'of the group `time`; minutes over 6 hours at most, days are those of America/Sao_Paulo' }),
});

export const UsageStatsSchema = z.object({
  requests: z.int().nonnegative().meta({ description: 'calls that came here: all attempts at one call count as one, in each group that has any of them' }),
  attempts: z.int().nonnegative().meta({ description: 'calls to vendors and engines; an answer out of the cache is none' }),
  cache_hits: z.int().nonnegative(),
  requests_per_minute: z.number().nonnegative().meta({ description: 'over the time asked for; in the group `time` over the bucket' }),
  success_rate: z.number().min(0).max(1).nullable().meta({ description: 'of the attempts, whatever failed them; null when there were none' }),
  fallback_share: z.number().min(0).max(1).nullable().meta({ description: 'share of the requests that were answered by another provider than the first' }),
  latency_ms: z.object({ average: z.number(), p50: z.number(), p99: z.number() }).nullable().meta({ description: 'of the attempts that succeeded; percentiles within 1 %' }),
  usage: UsageSchema,
  cost: CostSchema.meta({ description: 'what vendors are paid; simulated calls cost nothing' }),
  simulated_cost: CostSchema.meta({ description: 'what the simulated calls would have cost' }),
});

export const getUsageStats = defineRpc('insights.usage.summarize.v1', {
  summary: "What the tenant's calls to vendors and engines came to, by provider, model, operation and time",
  request: UsageStatsQuerySchema,
  reply: z.object({
    from: TimestampSchema,
    to: TimestampSchema,
    total: UsageStatsSchema,
    groups: z.array(UsageStatsSchema.extend({ key: z.partialRecord(StatsGroupSchema, z.string()).meta({ description: 'no `model` where there is none' }) }))
      .meta({ description: 'in the order of time, then by attempts; at most 1000, more are refused' }),
  }),
  timeoutMs: 10_000,
});
export type UsageStats = z.infer<typeof UsageStatsSchema>;
export type UsageStatsQuery = z.infer<typeof UsageStatsQuerySchema>;
export type StatsGroup = z.infer<typeof StatsGroupSchema>;

/** Whose spending a budget limits: one tenant's, or everybody's at one provider. */
export const BudgetScopeSchema = z.enum(['tenant', 'provider']);
export const BudgetPeriodSchema = z.enum(['day', 'month']);
export const BudgetKeySchema = z.strictObject({
  scope: BudgetScopeSchema,
  subject: z.string().max(60).regex(/^[A-Za-z0-9][A-Za-z0-9._-]*$/, 'Use the id of a tenant or a provider.').meta({ description: 'id of the tenant, or of the provider' }),
  period: BudgetPeriodSchema,
});
export type BudgetKey = z.infer<typeof BudgetKeySchema>;
export type BudgetPeriod = z.infer<typeof BudgetPeriodSchema>;

const micros = z.int().nonnegative();

export const BudgetSchema = BudgetKeySchema.extend({
  limit_micros: micros.nullable().meta({ description: 'US dollars, millionths; null: no limit' }),
  spent_micros: micros.meta({ description: 'what was settled; without a limit, what the ledger holds. More than the limit when a call cost more than its estimate' }),
  reserved_micros: micros.meta({ description: 'leased by replicas, and not spent yet' }),
  period_start: TimestampSchema,
  period_end: TimestampSchema.meta({ description: 'days and months are those of America/Sao_Paulo' }),
});
export type Budget = z.infer<typeof BudgetSchema>;

/**
 * Replicas spend out of slices that they lease, so that a call needs no write. Close to the limit a slice shrinks to what the call needs, so that the last one
 * is exact. A lease ends with the period; what a crashed replica held counts as spent.
 */
export const leaseBudget = defineRpc('insights.budget.lease.v1', {
  summary: 'Lease a slice of a budget, and settle what was spent of earlier ones',
  request: z.strictObject({
    key: BudgetKeySchema,
    holder: z.uuid().meta({ description: 'the replica that spends' }),
    lease_id: z.uuid().meta({ description: 'new for each request: repeating it leases once' }),
    needed_micros: micros,
    limit_micros: micros.nullable().optional().meta({ description: "of a provider's budget: the operator's limit, from the configuration" }),
  }),
  reply: z.object({
    limited: z.boolean().meta({ description: 'false: there is no limit, ask again after `recheck_s`' }),
    granted_micros: micros.meta({ description: 'all that is needed or more; less than needed, that is 0: the budget is exhausted' }),
    recheck_s: z.int().positive().meta({ description: 'seconds after which asking again makes sense' }),
    resets_at: TimestampSchema.meta({ description: 'the end of the period: slices end there' }),
  }),
  tenant: 'none',
  errors: ['conflict'],
});

export const settleBudget = defineRpc('insights.budget.settle.v1', {
  summary: 'Tell what was spent of a lease and what is given back',
  request: z.strictObject({ lease_id: z.uuid(), settlement_id: z.uuid(), spent_micros: micros, returned_micros: micros }),
  reply: z.object({
    settled: z.boolean().meta({ description: 'false when the lease is unknown or has expired: hold nothing more of it. What is told of an expired one still corrects the account' }),
  }),
  tenant: 'none',
});

export const listBudgets = defineRpc('insights.budget.list.v1', {
  summary: "The tenant's budgets and what is spent of them",
  request: z.strictObject({}),
  reply: z.object({ budgets: z.array(BudgetSchema) }),
});

export const setBudget = defineRpc('insights.budget.set.v1', {
  summary: "Limit the tenant's spending at vendors by day or month; null removes the tenant's own limit, and that of the installation holds again, if it has one",
  request: z.strictObject({ period: BudgetPeriodSchema, limit_micros: micros.nullable() }),
  reply: z.object({ budget: BudgetSchema }),
});

export const getProviderBudgets = defineRpc('insights.budget.provider-list.v1', {
  summary: 'What is spent at each provider against the limits of the operator',
  request: z.strictObject({}),
  reply: z.object({ budgets: z.array(BudgetSchema) }),
  tenant: 'none',
});
