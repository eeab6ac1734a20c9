import { resolve } from 'node:path';
import { service as ai } from '@tecnocursos/ai';
import { service as avatarVideo } from '@tecnocursos/avatar-video';
import { service as billing } from '@tecnocursos/billing';
import { service as courses } from '@tecnocursos/courses';
import { findProgram, installHint, PROGRAMS, type NatsServer, type ProgramName } from '@tecnocursos/engines';
import { start as startGateway } from '@tecnocursos/gateway';
import { service as identity } from '@tecnocursos/identity';
import { service as insights } from '@tecnocursos/insights';
import type { BusLostError } from '@tecnocursos/messaging';
import {
  ConfigurationError, createLogger, Metrics, PlatformConfigSchema, readConfig, startOpsServer, startService,
  type Environment, type Logger, type OpsServer, type RunningService, type ServiceDefinition, type ServiceRuntime,
} from '@tecnocursos/nest-kit';
import { service as notifications } from '@tecnocursos/notifications';
import { Database } from '@tecnocursos/persistence';
import { service as sandbox } from '@tecnocursos/sandbox';
import { service as storage } from '@tecnocursos/storage';
import { service as tts } from '@tecnocursos/tts';
import { startBus } from './bus.js';
import { localDefaults, runsSandbox, StandaloneConfigSchema } from './standalone.config.js';

const SERVICES: readonly ServiceDefinition[] = [storage, identity, billing, insights, notifications, ai, tts, avatarVideo, courses];

export interface RunningPlatform {
  /** Public address of the gateway. */
  url: string;
  opsUrl: string;
  broker: NatsServer | null;
  close(): Promise<void>;
}

/** Every service in this process, with a nats-server, a database and a disk of its own, unless told where others run. */
export async function startStandalone(given: Environment, onBusLost?: (error: BusLostError) => void): Promise<RunningPlatform> {
  const config = readConfig(StandaloneConfigSchema, given);
  const platform = readConfig(PlatformConfigSchema, given);
  const directory = resolve(config.DATA_DIR);
  const withSandbox = runsSandbox(config, platform.NODE_ENV === 'production');
  const environment = await localDefaults(directory, given, withSandbox ? 'with-sandbox' : 'without-sandbox');
  const logger = createLogger(platform);
  warnOfMissingEngines(logger);
  const metrics = new Metrics();
  const closers: (() => Promise<void>)[] = [];
  const close = async (): Promise<void> => {
    for (const end of closers.splice(0).reverse()) await end().catch((error: unknown) => logger.error({ err: error }, 'closing failed'));
  };
  try {
    const database = await openDatabase(config.DATABASE_URL, directory);
    closers.push(() => database.close());
    const onBrokerExit = (reason: string): void => logger.warn({ reason }, 'nats-server ended and is started again');
    const { broker, address: bus } = await startBus(given, directory, logger, { onBrokerExit, ...(onBusLost && { onLost: onBusLost }) });
    if (broker) closers.push(() => broker.stop());
    const runtime: ServiceRuntime = { environment, logger, metrics, bus, database: async () => database };
    const services = await startServices(withSandbox ? [sandbox, ...SERVICES] : SERVICES, runtime);
    closers.push(() => closeInTurn(services));
    const gateway = await startGateway(runtime);
    closers.push(() => gateway.close());
    const ops: OpsServer = await startOpsServer({ port: platform.OPS_PORT, metrics, ready: () => true });
    closers.push(() => ops.close());
    return { url: gateway.url, opsUrl: `http://127.0.0.1:${ops.port}`, broker, close };
  } catch (error) {
    await close();
    throw error;
  }
}

const ENGINES: readonly ProgramName[] = ['ffmpeg', 'ffprobe', 'espeak-ng'];

/** The platform starts without them, and says so; courses that need one fail with `engine_missing`. */
function warnOfMissingEngines(logger: Logger): void {
  for (const name of ENGINES) {
    if (findProgram(name) === null) logger.error({ engine: name }, `${name} (${PROGRAMS[name].purpose}) is not installed. ${installHint(name)}`);
  }
}

/** Every service tells what is wrong with its part of the configuration before the start is given up. */
async function startServices(definitions: readonly ServiceDefinition[], runtime: ServiceRuntime): Promise<RunningService[]> {
  const started: RunningService[] = [];
  const problems: string[] = [];
  try {
    for (const definition of definitions) {
      const service = await startService(definition, runtime).catch((error: unknown) => {
        if (!(error instanceof ConfigurationError)) throw error;
        problems.push(...error.problems);
      });
      if (service) started.push(service);
    }
    if (problems.length > 0) throw new ConfigurationError([...new Set(problems)]);
    return started;
  } catch (error) {
    await closeInTurn(started);
    throw error;
  }
}

/** The last first: who calls others ends before those it calls. */
async function closeInTurn(services: readonly RunningService[]): Promise<void> {
  for (const service of services.toReversed()) await service.close();
}

function openDatabase(url: string | undefined, directory: string): Promise<Database> {
  return Database.open(url === undefined ? { kind: 'pglite', directory } : { kind: 'postgresql', url });
}
