import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startNatsServer as startEngine, type NatsServer } from '@tecnocursos/engines';

export interface TestNatsServer extends NatsServer {
  /** Folder of its streams. */
  readonly storeDir: string;
}

/**
 * A real nats-server with JetStream on a free loopback port, which accepts connections when this returns. `kill` is a crash
 * after which it comes back on the same port; `stop` also removes its streams, unless they are in a `storeDir` of the caller's.
 */
export async function startNatsServer(options: { storeDir?: string } = {}): Promise<TestNatsServer> {
  const storeDir = options.storeDir ?? (await mkdtemp(join(tmpdir(), 'tc-nats-')));
  const server = await startEngine({ directory: storeDir });
  return {
    url: server.url,
    storeDir,
    get pid() {
      return server.pid;
    },
    kill: () => server.kill(),
    stop: async () => {
      await server.stop();
      if (options.storeDir === undefined) await rm(storeDir, { recursive: true, force: true });
    },
  };
}
