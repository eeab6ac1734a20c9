import type { BusAddress } from '@tecnocursos/messaging';
import { Database } from '@tecnocursos/persistence';
import { busAddressOf, busNotices } from './bus-address.js';
import { ConfigurationError, readConfig } from './environment.js';
import { createLogger, type Logger } from './logger.js';
import { Metrics } from './metrics.js';
import { startOpsServer } from './ops-server.js';
import { PlatformConfigSchema, type PlatformConfig } from './platform.config.js';
import { processEnvironment } from './process-environment.config.js';
import { liveSecrets } from './secret-scrubber.js';
import { startService, type RunningService, type ServiceDefinition, type ServiceRuntime } from './service.js';

/** Runs one service as a process of its own, until SIGTERM or SIGINT. */
export async function runService(definition: ServiceDefinition): Promise<void> {
  await runProcess(definition.name, (runtime) => startService(definition, runtime));
}

/** Runs what `start` starts as this process, and exits with 78 (EX_CONFIG) when the configuration is not valid. */
export async function runProcess(name: string, start: (runtime: ServiceRuntime) => Promise<RunningService>): Promise<void> {
  try {
    const environment = processEnvironment();
    const config = readConfig(PlatformConfigSchema, environment);
    liveSecrets.addFrom(environment);
    const logger = createLogger(config);
    const metrics = new Metrics();
    let draining = false;
    const ops = await startOpsServer({ port: config.OPS_PORT, metrics, ready: () => !draining });
    logger.info({ service: name, ops_port: ops.port }, 'starting');
    const database = sharedDatabase(config, name);
    const bus: BusAddress = { ...busAddressOf(config), ...busNotices(logger), onLost: (error) => ending.fail(error) };
    const starting = start({ environment, logger, metrics, bus, database: database.open });
    const ending = onceStopped(logger, async () => {
      draining = true;
      await (await starting).close();
      await database.close();
      await ops.close();
    });
    await starting;
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? (error instanceof ConfigurationError ? error.message : error.stack) : String(error)}\n`);
    process.exit(error instanceof ConfigurationError ? 78 : 1);
  }
}

/** A process beside others shares a database server with them: the embedded database is for one process alone. */
function sharedDatabase(config: PlatformConfig, name: string): { open(): Promise<Database>; close(): Promise<void> } {
  let opened: Promise<Database> | undefined;
  return {
    open: () => {
      if (config.DATABASE_URL === undefined) {
        throw new ConfigurationError([`DATABASE_URL: is required, because ${name} runs beside other processes; only "npm start" uses the embedded database`]);
      }
      opened ??= Database.open({ kind: 'postgresql', url: config.DATABASE_URL });
      return opened;
    },
    close: async () => (await opened)?.close(),
  };
}

const EXIT_LIMIT_MS = 25_000;
/** What is under way cannot be answered any more. */
const FAIL_LIMIT_MS = 5_000;

export interface Ending {
  /** Ends the process with exit code 1, because it can do nothing any more. */
  fail(reason: Error): void;
}

/** Ends the process once, by `stop`; a second signal changes nothing, a hanging stop is cut off. */
export function onceStopped(logger: Logger, stop: () => Promise<void>): Ending {
  let stopping = false;
  const end = (code: 0 | 1, limitMs: number): void => {
    stopping = true;
    setTimeout(() => process.exit(1), limitMs).unref();
    stop().then(
      () => process.exit(code),
      (error: unknown) => {
        logger.error({ err: error }, 'stopping failed');
        process.exit(1);
      },
    );
  };
  const onSignal = (signal: NodeJS.Signals): void => {
    if (stopping) return;
    logger.info({ signal }, 'stopping');
    end(0, EXIT_LIMIT_MS);
  };
  process.on('SIGTERM', onSignal);
  process.on('SIGINT', onSignal);
  process.on('disconnect', () => onSignal('SIGTERM')); // the launcher that started us is gone
  return {
    fail: (reason) => {
      if (stopping) return;
      logger.fatal({ err: reason }, 'the process ends');
      end(1, FAIL_LIMIT_MS);
    },
  };
}
