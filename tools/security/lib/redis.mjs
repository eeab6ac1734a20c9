// A Redis of the check's own, where there is a `redis-server`: replicas share answers and counts over it.
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { freePort } from '@tecnocursos/engines';
import { connectRedis } from '@tecnocursos/provider-kit';

/** @returns {Promise<{url: string, client: import('@tecnocursos/provider-kit').RedisClient, stop(): Promise<void>} | null>} null where none is installed */
export async function startRedis() {
  if (spawnSync('redis-server', ['--version']).status !== 0) return null;
  const port = await freePort();
  const child = spawn('redis-server', ['--port', String(port), '--bind', '127.0.0.1', '--save', '', '--appendonly', 'no'], { stdio: 'ignore' });
  const url = `redis://127.0.0.1:${port}`;
  const client = connectRedis(url, () => undefined);
  if (!client.isReady) await once(client, 'ready');
  return {
    url, client,
    async stop() {
      client.destroy();
      child.kill('SIGKILL');
      if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
    },
  };
}
