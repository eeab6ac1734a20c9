import { z } from 'zod';

const origin = z.url({
  protocol: /^https?$/,
  error: ({ input }) => (input === undefined ? undefined : 'must be a URL that begins with http:// or https://'),
});
const withoutSlash = (url: string): string => url.replace(/\/+$/, '');

const perMinute = (fallback: number) => z.coerce.number().int().min(0).max(1_000_000_000).default(fallback);

export const GatewayConfigSchema = z.object({
  HOST: z.string().default('127.0.0.1').meta({ description: 'address that the public HTTP listens on' }),
  PORT: z.coerce.number().int().min(0).max(65_535).default(3000).meta({ description: '0: any free one' }),
  PUBLIC_URL: origin.transform(withoutSlash).optional().meta({ description: 'how browsers reach the gateway; http://HOST:PORT when absent' }),
  STORAGE_INTERNAL_URL: origin.transform(withoutSlash).meta({ description: "the storage service's HTTP, which /files/* is passed on to" }),
  CORS_ORIGINS: z
    .string()
    .transform((list) => list.split(',').map((entry) => entry.trim()).filter((entry) => entry !== ''))
    .pipe(z.array(origin.transform(withoutSlash)))
    .default([])
    .meta({ description: 'origins, separated by commas, whose pages may call the API; none when absent' }),
  TRUSTED_PROXIES: z
    .string()
    .transform((list) => list.split(',').map((entry) => entry.trim()).filter((entry) => entry !== ''))
    .pipe(z.array(z.union([z.ipv4(), z.ipv6(), z.cidrv4(), z.cidrv6()], 'must be IP addresses or networks such as 10.0.0.0/8, separated by commas')))
    .default([])
    .meta({ description: 'load balancers whose X-Forwarded-For is believed: limits by address and audit entries need the real one; none when absent' }),
  RATE_LIMIT_KEY_RPM: perMinute(60_000).meta({ description: 'requests a minute of one API key or account; 0: no limit' }),
  RATE_LIMIT_ADDRESS_RPM: perMinute(120_000).meta({ description: 'requests a minute from one IP address (of IPv6: one /64), whoever calls; 0: no limit' }),
  RATE_LIMIT_SENSITIVE_RPM: perMinute(60).meta({ description: 'requests a minute from one IP address to one operation that takes passwords, codes or links; 0: no limit. Identity locks accounts out besides' }),
  REDIS_URL: z.string().optional().meta({ description: 'redis://… that replicas count requests together in; each counts alone when absent' }),
  TENANT_CONCURRENCY: z.coerce.number().int().min(1).max(100_000).default(2_000).meta({ description: 'requests of one tenant under way at once in one process, event streams among them; more are answered 429' }),
  MAX_EVENT_LOOP_LAG_MS: z.coerce.number().int().min(20).max(60_000).default(500).meta({
    description: 'milliseconds that the event loop may be late on average, for two seconds, before requests are refused with 503 until it is not',
  }),
  DOCS_ENABLED: z.enum(['true', 'false']).transform((text) => text === 'true').optional().meta({
    description: 'whether the documentation pages and documents are served; true, and false in production, when absent',
  }),
  SANDBOX_ENABLED: z.enum(['true', 'false']).transform((text) => text === 'true').optional().meta({
    description: 'whether the sandbox may be looked at and changed over HTTP; true, and false in production, when absent',
  }),
  DRAIN_DELAY_MS: z.coerce.number().int().min(0).max(60_000).default(0).meta({
    description: 'milliseconds between "not ready" and the end of intake: how long a load balancer takes to notice',
  }),
});
export type GatewayConfig = z.infer<typeof GatewayConfigSchema>;
