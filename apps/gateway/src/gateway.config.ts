import { z } from 'zod';

const origin = z.url({
  protocol: /^https?$/,
  error: ({ input }) => (input === undefined ? undefined : 'must be a URL that begins with http:// or https://'),
});
const withoutSlash = (url: string): string => url.replace(/\/+$/, '');

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
  SANDBOX_ENABLED: z.enum(['true', 'false']).transform((text) => text === 'true').optional().meta({
    description: 'whether the sandbox may be looked at and changed over HTTP; true, and false in production, when absent',
  }),
  DRAIN_DELAY_MS: z.coerce.number().int().min(0).max(60_000).default(0).meta({
    description: 'milliseconds between "not ready" and the end of intake: how long a load balancer takes to notice',
  }),
});
export type GatewayConfig = z.infer<typeof GatewayConfigSchema>;
