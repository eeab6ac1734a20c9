import { createHash, randomBytes } from 'node:crypto';

export const newApiKey = (): string => `tc_${randomBytes(32).toString('base64url')}`;
export const apiKeySha256 = (key: string): string => createHash('sha256').update(key).digest('hex');
