import { mkdir, writeFile } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import { delimiter, join } from 'node:path';
import { freePort, waitForPort } from './free-port.js';
import { natsAuthorization, natsTls, quoted, type NatsServerTls, type NatsUser } from './nats-config.js';
import { endOrphan } from './orphan.js';
import { requireProgram } from './programs.js';
import { searchPath } from './search-path.config.js';
import { SupervisedProcess } from './supervised-process.js';

export interface NatsServerOptions {
  /** Folder that JetStream keeps its streams in. */
  directory: string;
  port?: number;
  /** Who may connect, and what they may do; without users and token, anybody on this machine may do everything. */
  users?: readonly NatsUser[];
  /** Clients must show it, when there are no users. */
  token?: string;
  /** Clients reach it encrypted, and as `localhost`, which its certificate must be for. */
  tls?: NatsServerTls;
  onExit?: (reason: string) => void;
}

export interface NatsServer {
  url: string;
  readonly pid: number | undefined;
  /** As a crash would; the server is started again on the same port with the same streams. */
  kill(): void;
  stop(): Promise<void>;
}

const START_LIMIT_MS = 10_000;

/** A nats-server of our own on loopback, with JetStream, kept running until `stop`. */
export async function startNatsServer(options: NatsServerOptions): Promise<NatsServer> {
  const command = requireProgram('nats-server');
  await mkdir(options.directory, { recursive: true });
  const pidFile = join(options.directory, 'nats-server.pid');
  await endOrphan(pidFile, options.directory, 'SIGKILL');
  const port = options.port ?? (await freePort());
  const config = join(options.directory, 'nats-server.conf'); // a token among the arguments would show in process lists
  await writeFile(config, configOf(options), { mode: 0o600 });
  const server = new SupervisedProcess({
    command,
    spawn: { env: brokerEnvironment() },
    args: ['-a', '127.0.0.1', '-p', String(port), '-js', '-sd', options.directory, '-P', pidFile, '-c', config],
    restart: true,
    ...(options.onExit && { onExit: options.onExit }),
  });
  await waitForPort(port, START_LIMIT_MS);
  return {
    url: options.tls ? `tls://localhost:${port}` : `nats://127.0.0.1:${port}`,
    get pid() {
      return server.pid;
    },
    kill: () => server.kill(),
    stop: () => server.stop(),
  };
}

/**
 * Nothing of ours, which has secrets. The broker shares this machine with everything else: on few cores, threads of its own that wake each other cost more than
 * they carry.
 */
const brokerEnvironment = (): Record<string, string> => ({ PATH: searchPath().join(delimiter), GOMAXPROCS: String(Math.max(1, Math.floor(availableParallelism() / 2))) });

function configOf({ users, token, tls }: NatsServerOptions): string {
  const who = users ? natsAuthorization(users) : token === undefined ? '' : `authorization { token: ${quoted(token)} }\n`;
  return who + (tls ? natsTls(tls) : '');
}
