import { z } from 'zod';
import { ActorSchema, ClientSchema, lineOfText } from './access.js';
import { PageQuerySchema, TimestampSchema } from './common.js';
import { defineRpc } from './rpc.js';

/** `<what>.<past tense>`: `session.opened`, `credential.stored`, `payment.refunded`. */
export const AuditActionSchema = z.string().regex(/^[a-z][a-z0-9-]*(?:\.[a-z][a-z0-9-]*)+$/).max(100);
const AuditDataSchema = z.record(z.string().max(100), z.union([z.string().max(2_000), z.number(), z.boolean(), z.null(), z.array(z.string().max(200)).max(100)]));

/**
 * One entry of a tenant's chain. `hash` is the SHA-256 of the canonical JSON (RFC 8785) of the entry with `previous_hash` in it.
 * Where the request came from enters as a salted hash alone, so that it can be erased and the chain still verifies.
 */
export const AuditEntrySchema = z.object({
  id: z.uuid(),
  sequence: z.int().positive(),
  occurred_at: TimestampSchema,
  actor: ActorSchema,
  action: z.string(),
  target: z.string().nullable().meta({ description: '`<kind>:<id>` of what was acted on' }),
  data: AuditDataSchema,
  client: ClientSchema.nullable().meta({ description: 'null when there was none, or when it was erased' }),
  hash: z.string(),
  previous_hash: z.string(),
});
export type AuditEntry = z.infer<typeof AuditEntrySchema>;

/** For services: money, exports, configuration. No names, addresses or secrets in `data`; ids tell who. */
export const appendAuditEntry = defineRpc('identity.audit.append.v1', {
  summary: "Add an entry to the tenant's audit log; the same id adds it once",
  request: z.strictObject({
    id: z.uuid(), actor: ActorSchema, action: AuditActionSchema, target: lineOfText(200).optional(), data: AuditDataSchema.default({}), client: ClientSchema.optional(),
  }),
  reply: z.object({ sequence: z.int().positive(), hash: z.string() }),
});

export const listAuditEntries = defineRpc('identity.audit.list.v1', {
  summary: "The tenant's audit log, newest first",
  request: PageQuerySchema.extend({ action: lineOfText(100).optional(), actor_id: lineOfText(100).optional() }),
  reply: z.object({ entries: z.array(AuditEntrySchema), next_cursor: z.string().nullable() }),
});

export const verifyAuditLog = defineRpc('identity.audit.verify.v1', {
  summary: "Compute the tenant's chain anew and compare: changed, removed, added and reordered entries are found",
  request: z.strictObject({}),
  reply: z.object({
    valid: z.boolean(),
    entries: z.int().nonnegative(),
    head: z.string().nullable().meta({ description: 'hash of the newest entry; keep it elsewhere to notice a chain that was cut short' }),
    broken_at: z.int().nullable().meta({ description: 'sequence of the first entry that does not fit' }),
  }),
  timeoutMs: 60_000,
});
