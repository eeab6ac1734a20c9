import { mkdtemp, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { decodeSigningKey, keptSigningKey } from './signing-key.js';

describe('decodeSigningKey', () => {
  it('takes hex and base64url of 32 bytes or more', () => {
    expect(decodeSigningKey('ab'.repeat(32))).toEqual(Buffer.alloc(32, 0xab));
    expect(decodeSigningKey(Buffer.alloc(48, 7).toString('base64url'))).toEqual(Buffer.alloc(48, 7));
  });

  it('refuses less, and other text', () => {
    for (const text of ['', 'ab'.repeat(16), Buffer.alloc(31).toString('base64url'), 'a key with spaces'.repeat(5)]) expect(decodeSigningKey(text)).toBeNull();
  });
});

describe('keptSigningKey', () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'tc-key-'));
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));

  it('makes one key, for its owner alone, also when many start together', async () => {
    const keys = await Promise.all(Array.from({ length: 20 }, () => keptSigningKey(folder)));
    expect(new Set(keys.map((key) => key.toString('hex'))).size).toBe(1);
    expect((await stat(join(folder, '.signing-key'))).mode & 0o777).toBe(0o600);
    expect(await readdir(folder)).toEqual(['.signing-key']);
  });

  it('says what to do about a damaged file', async () => {
    await writeFile(join(folder, '.signing-key'), 'short');
    await expect(keptSigningKey(folder)).rejects.toThrow(/Remove it/);
  });
});
