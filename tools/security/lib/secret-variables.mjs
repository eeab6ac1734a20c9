// Names of the variables that hold secrets, as .env.example marks them.
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { root } from '../../lib/platform.mjs';

const MARKED = /^# [^\n]*\(secret\)\n(?:#[^\n]*\n)*([A-Z][A-Z0-9_]*)=/gm;
/** They have a form that no canary has, or must be right for the platform to start. */
const OF_A_FORM = /^(?:IDENTITY_(?:MASTER_KEY|PREVIOUS_MASTER_KEYS|BOOTSTRAP_API_KEY)|DATABASE_URL|NATS_TOKEN|NATS_NKEY_SEED|REDIS_URL)$|_URL$|^GTTS_TERMS_ACCEPTED|^(?:AVATAR_VIDEO_SYNTHESIA_WEBHOOK_SECRETS|WEBHOOK_SECRETS_KEY|STORAGE_SIGNING_KEY)$/;

export async function secretVariables() {
  const text = await readFile(join(root, '.env.example'), 'utf8');
  return [...text.matchAll(MARKED)].map(([, name]) => name).filter((name) => !OF_A_FORM.test(name));
}
