import { z } from 'zod';
import { defineOperation } from '../http/operation.js';
import { IntegrationReportSchema, IntegrationsHealthSchema, LivenessSchema, PlatformHealthSchema, ReadinessSchema, ServiceReportSchema } from './health.schemas.js';

const common = { method: 'GET', tag: 'health', access: 'public' } as const;

export const platformHealthOperation = defineOperation({
  ...common, id: 'getHealth', path: '/api/health',
  summary: 'The whole platform: each service and what it depends on',
  description: 'Answers within 2 s, whatever is slow or dead. Status 503 comes with the same body when a service is down.',
  success: { status: 200, description: 'All services are up, or degraded', unwell: 'A service is down', schema: PlatformHealthSchema },
});

export const livenessOperation = defineOperation({
  ...common, id: 'getLiveness', path: '/api/health/live',
  summary: 'Whether this process runs; asks nothing else',
  success: { status: 200, description: 'It runs', schema: LivenessSchema },
});

export const readinessOperation = defineOperation({
  ...common, id: 'getReadiness', path: '/api/health/ready',
  summary: 'Whether this process wants requests: it is connected to the bus and not about to stop',
  description: 'Status 503 comes with the same body when it does not.',
  success: { status: 200, description: 'It does', unwell: 'It does not', schema: ReadinessSchema },
});

export const integrationsHealthOperation = defineOperation({
  ...common, id: 'getIntegrationsHealth', path: '/api/integrations/health',
  summary: 'Engines, vendors and stores that the services depend on, with mode and remedy',
  success: { status: 200, description: 'What was found', schema: IntegrationsHealthSchema },
});

export const oneIntegrationHealthOperation = defineOperation({
  ...common, id: 'getIntegrationHealth', path: '/api/integrations/health/{name}',
  summary: 'One service, engine, vendor or store',
  params: z.strictObject({ name: z.string().max(100) }),
  success: { status: 200, description: 'What was found', schema: z.union([ServiceReportSchema, IntegrationReportSchema]) },
  errors: ['not_found'],
});
