import { createHash, randomBytes } from 'node:crypto';

/** 256 bits of randomness: 43 characters of base64url. */
export const newToken = (): string => randomBytes(32).toString('base64url');
/** What is kept of a random token: 256 random bits need no slow hash. */
export const sha256 = (token: string): string => createHash('sha256').update(token).digest('hex');
