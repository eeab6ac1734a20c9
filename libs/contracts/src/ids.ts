import { createHash } from 'node:crypto';
import { v5, v7 } from 'uuid';

/** A new time-ordered identifier (UUIDv7). */
export const newId = (): string => v7();

/** The same identifier for the same parts, so that a repeated request names the same thing (UUIDv5). */
export function derivedId(...parts: readonly [string, ...string[]]): string {
  return v5(createHash('sha256').update(JSON.stringify(parts)).digest('hex'), v5.URL);
}
