import { z } from 'zod';
import { LanguageSchema, ServedBySchema, TimestampSchema } from './common.js';
import { defineRpc } from './rpc.js';

export const CourseReadyDataSchema = z.strictObject({
  course_title: z.string().min(1).max(300),
  player_url: z.url(),
  poster_url: z.url().optional(),
  lessons: z.array(z.strictObject({ title: z.string(), duration_s: z.number().nonnegative() })).min(1),
  link_expires_at: TimestampSchema,
});

export const sendMessage = defineRpc('notifications.message.send.v1', {
  summary: 'Send one templated e-mail; the same idempotency key sends once',
  request: z.strictObject({
    idempotency_key: z.string().min(8).max(200),
    template: z.literal('course-ready'),
    language: LanguageSchema,
    to: z.strictObject({ email: z.email().max(254), name: z.string().max(200).optional() }),
    data: CourseReadyDataSchema,
  }),
  reply: z.object({
    message_id: z.string().meta({ description: "the e-mail's Message-ID, without angle brackets" }),
    state: z.enum(['sent', 'duplicate']),
    served_by: ServedBySchema,
  }),
  timeoutMs: 30_000,
});

export const MailboxMessageSchema = z.object({
  id: z.string(),
  message_id: z.string(),
  from: z.string(),
  to: z.array(z.string()),
  subject: z.string(),
  received_at: TimestampSchema,
});

export const listMailbox = defineRpc('notifications.mailbox.list.v1', {
  summary: "Messages that the local mailbox holds for the tenant, newest first",
  request: z.strictObject({ limit: z.int().min(1).max(100).default(20) }),
  reply: z.object({ messages: z.array(MailboxMessageSchema) }),
});

export const getMailboxMessage = defineRpc('notifications.mailbox.get.v1', {
  summary: 'One message of the local mailbox',
  request: z.strictObject({ id: z.string().regex(/^[0-9a-f]{8,64}$/) }),
  reply: z.object({ message: MailboxMessageSchema.extend({ text: z.string(), html: z.string() }) }),
  errors: ['not_found'],
});
