import { randomBytes } from 'node:crypto';
import { link, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

const KEY_BYTES = 32;

/** The key's bytes, or null when the text is not base64url or hex of 32 bytes or more. */
export function decodeSigningKey(text: string): Buffer | null {
  if (/^([0-9a-f]{2})+$/i.test(text) && text.length >= KEY_BYTES * 2) return Buffer.from(text, 'hex');
  if (!/^[A-Za-z0-9_-]+=*$/.test(text)) return null;
  const bytes = Buffer.from(text, 'base64url');
  return bytes.length >= KEY_BYTES ? bytes : null;
}

/** The key kept in the folder; made there at the first start. Replicas that start together agree on one. */
export async function keptSigningKey(folder: string): Promise<Buffer> {
  const path = join(folder, '.signing-key');
  return (await readKey(path)) ?? (await makeKey(folder, path));
}

async function readKey(path: string): Promise<Buffer | null> {
  let text: string;
  try {
    text = await readFile(path, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw error;
  }
  const key = decodeSigningKey(text.trim());
  if (key === null) throw new Error(`${path} does not hold a signing key. Remove it to have a new one made: links given out before end then.`);
  return key;
}

/** A hard link takes its name as a whole and only when it is free: nobody reads half a key, and the first one stays. */
async function makeKey(folder: string, path: string): Promise<Buffer> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const draft = `${path}.${randomBytes(6).toString('hex')}`;
  try {
    await writeFile(draft, `${randomBytes(KEY_BYTES).toString('base64url')}\n`, { mode: 0o600, flag: 'wx', flush: true });
    await link(draft, path).catch((error: NodeJS.ErrnoException) => {
      if (error.code !== 'EEXIST') throw error;
    });
  } finally {
    await rm(draft, { force: true });
  }
  const key = await readKey(path);
  if (key === null) throw new Error(`${path} was removed while it was made`);
  return key;
}
