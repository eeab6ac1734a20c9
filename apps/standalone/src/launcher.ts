import type { BusLostError } from '@tecnocursos/messaging';
import { ConfigurationError, createLogger, onceStopped, PlatformConfigSchema, processEnvironment, readConfig, type Environment } from '@tecnocursos/nest-kit';

interface Launched {
  url: string;
  opsUrl?: string;
  close(): Promise<void>;
}

/** Runs a platform as this process until it is told to stop, and tells whoever started it where it listens. */
export async function runLauncher(start: (environment: Environment, onBusLost: (error: BusLostError) => void) => Promise<Launched>): Promise<void> {
  try {
    const environment = processEnvironment();
    const logger = createLogger(readConfig(PlatformConfigSchema, environment));
    const starting = start(environment, (error) => ending.fail(error));
    const ending = onceStopped(logger, async () => (await starting).close());
    const platform = await starting;
    process.send?.({ type: 'ready', url: platform.url, ops_url: platform.opsUrl ?? null });
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    process.exit(error instanceof ConfigurationError ? 78 : 1);
  }
}
