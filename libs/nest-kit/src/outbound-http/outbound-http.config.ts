import { z } from 'zod';

const hostList = z.string().transform((text) => text.split(',').map((entry) => entry.trim()).filter((entry) => entry !== ''));

/** Rules for addresses that tenants and vendors give us. */
export const OutboundHttpConfigSchema = z.object({
  OUTBOUND_HTTP_PORTS: z
    .string()
    .transform((text) => text.split(',').map(Number))
    .pipe(z.array(z.int().min(1).max(65_535)).min(1))
    .default([443, 8_443])
    .meta({ description: 'ports of other people’s addresses that may be called, separated by commas' }),
  OUTBOUND_HTTP_TRUSTED_HOSTS: hostList
    .default([])
    .meta({ description: 'hosts, `name` or `name:port`, that may be called by http and although they are not public: for development, such as `127.0.0.1,localhost`' }),
});
export type OutboundHttpConfig = z.infer<typeof OutboundHttpConfigSchema>;
