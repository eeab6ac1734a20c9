import { BudgetSchema, PROVIDER_SERVICES, ProviderReportSchema, ProviderTestSchema } from '@tecnocursos/contracts';
import { z } from 'zod';
import { defineOperation } from '../http/operation.js';

const common = { tag: 'integrations', permission: 'integrations:read' } as const;

export const IntegrationSchema = ProviderReportSchema.extend({
  service: z.enum(PROVIDER_SERVICES),
  budgets: z.array(BudgetSchema).meta({ description: "what all tenants' calls came to, and the operator's limits" }),
});

export const listIntegrationsOperation = defineOperation({
  ...common, id: 'listIntegrations', method: 'GET', path: '/api/integrations',
  summary: 'Every integration: what it can do, in which mode it is and why, how it fares, what is spent at it',
  success: {
    status: 200, description: 'The integrations',
    schema: z.object({ integrations: z.array(IntegrationSchema), unreachable_services: z.array(z.string()).meta({ description: 'services that could not be asked' }) }),
  },
});

/** Names in answers are as in the platform's first API: `d_id`. */
export const TestResultSchema = ProviderTestSchema.partial({ provider: true, mode: true, operation: true, elapsed_ms: true }).extend({
  total_calls: z.int().nonnegative().optional().meta({ description: 'of the sandbox' }),
});

export const testAllOperation = defineOperation({
  ...common, permission: 'integrations:manage', id: 'testAllServices', method: 'POST', path: '/api/integrations/test/all-services',
  summary: 'Exercise every integration there is through its real path, with the smallest piece of work that shows that it works',
  description: 'Integrations that are off are listed, and do not count against `overall_success`. Live vendors are called for real: it costs a fraction of a cent.',
  success: {
    status: 200, description: 'What worked',
    schema: z.object({ overall_success: z.boolean(), test_results: z.record(z.string(), TestResultSchema) }),
    example: { overall_success: true, test_results: { openai: { success: true }, email: { success: true }, mock_service: { success: true, total_calls: 15 } } },
  },
  deadlineMs: 120_000,
});

export const testOneOperation = defineOperation({
  ...common, permission: 'integrations:manage', id: 'testService', method: 'POST', path: '/api/integrations/test/{service}',
  summary: 'Exercise one integration through its real path',
  params: z.strictObject({ service: z.string().max(60) }),
  success: { status: 200, description: 'Whether it worked', schema: TestResultSchema },
  errors: ['not_found'],
  deadlineMs: 120_000,
});

export const diagnosticsOperation = defineOperation({
  ...common, id: 'getDiagnostics', method: 'GET', path: '/api/integrations/test/diagnostics',
  summary: 'What somebody who helps needs to know: services, integrations that are not well, and what to do about each',
  success: {
    status: 200, description: 'The diagnosis',
    schema: z.object({
      status: z.enum(['up', 'degraded', 'down']),
      version: z.string(),
      node: z.string(),
      services: z.array(z.object({ service: z.string(), status: z.enum(['up', 'degraded', 'down']), detail: z.string().optional() })),
      findings: z.array(z.object({ subject: z.string(), severity: z.enum(['info', 'warning', 'error']), detail: z.string() })),
    }),
  },
});

