import type { Plan, PlanId } from '@tecnocursos/contracts';

const reais = (amountCents: number): Plan['price'] => ({ amount_cents: amountCents, currency: 'BRL', interval: 'month' });

/** What is sold, and what each plan entitles to. */
export const PLANS: Record<PlanId, Plan> = {
  basic: { id: 'basic', name: 'Basic', price: reais(29_99), uploads_per_month: 20, features: [] },
  pro: { id: 'pro', name: 'Pro', price: reais(59_99), uploads_per_month: 100, features: ['premium_voices', 'avatar'] },
  enterprise: { id: 'enterprise', name: 'Enterprise', price: reais(199_99), uploads_per_month: null, features: ['premium_voices', 'avatar'] },
};
