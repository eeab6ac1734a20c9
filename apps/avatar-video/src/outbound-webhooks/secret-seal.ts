import { createCipheriv, createDecipheriv, createHash, randomBytes } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { ConfigurationError } from '@tecnocursos/nest-kit';
import type { OutboundWebhooksConfig } from './outbound-webhooks.config.js';

const ALGORITHM = 'aes-256-gcm';
const FORMAT = 'v1';
const KEY_BYTES = 32;
const IV_BYTES = 12;
/** Node takes shorter tags unless it is told the length. */
const TAG_BYTES = 16;

/** Keeps secrets of endpoints unreadable for whoever reads the tables. A sealed secret opens at its own endpoint alone. */
export class SecretSeal {
  private readonly keyId: string;

  constructor(private readonly key: Buffer) {
    if (key.length !== KEY_BYTES) throw new ConfigurationError(['WEBHOOK_SECRETS_KEY: must be 32 bytes in base64: openssl rand -base64 32']);
    this.keyId = createHash('sha256').update(key).digest('hex').slice(0, 8);
  }

  /** `v1.<key id>.<iv>.<ciphertext>.<tag>`. @param place tenant and endpoint. */
  seal(secret: string, place: readonly [tenantId: string, endpointId: string]): string {
    const iv = randomBytes(IV_BYTES);
    const cipher = createCipheriv(ALGORITHM, this.key, iv, { authTagLength: TAG_BYTES });
    cipher.setAAD(Buffer.from(JSON.stringify(place)));
    const sealed = Buffer.concat([cipher.update(secret, 'utf8'), cipher.final()]);
    return [FORMAT, this.keyId, ...[iv, sealed, cipher.getAuthTag()].map((part) => part.toString('base64url'))].join('.');
  }

  /** @throws Error when it was changed, moved, or sealed with another key. */
  open(sealed: string, place: readonly [tenantId: string, endpointId: string]): string {
    const [format, keyId, ...parts] = sealed.split('.');
    const [iv, ciphertext, tag] = parts.map((part) => Buffer.from(part, 'base64url'));
    if (format !== FORMAT || keyId !== this.keyId || iv?.length !== IV_BYTES || !ciphertext || tag?.length !== TAG_BYTES) throw new Error('The secret of a webhook endpoint does not open: WEBHOOK_SECRETS_KEY is another one');
    const decipher = createDecipheriv(ALGORITHM, this.key, iv, { authTagLength: TAG_BYTES });
    decipher.setAAD(Buffer.from(JSON.stringify(place)));
    decipher.setAuthTag(tag);
    return Buffer.concat([decipher.update(ciphertext), decipher.final()]).toString('utf8');
  }
}

/**
 * The key of the environment, else one that is made once in DATA_DIR.
 * @throws ConfigurationError in production over a shared database without a key: two machines would each make their own.
 */
export function secretSealOf(config: OutboundWebhooksConfig): SecretSeal {
  if (config.WEBHOOK_SECRETS_KEY !== undefined) return new SecretSeal(Buffer.from(config.WEBHOOK_SECRETS_KEY, 'base64'));
  if (config.NODE_ENV === 'production' && config.DATABASE_URL !== undefined) {
    throw new ConfigurationError(['WEBHOOK_SECRETS_KEY: is required in production when DATABASE_URL is set: openssl rand -base64 32']);
  }
  return new SecretSeal(Buffer.from(keyFile(join(config.DATA_DIR, 'webhook-secrets.key')), 'base64'));
}

/** Of several processes that start together the file decides which one has made the key. */
function keyFile(path: string): string {
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
  try {
    writeFileSync(path, randomBytes(KEY_BYTES).toString('base64'), { mode: 0o600, flag: 'wx' });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  }
  return readFileSync(path, 'utf8');
}
