import { RateLimiterMemory, RateLimiterRedis, RateLimiterRes, type RateLimiterAbstract } from 'rate-limiter-flexible';
import type { RedisClient } from '../redis/redis-client.js';

const MINUTE_S = 60;

export interface RateLimitOptions {
  /** Names the counters; the same name counts together in all replicas when Redis is there. */
  readonly name: string;
  readonly requestsPerMinute?: number | undefined;
  readonly tokensPerMinute?: number | undefined;
  readonly redis?: RedisClient | undefined;
}

/** Requests and tokens a minute, by a key; in Redis when there is one, with the process's own counters when it does not answer. */
export class RateLimit {
  private readonly requests: RateLimiterAbstract | undefined;
  private readonly tokens: RateLimiterAbstract | undefined;

  constructor(options: RateLimitOptions) {
    this.requests = limiterOf(`${options.name}:requests`, options.requestsPerMinute, options.redis);
    this.tokens = limiterOf(`${options.name}:tokens`, options.tokensPerMinute, options.redis);
  }

  get isUnlimited(): boolean {
    return !this.requests && !this.tokens;
  }

  /** Counts one request of so many tokens; milliseconds to wait when that is too many, and then nothing is counted. */
  async take(key: string, tokens: number): Promise<number> {
    const waitForRequest = await consume(this.requests, key, 1);
    if (waitForRequest > 0) return waitForRequest;
    const waitForTokens = tokens > 0 ? await consume(this.tokens, key, tokens) : 0;
    if (waitForTokens > 0) await this.requests?.reward(key, 1);
    return waitForTokens;
  }
}

/** A single request larger than a whole minute's allowance passes when the minute is untouched: it could never pass otherwise. */
async function consume(limiter: RateLimiterAbstract | undefined, key: string, points: number): Promise<number> {
  if (!limiter) return 0;
  try {
    await limiter.consume(key, Math.min(points, limiter.points));
    return 0;
  } catch (error) {
    if (!(error instanceof RateLimiterRes)) return 0; // the counters are out of reach: the vendor's own limit stands
    await limiter.reward(key, Math.min(points, limiter.points));
    return Math.max(1, error.msBeforeNext);
  }
}

function limiterOf(name: string, points: number | undefined, redis: RedisClient | undefined): RateLimiterAbstract | undefined {
  if (points === undefined) return undefined;
  const memory = new RateLimiterMemory({ keyPrefix: name, points, duration: MINUTE_S });
  if (!redis) return memory;
  return new RateLimiterRedis({ storeClient: redis, useRedisPackage: true, keyPrefix: `tc:${name}`, points, duration: MINUTE_S, insuranceLimiter: memory, rejectIfRedisNotReady: true });
}
