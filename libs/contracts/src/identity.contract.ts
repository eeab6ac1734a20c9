import { z } from 'zod';
import { LanguageSchema, TenantIdSchema } from './common.js';
import { defineRpc } from './rpc.js';

/** `tc_` and 43 characters of base64url: 256 bits of randomness. */
export const API_KEY_PATTERN = /^tc_[A-Za-z0-9_-]{43}$/;

export const verifyApiKey = defineRpc('identity.api-key.verify.v1', {
  summary: 'Whose API key this is. The key itself never travels: its SHA-256 does.',
  request: z.strictObject({ key_sha256: z.string().regex(/^[0-9a-f]{64}$/) }),
  reply: z.object({ tenant_id: TenantIdSchema, key_id: z.uuid() }),
  tenant: 'none',
  errors: ['api_key_invalid'],
});

export const getTenant = defineRpc('identity.tenant.get.v1', {
  summary: 'The calling tenant: its name, and where its messages go',
  request: z.strictObject({}),
  reply: z.object({
    tenant: z.object({ id: TenantIdSchema, name: z.string(), owner_name: z.string(), owner_email: z.email(), language: LanguageSchema }),
  }),
  errors: ['not_found'],
});
