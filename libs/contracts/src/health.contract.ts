import { z } from 'zod';
import { defineRpc, type RpcContract } from './rpc.js';

export const SERVICE_NAMES = ['identity', 'courses', 'ai', 'tts', 'avatar-video', 'storage', 'notifications', 'billing', 'insights', 'sandbox'] as const;
export type ServiceName = (typeof SERVICE_NAMES)[number];

/** One thing that a service depends on: a database, a local engine, a vendor. */
export const DependencyHealthSchema = z.object({
  name: z.string(),
  kind: z.enum(['database', 'engine', 'integration', 'storage', 'bus']),
  status: z.enum(['up', 'down', 'degraded']),
  detail: z.string().optional().meta({ description: 'what is wrong and how to mend it, or the version found' }),
  mode: z.enum(['live', 'sandbox', 'local', 'off']).optional(),
});
export type DependencyHealth = z.infer<typeof DependencyHealthSchema>;

export const ServiceHealthSchema = z.object({
  service: z.string(),
  status: z.enum(['up', 'down', 'degraded']),
  version: z.string(),
  uptime_s: z.number(),
  dependencies: z.array(DependencyHealthSchema),
});
export type ServiceHealth = z.infer<typeof ServiceHealthSchema>;

const requestSchema = z.strictObject({});
type HealthContract = RpcContract<typeof requestSchema, typeof ServiceHealthSchema>;

const contractOf = (service: ServiceName): HealthContract =>
  defineRpc(`${service}.health.check.v1`, {
    summary: `Health of ${service} and of what it depends on`,
    request: requestSchema,
    reply: ServiceHealthSchema,
    timeoutMs: 1_500,
    tenant: 'none',
  });

export const healthChecks = Object.fromEntries(SERVICE_NAMES.map((name) => [name, contractOf(name)])) as Record<ServiceName, HealthContract>;
