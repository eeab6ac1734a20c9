import { z } from 'zod';

export const ModelTierSchema = z.enum(['economy', 'standard', 'premium']);
export type ModelTier = z.infer<typeof ModelTierSchema>;

export const RoutingPolicySchema = z.enum(['priority', 'cheapest', 'fastest', 'weighted']);
export type RoutingPolicy = z.infer<typeof RoutingPolicySchema>;

const providerId = z.string().regex(/^[a-z][a-z0-9-]{0,39}$/, 'Use the id of a provider; see GET /api/integrations/.');

/** Who may do the work of one request, and at what price. All of it is optional: the operator's configuration stands in. */
export const RoutingSchema = z.strictObject({
  provider: providerId.optional().meta({ description: 'asked first' }),
  providers: z.array(providerId).min(1).max(20).optional().meta({ description: 'asked in this order, and no others' }),
  allow_fallback: z.boolean().optional().meta({ description: 'whether another provider may answer when the first fails; true when absent' }),
  allow_simulated: z.boolean().optional().meta({ description: 'whether the sandbox may answer in a vendor’s place without being named; true when absent' }),
  policy: RoutingPolicySchema.optional(),
  max_cost_usd: z.number().positive().max(1_000).optional().meta({ description: 'refuse providers whose estimate for one call is above it' }),
  tier: ModelTierSchema.optional(),
  model: z.string().max(120).optional().meta({ description: "a vendor's model; needs `provider`" }),
  routing_key: z.string().max(120).optional().meta({ description: 'the same key meets the same provider under the policy `weighted`; the tenant when absent' }),
  cache: z.enum(['on', 'off']).optional().meta({ description: '`off`: neither look for an earlier answer to the same request nor keep this one' }),
});
export type Routing = z.infer<typeof RoutingSchema>;
