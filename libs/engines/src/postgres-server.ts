import { execFileSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { chownSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { AppError } from '@tecnocursos/contracts';
import { freePort, waitForPort } from './free-port.js';
import { endOrphan } from './orphan.js';
import { requireProgram } from './programs.js';
import { SupervisedProcess } from './supervised-process.js';

export interface PostgresServerOptions {
  directory: string;
  port?: number;
  /** `false` trades safety against power cuts for speed, for tests. */
  fsync?: boolean;
  onExit?: (reason: string) => void;
}

export interface PostgresServer {
  /** `postgresql://…`, with the password of the cluster. */
  url: string;
  kill(): void;
  stop(): Promise<void>;
}

const START_LIMIT_MS = 15_000;
const USER = 'tecnocursos';

/** A PostgreSQL cluster of our own on loopback, made at the first start. As root it runs as the user `postgres` or `nobody`. */
export async function startPostgresServer(options: PostgresServerOptions): Promise<PostgresServer> {
  const owner = unprivilegedOwner();
  const cluster = join(options.directory, 'cluster');
  const passwordFile = join(options.directory, 'password');
  mkdirSync(options.directory, { recursive: true, mode: 0o755 });
  if (!existsSync(join(cluster, 'PG_VERSION'))) createCluster(options.directory, cluster, passwordFile, owner);
  await endOrphan(join(cluster, 'postmaster.pid'), cluster, 'SIGINT');
  const port = options.port ?? (await freePort());
  const settings = [`port=${port}`, 'listen_addresses=127.0.0.1', 'unix_socket_directories=', 'max_connections=100', `fsync=${options.fsync === false ? 'off' : 'on'}`];
  const process = new SupervisedProcess({
    command: requireProgram('postgres'),
    args: ['-D', cluster, ...settings.flatMap((setting) => ['-c', setting])],
    spawn: { ...owner },
    restart: true,
    stopSignal: 'SIGINT',
    ...(options.onExit && { onExit: options.onExit }),
  });
  await waitForPort(port, START_LIMIT_MS);
  const password = readFileSync(passwordFile, 'utf8').trim();
  return {
    url: `postgresql://${USER}:${password}@127.0.0.1:${port}/postgres`,
    kill: () => process.kill(),
    stop: () => process.stop(),
  };
}

type Owner = { uid: number; gid: number } | undefined;

function createCluster(directory: string, cluster: string, passwordFile: string, owner: Owner): void {
  rmSync(cluster, { recursive: true, force: true });
  mkdirSync(cluster, { mode: 0o700 });
  writeFileSync(passwordFile, `${randomBytes(24).toString('hex')}\n`, { mode: 0o600 });
  if (owner) for (const path of [directory, cluster, passwordFile]) chownSync(path, owner.uid, owner.gid);
  const args = ['-D', cluster, '-U', USER, '-E', 'UTF8', '--locale=C', '--auth=scram-sha-256', `--pwfile=${passwordFile}`, '--no-sync'];
  try {
    execFileSync(requireProgram('initdb'), args, { stdio: ['ignore', 'ignore', 'pipe'], ...owner });
  } catch (cause) {
    const who = owner ? ' as an unprivileged user, which must be able to reach it' : '';
    throw new AppError('engine_failed', `PostgreSQL could not make a cluster in ${cluster}${who}. Choose another DATA_DIR, or give DATABASE_URL.`, { cause });
  }
}

/** PostgreSQL refuses to run as root. */
function unprivilegedOwner(): Owner {
  if (process.getuid?.() !== 0) return undefined;
  for (const name of ['postgres', 'nobody']) {
    try {
      const id = (flag: string): number => Number(execFileSync('id', [flag, name], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }));
      return { uid: id('-u'), gid: id('-g') };
    } catch {
      continue;
    }
  }
  return undefined;
}
