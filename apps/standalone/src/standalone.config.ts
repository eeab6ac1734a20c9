import { join } from 'node:path';
import { freePort } from '@tecnocursos/engines';
import type { Environment } from '@tecnocursos/nest-kit';
import { z } from 'zod';

export const StandaloneConfigSchema = z.object({
  DATA_DIR: z.string().default('.data/standalone').meta({ description: 'everything that the platform keeps: database, streams, files, mailbox' }),
  NATS_URL: z.string().optional().meta({ description: 'a broker that runs already; one is started when absent' }),
  NATS_NKEY_DIR: z.string().optional().meta({ description: "folder with `<service>.nk`, the user key of every service; `nats/users` in DATA_DIR, made at the first start, when the broker is the platform's own" }),
  NATS_SERVER_TLS_CERT_FILE: z.string().optional().meta({ description: "PEM: certificate of the platform's own broker, for localhost; services then connect encrypted" }),
  NATS_SERVER_TLS_KEY_FILE: z.string().optional().meta({ description: 'PEM: the key of that certificate' }),
  NATS_SERVER_TLS_CLIENT_CA_FILE: z.string().optional().meta({ description: 'PEM: services must show a certificate of this authority' }),
  DATABASE_URL: z.string().optional().meta({ description: 'a PostgreSQL that runs already; the embedded database (or a server of our own, when distributed) when absent' }),
  SANDBOX_ENABLED: z.enum(['true', 'false']).transform((text) => text === 'true').optional().meta({
    description: 'whether the sandbox of simulated vendors is started; true, and false in production, when absent',
  }),
});

export type StandaloneConfig = z.output<typeof StandaloneConfigSchema>;

/** The sandbox runs unless this is production; there it must be asked for. */
export const runsSandbox = (config: StandaloneConfig, production: boolean): boolean => config.SANDBOX_ENABLED ?? !production;

/** Settings that services on one machine must agree on: folders, and how gateway and storage reach each other. */
export async function localDefaults(directory: string, given: Environment, sandbox: 'with-sandbox' | 'without-sandbox'): Promise<Environment> {
  const storagePort = given['STORAGE_PORT'] || String(await freePort());
  const sandboxPort = given['SANDBOX_PORT'] || String(await freePort());
  const port = given['PORT'] === '0' ? String(await freePort()) : given['PORT'] || '3000';
  return {
    STORAGE_DIR: join(directory, 'storage'),
    MAILBOX_DIR: join(directory, 'mailbox'),
    STORAGE_INTERNAL_URL: `http://127.0.0.1:${storagePort}`,
    PUBLIC_URL: `http://127.0.0.1:${port}`,
    USAGE_JOURNAL_DIR: join(directory, 'usage-journal'),
    ...(sandbox === 'with-sandbox' && { SANDBOX_URL: `http://127.0.0.1:${sandboxPort}` }),
    ...given,
    SANDBOX_PORT: sandboxPort,
    STORAGE_PORT: storagePort,
    PORT: port,
  };
}
