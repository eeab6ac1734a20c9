import { BudgetPeriodSchema, BudgetSchema, getUsageStats, listBudgets, UsageStatsQuerySchema } from '@tecnocursos/contracts';
import { z } from 'zod';
import { defineOperation } from '../http/operation.js';

const common = { tag: 'integrations', permission: 'usage:read' } as const;

/** In a query, a list is words with commas between them. */
const StatsQuerySchema = UsageStatsQuerySchema.extend({
  group_by: z
    .string()
    .transform((list) => list.split(',').map((name) => name.trim()).filter((name) => name !== ''))
    .pipe(UsageStatsQuerySchema.shape.group_by.unwrap())
    .default(['provider'])
    .meta({ description: 'up to three of provider, model, operation, domain, outcome, simulated and time, separated by commas' }),
});

export const usageStatsOperation = defineOperation({
  ...common, id: 'getUsageStats', method: 'GET', path: '/api/integrations/usage-stats',
  summary: getUsageStats.summary,
  query: StatsQuerySchema,
  success: { status: 200, description: 'Requests per minute, success rate, latency, cost, fallback share, cache hits', schema: getUsageStats.reply },
});

export const aiUsageStatsOperation = defineOperation({
  ...common, id: 'getAiUsageStats', method: 'GET', path: '/api/integrations/ai/usage-stats',
  summary: 'What the tenant’s calls to language models came to',
  query: StatsQuerySchema.omit({ domain: true }),
  success: { status: 200, description: 'As GET /api/integrations/usage-stats with domain=ai', schema: getUsageStats.reply },
});

export const listBudgetsOperation = defineOperation({
  ...common, id: 'listBudgets', method: 'GET', path: '/api/integrations/budgets',
  summary: listBudgets.summary,
  success: { status: 200, description: 'By day and by month', schema: listBudgets.reply },
});

export const setBudgetOperation = defineOperation({
  ...common, permission: 'budgets:manage', id: 'setBudget', method: 'PUT', path: '/api/integrations/budgets/{period}',
  summary: 'Limit the tenant’s spending at vendors by day or month; null takes the limit away',
  description: 'The limit takes effect within half a minute in every replica. What is spent already counts.',
  params: z.strictObject({ period: BudgetPeriodSchema }),
  body: z.strictObject({ limit_usd: z.number().positive().max(1_000_000).nullable() }),
  requestExample: { limit_usd: 25 },
  success: { status: 200, description: 'The budget', schema: BudgetSchema },
});
