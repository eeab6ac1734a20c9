import { z } from 'zod';
import { TimestampSchema } from './common.js';
import { defineRpc } from './rpc.js';

export const PlanIdSchema = z.enum(['basic', 'pro', 'enterprise']);
export type PlanId = z.infer<typeof PlanIdSchema>;

export const FeatureSchema = z.enum(['premium_voices', 'avatar']);
export type Feature = z.infer<typeof FeatureSchema>;

export const PlanSchema = z.object({
  id: PlanIdSchema,
  name: z.string(),
  price: z.object({ amount_cents: z.int().positive(), currency: z.literal('BRL'), interval: z.literal('month') }),
  uploads_per_month: z.int().positive().nullable().meta({ description: 'null: no limit' }),
  features: z.array(FeatureSchema),
});
export type Plan = z.infer<typeof PlanSchema>;

export const SubscriptionSchema = z.object({
  plan: PlanSchema,
  state: z.enum(['trialing', 'active', 'expired']),
  trial_ends_at: TimestampSchema.nullable(),
  period_start: TimestampSchema,
  period_end: TimestampSchema,
  uploads_used: z.int().nonnegative(),
});

export const listPlans = defineRpc('billing.plan.list.v1', {
  summary: 'The plans, what they cost and what they entitle to',
  request: z.strictObject({ feature: FeatureSchema.optional().meta({ description: 'only plans that include it' }) }),
  reply: z.object({ plans: z.array(PlanSchema) }),
  tenant: 'none',
});

export const getSubscription = defineRpc('billing.subscription.get.v1', {
  summary: "The tenant's plan and what is used of it; a new tenant's trial begins here",
  request: z.strictObject({}),
  reply: z.object({ subscription: SubscriptionSchema }),
});

export const reserveUpload = defineRpc('billing.upload.reserve.v1', {
  summary: 'Count one course against the month; the same course counts once',
  request: z.strictObject({ course_id: z.uuid(), features: z.array(FeatureSchema).max(10).default([]) }),
  reply: z.object({ plan: PlanIdSchema, uploads_used: z.int(), uploads_per_month: z.int().nullable() }),
  errors: ['plan_limit_reached', 'plan_feature_missing'],
});

export const releaseUpload = defineRpc('billing.upload.release.v1', {
  summary: 'Give a reserved upload back, when its course could not be created',
  request: z.strictObject({ course_id: z.uuid() }),
  reply: z.object({ released: z.boolean() }),
});
