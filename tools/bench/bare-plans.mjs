const plan = (id, name, amount, uploads, features) => ({ id, name, price: { amount_cents: amount, currency: 'BRL', interval: 'month' }, uploads_per_month: uploads, features });
const BOTH = ['premium_voices', 'avatar'];
export const PLANS_REPLY = { plans: [plan('basic', 'Basic', 2999, 20, []), plan('pro', 'Pro', 5999, 100, BOTH), plan('enterprise', 'Enterprise', 19999, null, BOTH)] };
