import { once } from 'node:events';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ResponseCache } from '../caching/response-cache.js';
import { RateLimit } from '../resilience/rate-limit.js';
import { hasRedis, startRedis, type TestRedis } from '../testing/redis.harness.js';
import { wait } from '../testing/chain.fixture.js';
import { connectRedis, type RedisClient } from './redis-client.js';

const found = hasRedis();
const withRedis = found ? describe : describe.skip;
if (!found) console.warn('redis-server is not installed: sharing of answers and rate limits over Redis was not tested.');

const connected = async (url: string): Promise<RedisClient> => {
  const client = connectRedis(url, () => undefined);
  if (!client.isReady) await once(client, 'ready');
  return client;
};

withRedis('with Redis', () => {
  let server: TestRedis;
  let one: RedisClient;
  let two: RedisClient;

  beforeAll(async () => {
    server = await startRedis();
    [one, two] = await Promise.all([connected(server.url), connected(server.url)]);
  });
  afterAll(async () => {
    one.destroy();
    two.destroy();
    await server.stop();
  });

  it('counts a rate limit together in two replicas', async () => {
    const options = { name: 'shared', requestsPerMinute: 10, tokensPerMinute: 1_000 };
    const limits = [new RateLimit({ ...options, redis: one }), new RateLimit({ ...options, redis: two })];
    const waits = await Promise.all(Array.from({ length: 40 }, (_unused, index) => limits[index % 2]?.take('a', 10)));
    expect(waits.filter((milliseconds) => milliseconds === 0)).toHaveLength(10);
    expect(await limits[0]?.take('b', 10)).toBe(0);
  });

  it('shares answers between replicas, for as long as they live', async () => {
    const [writer, reader] = [new ResponseCache({ redis: one }), new ResponseCache({ redis: two })];
    writer.set('answer', '"42"', 1);
    for (let tries = 0; tries < 50 && (await two.get('tc:answer:answer')) === null; tries += 1) await wait(10);
    expect(await reader.get('answer')).toBe('"42"');
    await wait(1_100);
    expect(await reader.get('answer')).toBeUndefined();
    expect(await writer.get('answer')).toBeUndefined();
  });

  it('drops the answers of one tenant everywhere, and does not say so when Redis cannot be asked', async () => {
    const [writer, reader] = [new ResponseCache({ redis: one }), new ResponseCache({ redis: two })];
    for (let number = 0; number < 1_200; number += 1) writer.set(`ana:${number}`, '"zq"', 60);
    writer.set('bia:1', '"zq"', 60);
    for (let tries = 0; tries < 50 && (await two.get('tc:answer:bia:1')) === null; tries += 1) await wait(10);
    expect(await writer.drop('ana:')).toBe(1_200);
    expect(await two.keys('tc:answer:ana:*')).toEqual([]);
    expect(await reader.get('ana:5')).toBeUndefined();
    expect(await writer.get('bia:1')).toBe('"zq"');
    const gone = await startRedis();
    const client = await connected(gone.url);
    await gone.stop();
    await expect(new ResponseCache({ redis: client }).drop('ana:')).rejects.toThrow();
    client.destroy();
  });

  it('goes on with counters and answers of its own when Redis goes away', async () => {
    const gone = await startRedis();
    const client = await connected(gone.url);
    const limit = new RateLimit({ name: 'left', requestsPerMinute: 2, redis: client });
    const cache = new ResponseCache({ redis: client });
    expect(await limit.take('a', 0)).toBe(0);
    await gone.stop();
    cache.set('key', '1', 60);
    expect(await cache.get('key')).toBe('1');
    expect(await cache.get('other')).toBeUndefined();
    const waits = await Promise.all(Array.from({ length: 5 }, () => limit.take('a', 0)));
    expect(waits.filter((milliseconds) => milliseconds === 0)).toHaveLength(2);
    client.destroy();
  });
});
