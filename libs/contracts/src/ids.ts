import { createHash, randomFillSync } from 'node:crypto';
import { v5, v7 } from 'uuid';

const RANDOM_BYTES = 16;
const pool = Buffer.alloc(256 * RANDOM_BYTES);
let used = pool.length;

/** Random bytes by the handful: asking the system for each id would cost more than the rest of it. */
function randomBytes(): Uint8Array {
  if (used === pool.length) {
    randomFillSync(pool);
    used = 0;
  }
  used += RANDOM_BYTES;
  return pool.subarray(used - RANDOM_BYTES, used);
}

const last = { msecs: 0, seq: 0 };
/** Room for two thousand million further ids of the same millisecond. */
const START_OF_SEQUENCE = 0x7fffffff;

/** A new identifier (UUIDv7); those of one process are in the order in which they were made. */
export function newId(): string {
  const random = randomBytes();
  const now = Date.now();
  if (now > last.msecs) Object.assign(last, { msecs: now, seq: ((random[6] ?? 0) << 23) & START_OF_SEQUENCE });
  else last.seq += 1;
  return v7({ random, msecs: last.msecs, seq: last.seq });
}

/** The same identifier for the same parts, so that a repeated request names the same thing (UUIDv5). */
export function derivedId(...parts: readonly [string, ...string[]]): string {
  return v5(createHash('sha256').update(JSON.stringify(parts)).digest('hex'), v5.URL);
}
