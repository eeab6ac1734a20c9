import { createHash, timingSafeEqual } from 'node:crypto';

const digest = (value: Uint8Array | string): Buffer => createHash('sha256').update(value).digest();

/** Whether two values are the same, in a time that tells nothing of where they differ, or of their lengths. */
export const sameInConstantTime = (left: Uint8Array | string, right: Uint8Array | string): boolean => timingSafeEqual(digest(left), digest(right));
