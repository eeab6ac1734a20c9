import { getSubscription, listPlans } from '@tecnocursos/contracts';
import { defineOperation } from '../http/operation.js';

export const listPlansOperation = defineOperation({
  id: 'listPlans', method: 'GET', path: '/api/plans', tag: 'billing', permission: 'courses:read',
  summary: listPlans.summary,
  query: listPlans.request,
  success: {
    status: 200, description: 'The plans', schema: listPlans.reply,
    example: {
      plans: [{
        id: 'pro', name: 'Pro', price: { amount_cents: 5999, currency: 'BRL', interval: 'month' }, uploads_per_month: 50, features: ['premium_voices'],
      }],
    },
  },
});

export const getSubscriptionOperation = defineOperation({
  id: 'getSubscription', method: 'GET', path: '/api/subscription', tag: 'billing', permission: 'billing:read',
  summary: getSubscription.summary,
  success: { status: 200, description: 'The subscription', schema: getSubscription.reply },
});
