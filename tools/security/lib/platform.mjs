// The whole platform in this process, on a PostgreSQL and a nats-server of its own, so that a check can look behind it: into the database, the bus, the files and the log.
import { mkdtemp, rm } from 'node:fs/promises';
import { chmodSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Writable } from 'node:stream';
import { freePort, startNatsServer, startPostgresServer } from '@tecnocursos/engines';
import { connectBus, RpcClient } from '@tecnocursos/messaging';
import { createLogger, Metrics, startService } from '@tecnocursos/nest-kit';
import { Database } from '@tecnocursos/persistence';
import { newApiKey } from '../../lib/platform.mjs';

const SERVICES = ['sandbox', 'storage', 'identity', 'billing', 'insights', 'notifications', 'ai', 'tts', 'avatar-video', 'courses'];
/** So that a check meets the rule that it is about, and no limit before it. */
const NO_LIMITS = {
  RATE_LIMIT_KEY_RPM: '0', RATE_LIMIT_ADDRESS_RPM: '0', RATE_LIMIT_SENSITIVE_RPM: '0', IDENTITY_LOCKOUT_ADDRESS_FAILURES: '100000', IDENTITY_LOCKOUT_ACCOUNT_FAILURES: '100000',
  IDENTITY_MAILS_PER_ADDRESS: '100000', MAX_EVENT_LOOP_LAG_MS: '60000', TENANT_CONCURRENCY: '100000',
};

/**
 * @param {{ services?: string[], env?: Record<string, string>, logLevel?: string }} options
 */
export async function startPlatform({ services = SERVICES, env = {}, logLevel = 'warn' } = {}) {
  const directory = await mkdtemp(join(tmpdir(), 'tecnocursos-security-'));
  if (process.getuid?.() === 0) chmodSync(directory, 0o711); // PostgreSQL runs as another user and must get to its own folder
  const postgres = await startPostgresServer({ directory: join(directory, 'postgres'), fsync: false });
  const token = 'security-check-of-the-bus';
  const broker = await startNatsServer({ directory: join(directory, 'nats'), token });
  const bus = { url: broker.url, token };
  const [storagePort, sandboxPort, port] = [await freePort(), await freePort(), await freePort()].map(String);
  const apiKey = newApiKey();
  const environment = {
    ...NO_LIMITS, NODE_ENV: 'test', DATA_DIR: directory, DATABASE_URL: postgres.url, STORAGE_DIR: join(directory, 'storage'), MAILBOX_DIR: join(directory, 'mailbox'), STORAGE_PORT: storagePort,
    STORAGE_INTERNAL_URL: `http://127.0.0.1:${storagePort}`, SANDBOX_PORT: sandboxPort, SANDBOX_URL: `http://127.0.0.1:${sandboxPort}`, USAGE_JOURNAL_DIR: join(directory, 'usage-journal'), PORT: port,
    PUBLIC_URL: `http://127.0.0.1:${port}`, IDENTITY_BOOTSTRAP_API_KEY: apiKey, IDENTITY_JWKS_CACHE_S: '1', BILLING_COMPLIMENTARY_PLAN: 'enterprise', ...env,
  };
  const log = [];
  const destination = new Writable({ write: (chunk, _encoding, done) => { log.push(String(chunk)); done(); } });
  const database = await Database.open({ kind: 'postgresql', url: postgres.url });
  const runtime = { environment, logger: createLogger({ LOG_LEVEL: logLevel, LOG_FORMAT: 'json', NODE_ENV: 'test' }, destination), metrics: new Metrics(), bus, database: async () => database };
  const running = [];
  for (const name of services) running.push(await startService((await import(`@tecnocursos/${name}`)).service, runtime));
  const { start: startGateway } = await import('@tecnocursos/gateway');
  const gateway = await startGateway(runtime);
  const connection = await connectBus({ ...bus, name: 'security-check' });
  const rpc = new RpcClient(connection);
  const stop = async () => {
    rpc.close();
    await connection.close();
    await gateway.close();
    for (const service of running.toReversed()) await service.close();
    await database.close();
    await broker.stop();
    await postgres.stop();
    await rm(directory, { recursive: true, force: true });
  };
  return { url: gateway.url, routes: gateway.routes, apiKey, directory, environment, runtime, database, connection, rpc, log, stop };
}
