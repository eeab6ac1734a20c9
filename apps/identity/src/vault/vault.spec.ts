import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createLogger, readConfig } from '@tecnocursos/nest-kit';
import { associatedData, keyIdOf, open, seal, SealBrokenError } from './envelope.js';
import { readMasterKeys } from './master-keys.js';
import { VaultConfigSchema } from './vault.config.js';

const KEY = Buffer.alloc(32, 7);
const AAD = associatedData('secret', 'tenant', 'openai', 'api_key', 1);
const logger = createLogger({ LOG_LEVEL: 'silent', LOG_FORMAT: 'json', NODE_ENV: 'test' });

describe('envelope', () => {
  it('opens what it sealed, and seals it another way each time', () => {
    const [one, other] = [seal(KEY, 'k1', Buffer.from('segredo ✓'), AAD), seal(KEY, 'k1', Buffer.from('segredo ✓'), AAD)];
    expect(one).toMatch(/^v1\.k1\.[\w-]{16}\.[\w-]+\.[\w-]{22}$/);
    expect(one).not.toBe(other);
    expect(open(KEY, one, AAD).toString()).toBe('segredo ✓');
    expect(keyIdOf(one)).toBe('k1');
  });

  it('opens nothing elsewhere: another tenant, provider, field or version', () => {
    const sealed = seal(KEY, 'k1', Buffer.from('x'), AAD);
    for (const parts of [['secret', 'other', 'openai', 'api_key', 1], ['secret', 'tenant', 'stripe', 'api_key', 1], ['secret', 'tenant', 'openai', 'other', 1], ['secret', 'tenant', 'openai', 'api_key', 2]]) {
      expect(() => open(KEY, sealed, associatedData(...parts))).toThrow(SealBrokenError);
    }
    expect(associatedData('a', 'bc')).not.toEqual(associatedData('ab', 'c'));
  });

  it('opens nothing that was changed, cut, or sealed with another key', () => {
    const sealed = seal(KEY, 'k1', Buffer.from('secret value'), AAD);
    const [, , iv = '', text = '', tag = ''] = sealed.split('.');
    const shortTag = Buffer.from(tag, 'base64url').subarray(0, 4).toString('base64url');
    const flipped = Buffer.from(text, 'base64url');
    flipped.writeUInt8(flipped.readUInt8(0) ^ 1, 0);
    const broken = [`v1.k1.${iv}.${text}.${shortTag}`, `v1.k1.${iv}.${flipped.toString('base64url')}.${tag}`, `v1.k1.${iv}.${text}.`, `v2.k1.${iv}.${text}.${tag}`, 'v1.k1', ''];
    for (const text of broken) expect(() => open(KEY, text, AAD)).toThrow(SealBrokenError);
    expect(() => open(randomBytes(32), sealed, AAD)).toThrow(SealBrokenError);
  });

  /** McGrew and Viega, "The Galois/Counter Mode of Operation", test case 16. */
  it('is AES-256-GCM', () => {
    const hex = (text: string): Buffer => Buffer.from(text.replaceAll(' ', ''), 'hex');
    const key = hex('feffe9928665731c6d6a8f9467308308feffe9928665731c6d6a8f9467308308');
    const text = 'd9313225f88406e5a55909c5aff5269a86a7a9531534f7da2e4c303d8a318a721c3c0c95956809532fcf0e2449a6b525b16aedf5aa0de657ba637b39';
    const cipher = '522dc1f099567d07f47f37a32a84427d643a8cdcbfe5c0c97598a2bd2555d1aa8cb08e48590dbb3da7b08b1056828838c5f61e6393ba7a0abcc9f662';
    const sealed = ['v1', 'k1', ...[hex('cafebabefacedbaddecaf888'), hex(cipher), hex('76fc6ece0f4e1768cddf8853bb2d551b')].map((part) => part.toString('base64url'))].join('.');
    expect(open(key, sealed, hex('feedfacedeadbeeffeedfacedeadbeefabaddad2'))).toEqual(hex(text));
  });
});

describe('master key', () => {
  let directory: string;
  beforeAll(() => {
    directory = mkdtempSync(join(tmpdir(), 'tc-master-'));
  });
  afterAll(() => rmSync(directory, { recursive: true }));
  const read = (environment: Record<string, string>) => readMasterKeys(readConfig(VaultConfigSchema, environment), logger).current;
  const text = randomBytes(32).toString('base64');

  it('comes from the environment, a file, or a file of its own that others cannot read', () => {
    const file = join(directory, 'key');
    writeFileSync(file, `${text}\n`);
    expect(read({ IDENTITY_MASTER_KEY_FILE: file })).toEqual(read({ IDENTITY_MASTER_KEY: text }));
    const generated = read({ DATA_DIR: join(directory, 'data') });
    expect(read({ DATA_DIR: join(directory, 'data') })).toEqual(generated);
    const path = join(directory, 'data', 'identity-master.key');
    expect(statSync(path).mode & 0o777).toBe(0o600);
    expect(Buffer.from(readFileSync(path, 'utf8'), 'base64')).toHaveLength(32);
  });

  it('must be given in production over a shared database, and be a key', () => {
    expect(() => read({ NODE_ENV: 'production', DATABASE_URL: 'postgresql://x', DATA_DIR: directory })).toThrow(/IDENTITY_MASTER_KEY: is required in production/);
    expect(() => read({ IDENTITY_MASTER_KEY: 'short' })).toThrow(/IDENTITY_MASTER_KEY: must be 32 bytes/);
    expect(() => read({ IDENTITY_MASTER_KEY_FILE: join(directory, 'nothing') })).toThrow(/IDENTITY_MASTER_KEY_FILE: cannot be read \(ENOENT\)/);
    expect(() => read({ IDENTITY_MASTER_KEY: text, IDENTITY_PREVIOUS_MASTER_KEYS: 'x' })).toThrow(/IDENTITY_PREVIOUS_MASTER_KEYS/);
  });
});
