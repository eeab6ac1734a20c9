import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';

const ALGORITHM = 'aes-256-gcm';
const FORMAT = 'v1';
/** 96 bits: what GCM is made for (NIST SP 800-38D §8.2). Random ones are safe for 2^32 uses of a key. */
const IV_BYTES = 12;
/** All 128 bits: Node takes shorter tags unless it is told the length, and a 4-byte tag is guessed in an afternoon. */
const TAG_BYTES = 16;
export const KEY_BYTES = 32;

/** A ciphertext that was changed, cut, moved to another place, or sealed with another key. Says nothing of what was in it. */
export class SealBrokenError extends Error {
  constructor() {
    super('A sealed value does not open: it was changed or moved, or its key is another one.');
    this.name = 'SealBrokenError';
  }
}

/** What a sealed value is bound to: it opens in the same place alone. JSON keeps the parts apart. */
export const associatedData = (...parts: readonly (string | number)[]): Buffer => Buffer.from(JSON.stringify(parts));

/** `v1.<key id>.<iv>.<ciphertext>.<tag>`, the last three in base64url. */
export function seal(key: Buffer, keyId: string, plaintext: Buffer, aad: Buffer): string {
  const iv = randomBytes(IV_BYTES);
  const cipher = createCipheriv(ALGORITHM, key, iv, { authTagLength: TAG_BYTES });
  cipher.setAAD(aad);
  const ciphertext = Buffer.concat([cipher.update(plaintext), cipher.final()]);
  return [FORMAT, keyId, ...[iv, ciphertext, cipher.getAuthTag()].map((part) => part.toString('base64url'))].join('.');
}

/** Id of the key that a value was sealed with. @throws SealBrokenError when it is no sealed value. */
export function keyIdOf(sealed: string): string {
  const [format, keyId, ...parts] = sealed.split('.');
  if (format !== FORMAT || !keyId || parts.length !== 3) throw new SealBrokenError();
  return keyId;
}

/** @throws SealBrokenError. */
export function open(key: Buffer, sealed: string, aad: Buffer): Buffer {
  keyIdOf(sealed);
  const [iv, ciphertext, tag] = sealed.split('.').slice(2).map((part) => Buffer.from(part, 'base64url'));
  if (iv?.length !== IV_BYTES || ciphertext === undefined || tag?.length !== TAG_BYTES) throw new SealBrokenError();
  try {
    const decipher = createDecipheriv(ALGORITHM, key, iv, { authTagLength: TAG_BYTES });
    decipher.setAAD(aad);
    decipher.setAuthTag(tag);
    return Buffer.concat([decipher.update(ciphertext), decipher.final()]);
  } catch {
    throw new SealBrokenError();
  }
}
