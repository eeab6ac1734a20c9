import { z } from 'zod';

const KEY = /^[A-Za-z0-9+/_-]{43}=?$/;
const keyText = z.string().regex(KEY, 'must be 32 bytes in base64: openssl rand -base64 32');

export const VaultConfigSchema = z.object({
  IDENTITY_MASTER_KEY: keyText.optional().meta({ description: 'the key that wraps every data key: 32 bytes in base64. Losing it loses the stored secrets' }),
  IDENTITY_MASTER_KEY_FILE: z.string().optional().meta({ description: 'file that holds the master key, such as a mounted secret; IDENTITY_MASTER_KEY wins' }),
  IDENTITY_PREVIOUS_MASTER_KEYS: z.string().transform((text) => text.split(',').map((part) => part.trim()).filter((part) => part !== ''))
    .pipe(z.array(keyText)).default([]).meta({ description: 'earlier master keys, with commas between, until every data key was wrapped anew' }),
  DATABASE_URL: z.string().optional().meta({ description: 'set: replicas share a database, and a master key must be given in production' }),
  NODE_ENV: z.enum(['development', 'production', 'test']).default('development'),
  DATA_DIR: z.string().default('.data/standalone').meta({ description: 'folder that a master key is generated in when none is given: identity-master.key, mode 0600' }),
});
export type VaultConfig = z.infer<typeof VaultConfigSchema>;
