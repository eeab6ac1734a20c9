import { z } from 'zod';

/** What every service reads, besides its own configuration. */
export const PlatformConfigSchema = z.object({
  NODE_ENV: z.enum(['development', 'production', 'test']).default('development').meta({ description: 'production: stricter, and with nothing simulated unless it is asked for' }),
  LOG_LEVEL: z.enum(['trace', 'debug', 'info', 'warn', 'error', 'silent']).default('info').meta({ description: 'from which level on the log has lines' }),
  LOG_FORMAT: z.enum(['json', 'pretty']).optional().meta({ description: 'pretty in development, json in production, when absent' }),
  NATS_URL: z.string().default('nats://127.0.0.1:4222').meta({ description: 'the broker; several addresses are separated by commas; tls:// where nothing may go unencrypted' }),
  NATS_NKEY_SEED: z.string().optional().meta({ description: "the service's own user key on the broker, as `npm run nats:users` makes it" }),
  NATS_NKEY_SEED_FILE: z.string().optional().meta({ description: 'a file with it, read again at every connect' }),
  NATS_TOKEN: z.string().optional().meta({ description: 'what a broker without users asks for' }),
  NATS_TLS_CA_FILE: z.string().optional().meta({ description: "PEM: authorities that the broker's certificate is checked with; the system's when absent" }),
  NATS_TLS_CERT_FILE: z.string().optional().meta({ description: "PEM: the service's certificate, for brokers that ask for one" }),
  NATS_TLS_KEY_FILE: z.string().optional().meta({ description: 'PEM: the key of that certificate' }),
  DATABASE_URL: z.string().optional().meta({ description: 'postgresql://…; needed as soon as there is more than one process' }),
  OPS_PORT: z.coerce.number().int().min(0).max(65_535).default(0).meta({ description: 'port of /metrics, /live and /ready; 0: any free one' }),
});
export type PlatformConfig = z.infer<typeof PlatformConfigSchema>;
