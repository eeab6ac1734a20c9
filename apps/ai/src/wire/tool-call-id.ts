import { createHash } from 'node:crypto';

const PLAIN = /^[A-Za-z0-9_-]{1,40}$/;
const DIGEST_LENGTH = 32;

/**
 * An id of a tool call that every vendor takes: letters, digits, `_` and `-`, at most 40 of them. A conversation that one vendor began may go on at another,
 * whose ids look different; the same id always becomes the same, so that calls and results still belong together.
 */
export function plainCallId(id: string): string {
  return PLAIN.test(id) ? id : `call_${createHash('sha256').update(id).digest('hex').slice(0, DIGEST_LENGTH)}`;
}
