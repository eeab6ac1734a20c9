import { z } from 'zod';
import { ObjectKeySchema, ObjectRefSchema, TimestampSchema } from './common.js';
import { defineRpc } from './rpc.js';

/** `internal` links are reached by services, `public` ones by browsers, through the gateway. */
export const AudienceSchema = z.enum(['internal', 'public']);
const expiresS = z.int().min(1).max(7 * 24 * 3600);

export const createUpload = defineRpc('storage.upload.create.v1', {
  summary: 'A signed, expiring URL that takes one object by HTTP PUT and answers with its ObjectRef',
  request: z.strictObject({
    key: ObjectKeySchema,
    content_type: z.string().min(3).max(200),
    max_bytes: z.int().positive().max(5 * 1024 ** 3),
    expires_s: expiresS.default(900),
    audience: AudienceSchema.default('internal'),
  }),
  reply: z.object({ url: z.url(), method: z.literal('PUT'), expires_at: TimestampSchema }),
});

export const createDownloads = defineRpc('storage.download.create.v1', {
  summary: 'Signed, expiring URLs of objects (GET and HEAD, with ranges). The objects need not exist yet.',
  request: z.strictObject({
    keys: z.array(ObjectKeySchema).min(1).max(500),
    scope: ObjectKeySchema.optional().meta({
      description: 'folder that the links open as a whole, so that relative links inside a page work; the object alone when absent',
    }),
    expires_s: expiresS.default(3600),
    audience: AudienceSchema.default('internal'),
  }),
  reply: z.object({ urls: z.array(z.url()).meta({ description: 'in the order of the keys' }), expires_at: TimestampSchema }),
});

export const headObject = defineRpc('storage.object.head.v1', {
  summary: 'What is stored under a key',
  request: z.strictObject({ key: ObjectKeySchema }),
  reply: z.object({ object: ObjectRefSchema }),
  errors: ['not_found'],
});

export const listObjects = defineRpc('storage.object.list.v1', {
  summary: 'Objects below a folder, in the order of their keys',
  request: z.strictObject({
    folder: ObjectKeySchema.optional(),
    limit: z.int().min(1).max(1000).default(1000),
    after: ObjectKeySchema.optional().meta({ description: 'key of the last object of the page before' }),
  }),
  reply: z.object({
    objects: z.array(z.object({ key: ObjectKeySchema, size: z.int(), modified_at: TimestampSchema })),
    has_more: z.boolean(),
  }),
});

export const deleteObjects = defineRpc('storage.object.delete.v1', {
  summary: 'Delete objects by key, or a folder with all below it; what is not there counts as deleted',
  request: z.strictObject({ keys: z.array(ObjectKeySchema).max(1000).default([]), folder: ObjectKeySchema.optional() }),
  reply: z.object({ deleted: z.int().nonnegative() }),
  timeoutMs: 30_000,
});
