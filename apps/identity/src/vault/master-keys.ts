import { createHash, randomBytes } from 'node:crypto';
import { mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { ConfigurationError, type Logger } from '@tecnocursos/nest-kit';
import { KEY_BYTES } from './envelope.js';
import type { VaultConfig } from './vault.config.js';

export interface MasterKey {
  /** First 16 hex digits of the key's SHA-256: tells keys apart, and nothing of them. */
  readonly id: string;
  readonly key: Buffer;
}

/** The key that wraps, and the earlier ones that still unwrap. */
export class MasterKeys {
  private readonly byId: ReadonlyMap<string, MasterKey>;

  constructor(readonly current: MasterKey, previous: readonly MasterKey[] = []) {
    this.byId = new Map([...previous, current].map((key) => [key.id, key]));
  }

  find(id: string): MasterKey | undefined {
    return this.byId.get(id);
  }
}

export function masterKeyOf(text: string): MasterKey {
  const key = Buffer.from(text.trim(), 'base64');
  if (key.length !== KEY_BYTES) throw new ConfigurationError(['IDENTITY_MASTER_KEY: must be 32 bytes in base64: openssl rand -base64 32']);
  return { id: createHash('sha256').update(key).digest('hex').slice(0, 16), key };
}

/**
 * From the environment, else from the given file, else from a file that is made once in DATA_DIR.
 * @throws ConfigurationError in production over a shared database without a key: two machines would each make their own.
 */
export function readMasterKeys(config: VaultConfig, logger: Logger): MasterKeys {
  const previous = config.IDENTITY_PREVIOUS_MASTER_KEYS.map(masterKeyOf);
  if (config.IDENTITY_MASTER_KEY !== undefined) return new MasterKeys(masterKeyOf(config.IDENTITY_MASTER_KEY), previous);
  if (config.IDENTITY_MASTER_KEY_FILE !== undefined) return new MasterKeys(masterKeyOf(readKeyFile(config.IDENTITY_MASTER_KEY_FILE)), previous);
  if (config.NODE_ENV === 'production' && config.DATABASE_URL !== undefined) {
    throw new ConfigurationError(['IDENTITY_MASTER_KEY: is required in production when DATABASE_URL is set (or IDENTITY_MASTER_KEY_FILE): openssl rand -base64 32']);
  }
  return new MasterKeys(masterKeyOf(generatedKey(join(config.DATA_DIR, 'identity-master.key'), logger)), previous);
}

function readKeyFile(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (cause) {
    throw new ConfigurationError([`IDENTITY_MASTER_KEY_FILE: cannot be read (${(cause as NodeJS.ErrnoException).code ?? 'error'})`]);
  }
}

const GROUP_AND_OTHERS = 0o077;

/** The file decides which of several processes that start together has made the key. */
function generatedKey(path: string, logger: Logger): string {
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
  try {
    writeFileSync(path, `${randomBytes(KEY_BYTES).toString('base64')}\n`, { flag: 'wx', mode: 0o600, flush: true });
    logger.warn({ file: path }, 'a master key was made; keep a copy of it, for stored secrets are lost without it');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  }
  if ((statSync(path).mode & GROUP_AND_OTHERS) !== 0) logger.warn({ file: path }, 'others may read the master key: chmod 600');
  return waitForContent(path);
}

const TRIES = 50;

/** Another process may have made the file an instant ago, and not have written it yet. */
function waitForContent(path: string): string {
  for (let tries = 0; tries < TRIES; tries += 1) {
    const text = readFileSync(path, 'utf8');
    if (text.endsWith('\n')) return text;
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 20);
  }
  throw new ConfigurationError([`${path}: holds no key; remove it when nothing was stored yet, or put the key back`]);
}
