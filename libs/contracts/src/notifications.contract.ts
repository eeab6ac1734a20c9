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

/** What letters about an account have in common: one button, and until when it works. */
const ActionDataSchema = z.strictObject({ action_url: z.url(), expires_at: TimestampSchema });

export const VerifyEmailDataSchema = ActionDataSchema;
export const PasswordResetDataSchema = ActionDataSchema;
/** For somebody who signs up with an address that has an account already. The button leads to the login. */
export const AccountExistsDataSchema = z.strictObject({ action_url: z.url() });
/** Shows that letters arrive. The button leads to the documentation. */
export const DeliveryTestDataSchema = z.strictObject({ action_url: z.url() });
export const InvitationDataSchema = ActionDataSchema.extend({
  organization_name: z.string().min(1).max(200),
  inviter_name: z.string().min(1).max(200).optional(),
});

const envelope = {
  idempotency_key: z.string().min(8).max(200),
  language: LanguageSchema,
  to: z.strictObject({ email: z.email().max(254), name: z.string().max(200).optional() }),
};

export const sendMessage = defineRpc('notifications.message.send.v1', {
  summary: 'Send one templated e-mail; the same idempotency key sends once',
  request: z.discriminatedUnion('template', [
    z.strictObject({ ...envelope, template: z.literal('course-ready'), data: CourseReadyDataSchema }),
    z.strictObject({ ...envelope, template: z.literal('verify-email'), data: VerifyEmailDataSchema }),
    z.strictObject({ ...envelope, template: z.literal('password-reset'), data: PasswordResetDataSchema }),
    z.strictObject({ ...envelope, template: z.literal('account-exists'), data: AccountExistsDataSchema }),
    z.strictObject({ ...envelope, template: z.literal('delivery-test'), data: DeliveryTestDataSchema }),
    z.strictObject({ ...envelope, template: z.literal('invitation'), data: InvitationDataSchema }),
  ]),
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
