import { PlanIdSchema } from '@tecnocursos/contracts';
import { z } from 'zod';

export const BillingConfigSchema = z.object({
  BILLING_TRIAL_PLAN: PlanIdSchema.default('pro').meta({ description: 'plan that a new tenant tries' }),
  BILLING_TRIAL_DAYS: z.coerce.number().int().min(0).max(3650).default(14).meta({ description: 'days that a new tenant tries it; 0: not at all' }),
  BILLING_COMPLIMENTARY_PLAN: PlanIdSchema.optional().meta({
    description: 'plan that every tenant has without paying, for installations that sell nothing',
  }),
});
export type BillingConfig = z.infer<typeof BillingConfigSchema>;
