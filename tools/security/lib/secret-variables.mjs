// Names of the variables that hold secrets, as .env.example marks them.
import { randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { newApiKey, root } from '../../lib/platform.mjs';

const MARKED = /^# [^\n]*\(secret\)\n(?:#[^\n]*\n)*([A-Z][A-Z0-9_]*)=/gm;
/** They lead to the check's own database and broker. */
const OF_THE_PLATFORM = /^(?:NATS_TOKEN|NATS_NKEY_SEED)$|_URL$/;
const keyOf32Bytes = () => randomBytes(32).toString('base64url');
/** Random in the form that they must have. */
const FORMED = {
  IDENTITY_MASTER_KEY: keyOf32Bytes, IDENTITY_PREVIOUS_MASTER_KEYS: keyOf32Bytes, WEBHOOK_SECRETS_KEY: keyOf32Bytes, STORAGE_SIGNING_KEY: keyOf32Bytes, IDENTITY_BOOTSTRAP_API_KEY: newApiKey,
};

export async function secretVariables() {
  const text = await readFile(join(root, '.env.example'), 'utf8');
  return [...text.matchAll(MARKED)].map(([, name]) => name).filter((name) => !OF_THE_PLATFORM.test(name));
}

/** A value that is met nowhere else. */
export const canaryOf = (name) => FORMED[name]?.() ?? `CANARY-${name.toLowerCase().replaceAll('_', '-')}-${randomBytes(9).toString('hex')}`;
