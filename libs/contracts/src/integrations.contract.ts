import { z } from 'zod';
import { TimestampSchema } from './common.js';
import { IntegrationDomainSchema } from './insights.contract.js';
import { defineRpc, type RpcContract } from './rpc.js';

/** Services whose providers stand behind a provider chain. */
export const PROVIDER_SERVICES = ['ai', 'tts', 'avatar-video'] as const;
export type ProviderService = (typeof PROVIDER_SERVICES)[number];

export const ProviderModeSchema = z.enum(['live', 'sandbox', 'local', 'off']);

/** One provider as its service sees it at this moment, in the replica that answered. */
export const ProviderReportSchema = z.object({
  id: z.string(),
  title: z.string(),
  domain: IntegrationDomainSchema,
  capabilities: z.array(z.string()),
  mode: ProviderModeSchema,
  reason: z.string().meta({ description: 'why it is in this mode' }),
  health: z.enum(['up', 'degraded', 'down', 'unknown', 'off']).meta({ description: '`unknown`: not called yet' }),
  breaker: z.enum(['closed', 'open', 'half_open']).nullable(),
  resting_ms: z.number().nonnegative().meta({ description: 'milliseconds until it is asked again; 0 when it is asked now' }),
  success_rate: z.number().min(0).max(1).nullable().meta({ description: 'of the last five minutes; null when nothing was called' }),
  calls: z.int().nonnegative().meta({ description: 'of the last five minutes' }),
  latency_ms: z.record(z.string(), z.number()).meta({ description: 'by operation, recent calls count most' }),
  last_error: z.object({ kind: z.string(), detail: z.string(), at: TimestampSchema }).nullable(),
  notices: z.array(z.object({ severity: z.enum(['info', 'warning']), text: z.string() })),
});
export type ProviderReport = z.infer<typeof ProviderReportSchema>;

export const ProviderTestSchema = z.object({
  success: z.boolean(),
  provider: z.string(),
  mode: ProviderModeSchema,
  operation: z.string().nullable().meta({ description: 'what was tried; null when the provider is off' }),
  elapsed_ms: z.number().nonnegative(),
  detail: z.string().optional().meta({ description: 'why it failed, or was not tried' }),
});
export type ProviderTest = z.infer<typeof ProviderTestSchema>;

const nothing = z.strictObject({});
const reports = z.object({ providers: z.array(ProviderReportSchema) });
const testRequest = z.strictObject({ provider: z.string().max(60).optional().meta({ description: 'only this one' }) });
const testReply = z.object({ results: z.array(ProviderTestSchema) });

const listOf = (service: ProviderService): RpcContract<typeof nothing, typeof reports> =>
  defineRpc(`${service}.provider.list.v1`, {
    summary: `Providers of ${service}: mode, health, breaker, latest error`, request: nothing, reply: reports, timeoutMs: 2_000, tenant: 'none',
  });

const testOf = (service: ProviderService): RpcContract<typeof testRequest, typeof testReply> =>
  defineRpc(`${service}.provider.test.v1`, {
    summary: `Call each provider of ${service} for real, by the path that requests take`, request: testRequest, reply: testReply, timeoutMs: 60_000, errors: ['not_found'],
  });

type ByService<C> = Record<ProviderService, C>;
export const providerLists = Object.fromEntries(PROVIDER_SERVICES.map((service) => [service, listOf(service)])) as ByService<ReturnType<typeof listOf>>;
export const providerTests = Object.fromEntries(PROVIDER_SERVICES.map((service) => [service, testOf(service)])) as ByService<ReturnType<typeof testOf>>;
