import { join } from 'node:path';
import { freePort } from '@tecnocursos/engines';
import type { Environment } from '@tecnocursos/nest-kit';
import { z } from 'zod';

export const StandaloneConfigSchema = z.object({
  DATA_DIR: z.string().default('.data/standalone').meta({ description: 'everything that the platform keeps: database, streams, files, mailbox' }),
  NATS_URL: z.string().optional().meta({ description: 'a broker that runs already; one is started when absent' }),
  NATS_TOKEN: z.string().optional(),
  DATABASE_URL: z.string().optional().meta({ description: 'a PostgreSQL that runs already; the embedded database (or a server of our own, when distributed) when absent' }),
  SANDBOX_ENABLED: z.enum(['true', 'false']).transform((text) => text === 'true').optional().meta({
    description: 'whether the sandbox of simulated vendors is started; true, and false in production, when absent',
  }),
});

/** The sandbox runs unless this is production; there it must be asked for. */
export const runsSandbox = (config: z.output<typeof StandaloneConfigSchema>, production: boolean): boolean => config.SANDBOX_ENABLED ?? !production;

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
