import { z } from 'zod';

/** What every service reads, besides its own configuration. */
export const PlatformConfigSchema = z.object({
  NODE_ENV: z.enum(['development', 'production', 'test']).default('development').meta({ description: 'production: stricter, and with nothing simulated unless it is asked for' }),
  LOG_LEVEL: z.enum(['trace', 'debug', 'info', 'warn', 'error', 'silent']).default('info').meta({ description: 'from which level on the log has lines' }),
  LOG_FORMAT: z.enum(['json', 'pretty']).optional().meta({ description: 'pretty in development, json in production, when absent' }),
  NATS_URL: z.string().default('nats://127.0.0.1:4222').meta({ description: 'the broker; several addresses are separated by commas' }),
  NATS_TOKEN: z.string().optional().meta({ description: 'what the broker asks for, when it does' }),
  DATABASE_URL: z.string().optional().meta({ description: 'postgresql://…; needed as soon as there is more than one process' }),
  OPS_PORT: z.coerce.number().int().min(0).max(65_535).default(0).meta({ description: 'port of /metrics, /live and /ready; 0: any free one' }),
});
export type PlatformConfig = z.infer<typeof PlatformConfigSchema>;
