import { z } from 'zod';

/** Languages that the platform narrates and writes in, as BCP 47 tags. */
export const LanguageSchema = z.enum(['pt-BR', 'en']).meta({ description: 'BCP 47 tag of the language of narration and texts' });
export type Language = z.infer<typeof LanguageSchema>;

export const AspectSchema = z.enum(['16:9', '9:16']).meta({ description: '1280×720 or 720×1280 pixels' });
export type Aspect = z.infer<typeof AspectSchema>;

export const TenantIdSchema = z.uuid();

/** An amount in integer millionths of a currency unit. `brl_micros` is the same amount for the eye, at the rate that the operator configured. */
export const CostSchema = z.object({
  amount_micros: z.int().nonnegative(),
  currency: z.literal('USD'),
  brl_micros: z.int().nonnegative().optional().meta({ description: 'the amount in millionths of a Brazilian real, at the configured rate' }),
});
export type Cost = z.infer<typeof CostSchema>;
export const NO_COST: Cost = { amount_micros: 0, currency: 'USD' };

/** Who answered, and at what price. `simulated` is true when the sandbox stood in for the vendor. */
export const ServedBySchema = z.object({
  provider: z.string().min(1),
  simulated: z.boolean(),
  attempts: z.int().nonnegative().meta({ description: 'calls to vendors and engines that it took; 0 for an answer out of the cache' }),
  cost: CostSchema,
  model: z.string().optional().meta({ description: "the vendor's name of the model" }),
  cache: z.enum(['hit', 'miss', 'off']).optional(),
  fallback_from: z.string().optional().meta({ description: 'the provider that should have answered, and failed' }),
  vendor_ms: z.number().nonnegative().optional().meta({ description: 'milliseconds spent waiting for vendors' }),
});
export type ServedBy = z.infer<typeof ServedBySchema>;
export const servedLocally = (provider: string): ServedBy => ({ provider, simulated: false, attempts: 1, cost: NO_COST });

/**
 * Name of a stored object inside its tenant: segments of `a-z A-Z 0-9 . _ -` joined by `/`, none of which is `.` or `..`
 * or begins with a dot.
 */
export const ObjectKeySchema = z
  .string()
  .max(512)
  .regex(/^[A-Za-z0-9_-][A-Za-z0-9._-]*(\/[A-Za-z0-9_-][A-Za-z0-9._-]*)*$/, 'Not a storage key: use letters, digits, ".", "_", "-" and "/".');

/** A claim check: what travels on the bus in place of the bytes. */
export const ObjectRefSchema = z.object({
  key: ObjectKeySchema,
  content_type: z.string().max(200),
  size: z.int().nonnegative().meta({ description: 'bytes' }),
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
});
export type ObjectRef = z.infer<typeof ObjectRefSchema>;

export const TimestampSchema = z.iso.datetime();

export const PageQuerySchema = z.strictObject({
  limit: z.coerce.number().int().min(1).max(100).default(20),
  cursor: z.string().max(200).optional().meta({ description: '`next_cursor` of the page before' }),
});
