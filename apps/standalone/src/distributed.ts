import { randomBytes } from 'node:crypto';
import { chmodSync, mkdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { startNatsServer, startPostgresServer, SupervisedProcess, waitForPort, type NatsServer } from '@tecnocursos/engines';
import { createLogger, PlatformConfigSchema, readConfig, type Environment } from '@tecnocursos/nest-kit';
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
    const token = config.NATS_TOKEN ?? randomBytes(24).toString('base64url');
    const onExit = (name: string) => (reason: string): void => logger.warn({ process: name, reason }, 'a process ended and is started again');
    const broker = config.NATS_URL === undefined ? await startNatsServer({ directory: join(directory, 'nats'), token, onExit: onExit('nats-server') }) : null;
    if (broker) closers.push(() => broker.stop());
    const postgres = config.DATABASE_URL === undefined ? await startPostgresServer({ directory: join(directory, 'postgres'), onExit: onExit('postgres') }) : null;
    if (postgres) closers.push(() => postgres.stop());
    const environment: Environment = {
      ...(await localDefaults(directory, given, withSandbox ? 'with-sandbox' : 'without-sandbox')),
      NATS_URL: broker?.url ?? config.NATS_URL,
      ...(broker ? { NATS_TOKEN: token } : {}),
      DATABASE_URL: postgres?.url ?? config.DATABASE_URL,
    };
    const processes = new Map(APPS.filter((app) => app !== 'sandbox' || withSandbox).map((app) => [app, startApp(app, environment, onExit(app))]));
    closers.push(() => Promise.all([...processes.values()].map((process) => process.stop())));
    await waitForPort(Number(environment['PORT']), GATEWAY_START_LIMIT_MS);
    return { url: environment['PUBLIC_URL'] ?? '', broker, processes, close };
  } catch (error) {
    await close();
    throw error;
  }
}

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
