import { sql, type RawBuilder } from 'kysely';

/**
 * Latencies are counted in buckets of 1 % width, with their sum: the mean of a bucket is at most 1 % off, and exact where a bucket holds one value. Keeping
 * every value would make percentiles of a million attempts a matter of seconds. The thinnest bucket is of 0.01 ms.
 */
export const latencyBucket = (latencyMs: RawBuilder<unknown>): RawBuilder<number> => sql<number>`round(100 * ln(greatest(${latencyMs}, 0.01)))::integer`;

/** Only attempts that succeeded tell how fast a vendor is. */
export const bucketOfOutcome = (outcome: RawBuilder<unknown>, latencyMs: RawBuilder<unknown>): RawBuilder<number> =>
  sql<number>`case when ${outcome} = 'ok' then ${latencyBucket(latencyMs)} else 0 end`;
