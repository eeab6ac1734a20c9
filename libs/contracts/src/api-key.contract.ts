import { z } from 'zod';
import { ActorSchema, ClientSchema, lineOfText, PermissionSchema, RoleSchema } from './access.js';
import { TenantIdSchema, TimestampSchema } from './common.js';
import { defineRpc } from './rpc.js';

/** `tc_live_` or `tc_test_`, or `tc_` alone for the oldest, which are live; then 43 characters of base64url: 256 bits of randomness. */
export const API_KEY_PATTERN = /^tc_(?:live_|test_)?[A-Za-z0-9_-]{43}$/;

/** `test`: whatever the key calls runs in the sandbox, and no vendor is asked. */
export const ApiKeyModeSchema = z.enum(['live', 'test']);
export type ApiKeyMode = z.infer<typeof ApiKeyModeSchema>;

/** Defaults are the least that can be: an answer that grants nothing grants nothing. */
export const verifyApiKey = defineRpc('identity.api-key.verify.v1', {
  summary: 'Whose API key this is, and what it may. The key itself never travels: its SHA-256 does.',
  request: z.strictObject({ key_sha256: z.string().regex(/^[0-9a-f]{64}$/), client: ClientSchema.optional() }),
  reply: z.object({
    tenant_id: TenantIdSchema,
    key_id: z.uuid(),
    mode: ApiKeyModeSchema.default('test'),
    role: RoleSchema.default('viewer'),
    scopes: z.array(PermissionSchema).default([]).meta({ description: 'permissions of the key: those asked for that its role has' }),
    expires_at: TimestampSchema.nullable().default(null),
  }),
  tenant: 'none',
  errors: ['api_key_invalid'],
});

export const ApiKeySchema = z.object({
  id: z.uuid(),
  name: z.string(),
  mode: ApiKeyModeSchema,
  role: RoleSchema,
  scopes: z.array(PermissionSchema).nullable().meta({ description: 'null: all permissions of the role' }),
  hint: z.string().meta({ description: 'last four characters; empty for keys from before they were kept' }),
  created_at: TimestampSchema,
  created_by: z.string().nullable(),
  expires_at: TimestampSchema.nullable(),
  last_used_at: TimestampSchema.nullable().meta({ description: 'to the minute' }),
  revoked_at: TimestampSchema.nullable(),
  replaced_by: z.uuid().nullable(),
});
export type ApiKey = z.infer<typeof ApiKeySchema>;

const by = { actor: ActorSchema, client: ClientSchema.optional() };

export const createApiKey = defineRpc('identity.api-key.create.v1', {
  summary: 'Make an API key; it is shown this once',
  request: z.strictObject({
    ...by,
    name: lineOfText(100),
    mode: ApiKeyModeSchema,
    role: RoleSchema.default('editor'),
    scopes: z.array(PermissionSchema).min(1).max(100).optional().meta({ description: 'all permissions of the role when absent' }),
    expires_at: TimestampSchema.optional(),
  }),
  reply: z.object({ key: z.string(), api_key: ApiKeySchema }),
  errors: ['forbidden'],
});

export const listApiKeys = defineRpc('identity.api-key.list.v1', {
  summary: 'API keys of the tenant, newest first, without the keys themselves',
  request: z.strictObject({ include_revoked: z.boolean().default(false) }),
  reply: z.object({ api_keys: z.array(ApiKeySchema) }),
});

export const rotateApiKey = defineRpc('identity.api-key.rotate.v1', {
  summary: 'A new key with the rights of an old one, which stays valid until the given time',
  request: z.strictObject({ ...by, key_id: z.uuid(), old_valid_until: TimestampSchema, expires_at: TimestampSchema.optional() }),
  reply: z.object({ key: z.string(), api_key: ApiKeySchema, old_valid_until: TimestampSchema }),
  errors: ['not_found', 'conflict', 'forbidden'],
});

export const revokeApiKey = defineRpc('identity.api-key.revoke.v1', {
  summary: 'Revoke an API key; repeating it changes nothing',
  request: z.strictObject({ ...by, key_id: z.uuid() }),
  reply: z.object({ api_key: ApiKeySchema }),
  errors: ['not_found', 'forbidden'],
});
