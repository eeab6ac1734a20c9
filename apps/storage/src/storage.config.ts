import { z } from 'zod';
import { decodeSigningKey } from './links/signing-key.js';

export const StorageConfigSchema = z.object({
  STORAGE_DIR: z.string().default('.data/storage').meta({ description: 'folder of the stored objects' }),
  STORAGE_HOST: z.string().default('127.0.0.1').meta({ description: 'address that the data plane listens on' }),
  STORAGE_PORT: z.coerce.number().int().min(0).max(65_535).default(0).meta({ description: 'port of the data plane; 0: any free one' }),
  STORAGE_INTERNAL_URL: z.url({ protocol: /^https?$/ }).optional().meta({
    description: 'where other services reach the data plane; http://STORAGE_HOST:port when absent',
  }),
  PUBLIC_URL: z.url({ protocol: /^https?$/ }).default('http://127.0.0.1:3000').meta({ description: 'where browsers reach the gateway' }),
  STORAGE_SIGNING_KEY: z
    .string()
    .refine((text) => decodeSigningKey(text) !== null, 'must be 32 bytes or more, as base64url or hex')
    .optional()
    .meta({ description: 'secret that links are signed with; made at the first start and kept in STORAGE_DIR when absent' }),
});
export type StorageConfig = z.infer<typeof StorageConfigSchema>;
