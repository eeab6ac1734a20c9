import { z } from 'zod';
import { ActorSchema, ClientSchema } from './access.js';
import { TimestampSchema } from './common.js';
import { defineRpc } from './rpc.js';

/** Name of a vendor's integration, as its provider is called: `openai`, `elevenlabs`, `stripe`. */
export const CredentialProviderSchema = z.string().regex(/^[a-z0-9](?:[a-z0-9-]{0,48}[a-z0-9])?$/, 'Use the name of the provider: lower case, digits and "-".');
/** Name of one secret of it: `api_key`, `client_secret`, `webhook_secret`. */
export const CredentialFieldSchema = z.string().regex(/^[a-z][a-z0-9_]{0,49}$/, 'Use the name of the field: lower case, digits and "_".');
const by = { actor: ActorSchema, client: ClientSchema.optional() };

/** A secret is written and never shown: its last four characters are, when it has at least twelve. */
export const CredentialSchema = z.object({
  provider: z.string(), field: z.string(), last_four: z.string(), updated_at: TimestampSchema, updated_by: z.string(),
});
export type Credential = z.infer<typeof CredentialSchema>;

export const putCredential = defineRpc('identity.credential.put.v1', {
  summary: "Store a vendor's secret of the tenant, in place of an earlier one",
  request: z.strictObject({ ...by, provider: CredentialProviderSchema, field: CredentialFieldSchema, value: z.string().min(1).max(16_384) }),
  reply: z.object({ credential: CredentialSchema }),
});

export const listCredentials = defineRpc('identity.credential.list.v1', {
  summary: 'Which secrets the tenant has stored, without them',
  request: z.strictObject({ provider: CredentialProviderSchema.optional() }),
  reply: z.object({ credentials: z.array(CredentialSchema) }),
});

export const deleteCredential = defineRpc('identity.credential.delete.v1', {
  summary: 'Delete a stored secret; what is not there counts as deleted',
  request: z.strictObject({ ...by, provider: CredentialProviderSchema, field: CredentialFieldSchema }),
  reply: z.object({ deleted: z.boolean() }),
});

/** Internal, and never on REST. Callers keep the answer in memory, for a minute at most. */
export const revealCredentials = defineRpc('identity.credential.reveal.v1', {
  summary: "The tenant's secrets of some vendors, for the service that calls them; vendors for which the tenant brought none are left out",
  request: z.strictObject({ providers: z.array(CredentialProviderSchema).min(1).max(50) }),
  reply: z.object({ credentials: z.record(z.string(), z.record(z.string(), z.string())).meta({ description: 'secrets by field, by provider' }) }),
});

/** Internal. After a new IDENTITY_MASTER_KEY was given, with the old one in IDENTITY_PREVIOUS_MASTER_KEYS; replicas also do it by themselves. */
export const rewrapDataKeys = defineRpc('identity.data-key.rewrap.v1', {
  summary: 'Wrap every data key with the current master key; secrets stay as they are, and readable throughout',
  request: z.strictObject({}),
  reply: z.object({ rewrapped: z.int().nonnegative(), failed: z.int().nonnegative().meta({ description: 'keys that did not open: their master key is not given' }) }),
  timeoutMs: 120_000,
  tenant: 'none',
});
