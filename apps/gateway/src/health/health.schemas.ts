import { DependencyHealthSchema } from '@tecnocursos/contracts';
import { z } from 'zod';

export const StatusSchema = z.enum(['up', 'degraded', 'down']);
export type Status = z.infer<typeof StatusSchema>;

/** One service as the gateway sees it; one that does not answer has no version and no dependencies to show. */
export const ServiceReportSchema = z.object({
  service: z.string(),
  status: StatusSchema,
  detail: z.string().optional().meta({ description: 'why the service could not be asked' }),
  version: z.string().optional(),
  uptime_s: z.number().optional(),
  dependencies: z.array(DependencyHealthSchema),
});
export type ServiceReport = z.infer<typeof ServiceReportSchema>;

export const PlatformHealthSchema = z.object({ status: StatusSchema, services: z.array(ServiceReportSchema) });
export type PlatformHealth = z.infer<typeof PlatformHealthSchema>;

/** A local engine, a vendor or a store, and the services that use it. */
export const IntegrationReportSchema = DependencyHealthSchema.extend({ services: z.array(z.string()) });
export type IntegrationReport = z.infer<typeof IntegrationReportSchema>;

export const IntegrationsHealthSchema = z.object({
  status: StatusSchema,
  integrations: z.array(IntegrationReportSchema),
  unreachable_services: z.array(z.string()).meta({ description: 'services that did not say what they depend on' }),
});
export type IntegrationsHealth = z.infer<typeof IntegrationsHealthSchema>;

export const LivenessSchema = z.object({ status: z.literal('up') });
export const ReadinessSchema = z.object({ status: z.enum(['ready', 'draining', 'disconnected']) });
