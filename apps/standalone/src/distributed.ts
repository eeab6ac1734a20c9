import { chmodSync, mkdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { startPostgresServer, SupervisedProcess, waitForPort, type NatsServer } from '@tecnocursos/engines';
import { seedPath } from '@tecnocursos/messaging';
import { createLogger, PlatformConfigSchema, readConfig, type Environment } from '@tecnocursos/nest-kit';
import { startBus } from './bus.js';
import { localDefaults, runsSandbox, StandaloneConfigSchema } from './standalone.config.js';

const APPS = ['sandbox', 'storage', 'identity', 'billing', 'insights', 'notifications', 'ai', 'tts', 'avatar-video', 'courses', 'gateway'] as const;
export type AppName = (typeof APPS)[number];

export interface DistributedPlatform {
  url: string;
  broker: NatsServer | null;
  processes: ReadonlyMap<AppName, SupervisedProcess>;
  close(): Promise<void>;
}

const GATEWAY_START_LIMIT_MS = 60_000;

/** Each service as a process of its own, on one NATS and one PostgreSQL, which are started when none are given. */
export async function startDistributed(given: Environment): Promise<DistributedPlatform> {
  const config = readConfig(StandaloneConfigSchema, given);
  const platform = readConfig(PlatformConfigSchema, given);
  const logger = createLogger(platform);
  const withSandbox = runsSandbox(config, platform.NODE_ENV === 'production');
  const directory = resolve(config.DATA_DIR);
  mkdirSync(directory, { recursive: true });
  if (process.getuid?.() === 0) chmodSync(directory, 0o711); // PostgreSQL runs as another user and must get to its own folder
  const closers: (() => Promise<unknown>)[] = [];
  const close = async (): Promise<void> => {
    for (const end of closers.splice(0).reverse()) await end().catch((error: unknown) => logger.error({ err: error }, 'closing failed'));
  };
  try {
    const onExit = (name: string) => (reason: string): void => logger.warn({ process: name, reason }, 'a process ended and is started again');
    const { broker, address, seedFolder } = await startBus(given, directory, logger, { onBrokerExit: onExit('nats-server') });
    if (broker) closers.push(() => broker.stop());
    const postgres = config.DATABASE_URL === undefined ? await startPostgresServer({ directory: join(directory, 'postgres'), onExit: onExit('postgres') }) : null;
    if (postgres) closers.push(() => postgres.stop());
    const environment: Environment = {
      ...(await localDefaults(directory, given, withSandbox ? 'with-sandbox' : 'without-sandbox')),
      NATS_URL: address.url,
      DATABASE_URL: postgres?.url ?? config.DATABASE_URL,
    };
    const processes = new Map(APPS.filter((app) => app !== 'sandbox' || withSandbox).map((app) => [app, startApp(app, { ...environment, ...seedOf(app, seedFolder) }, onExit(app))]));
    closers.push(() => Promise.all([...processes.values()].map((process) => process.stop())));
    await waitForPort(Number(environment['PORT']), GATEWAY_START_LIMIT_MS);
    return { url: environment['PUBLIC_URL'] ?? '', broker, processes, close };
  } catch (error) {
    await close();
    throw error;
  }
}

const seedOf = (app: AppName, folder: string | undefined): Environment => (folder === undefined ? {} : { NATS_NKEY_SEED_FILE: seedPath(resolve(folder), app) });

function startApp(app: AppName, environment: Environment, onExit: (reason: string) => void): SupervisedProcess {
  const entry = fileURLToPath(new URL(`../../${app}/dist/main.js`, import.meta.url));
  return new SupervisedProcess({
    command: process.execPath,
    args: [entry],
    spawn: { stdio: ['ignore', 'inherit', 'inherit', 'ipc'], env: { ...environment, OPS_PORT: '0' } },
    restart: true,
    onExit,
  });
}
