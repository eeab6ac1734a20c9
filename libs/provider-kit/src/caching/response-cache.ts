import { LRUCache } from 'lru-cache';
import type { RedisClient } from '../redis/redis-client.js';

const MIB = 1024 * 1024;

export interface CacheOptions {
  /** Bytes of this process's memory, keys included. */
  readonly maxBytes?: number;
  /** Larger answers are not kept. */
  readonly maxEntryBytes?: number;
  readonly redis?: RedisClient | undefined;
}

/** Answers by the hash of what they answer: in memory up to a bound, and in Redis for all replicas when there is one. */
export class ResponseCache {
  private readonly memory: LRUCache<string, string>;
  private readonly maxEntryBytes: number;
  private readonly redis: RedisClient | undefined;

  constructor(options: CacheOptions = {}) {
    const maxSize = options.maxBytes ?? 64 * MIB;
    this.maxEntryBytes = options.maxEntryBytes ?? MIB;
    this.redis = options.redis;
    this.memory = new LRUCache({ maxSize, maxEntrySize: this.maxEntryBytes, sizeCalculation: (text, key) => 2 * (text.length + key.length) });
  }

  /** The stored JSON text. A cache that cannot be reached holds nothing. */
  get(key: string): string | undefined | Promise<string | undefined> {
    const known = this.memory.get(key);
    if (known !== undefined || !this.redis?.isReady) return known;
    return this.fromRedis(this.redis, key);
  }

  set(key: string, text: string, ttlS: number): void {
    if (ttlS <= 0 || text.length > this.maxEntryBytes) return;
    this.memory.set(key, text, { ttl: ttlS * 1_000 });
    if (this.redis?.isReady) this.redis.set(redisKey(key), text, { expiration: { type: 'EX', value: ttlS } }).catch(() => undefined); // best effort
  }

  /** Drops, in this process, the answers whose keys begin so. @returns how many there were. */
  dropMemory(prefix: string): number {
    const keys = [...this.memory.keys()].filter((key) => key.startsWith(prefix));
    for (const key of keys) this.memory.delete(key);
    return keys.length;
  }

  /** Drops answers here and in Redis. @throws when Redis is configured and does not answer: what it holds would come back. @returns how many this process had. */
  async drop(prefix: string): Promise<number> {
    if (this.redis) {
      for await (const keys of this.redis.scanIterator({ MATCH: `${redisKey(prefix)}*`, COUNT: 500 })) if (keys.length > 0) await this.redis.unlink(keys);
    }
    return this.dropMemory(prefix);
  }

  private async fromRedis(redis: RedisClient, key: string): Promise<string | undefined> {
    try {
      const [text, ttlS] = await Promise.all([redis.get(redisKey(key)), redis.ttl(redisKey(key))]);
      if (text === null || typeof text !== 'string') return undefined;
      if (ttlS > 0) this.memory.set(key, text, { ttl: ttlS * 1_000 });
      return text;
    } catch {
      return undefined;
    }
  }
}

const redisKey = (key: string): string => `tc:answer:${key}`;
