import { z } from 'zod';

export const OutboundWebhooksConfigSchema = z.object({
  NODE_ENV: z.enum(['development', 'production', 'test']).default('development'),
  DATABASE_URL: z.string().optional(),
  DATA_DIR: z.string().default('.data').meta({ description: 'folder of what this installation keeps' }),
  WEBHOOK_SECRETS_KEY: z.string().optional().meta({ description: '32 bytes in base64 that the secrets of webhook endpoints are sealed with; made at the first start and kept in DATA_DIR when absent' }),
  WEBHOOK_DELIVERIES_AT_A_TIME: z.coerce.number().int().min(1).max(4_096).default(256).meta({ description: 'webhook calls that one process has under way at once' }),
  WEBHOOK_TIMEOUT_MS: z.coerce.number().int().min(100).max(30_000).default(15_000).meta({ description: 'milliseconds that a receiver of webhooks has for its answer' }),
});
export type OutboundWebhooksConfig = z.infer<typeof OutboundWebhooksConfigSchema>;
