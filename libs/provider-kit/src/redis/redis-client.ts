import { createClient } from 'redis';

const clientOf = (url: string) =>
  createClient({
    url,
    disableOfflineQueue: true,
    socket: { connectTimeout: 2_000, reconnectStrategy: (retries: number) => Math.min(50 * 2 ** retries, 2_000) },
  });

export type RedisClient = ReturnType<typeof clientOf>;

/**
 * A connection that reconnects for ever and never queues: what waits for Redis is the caller's request, and all that Redis holds here can be done without.
 * @param onError told of each lost connection.
 */
export function connectRedis(url: string, onError: (error: unknown) => void): RedisClient {
  const client = clientOf(url);
  client.on('error', onError);
  client.connect().catch(onError);
  return client;
}
