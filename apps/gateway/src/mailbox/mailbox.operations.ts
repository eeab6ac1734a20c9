import { getMailboxMessage, MailboxMessageSchema } from '@tecnocursos/contracts';
import { z } from 'zod';
import { defineOperation } from '../http/operation.js';

const LinkedMessageSchema = MailboxMessageSchema.extend({ url: z.url().meta({ description: 'opens the message in a browser, for 24 hours' }) });
const FullMessageSchema = LinkedMessageSchema.extend({ text: z.string(), html: z.string() });

export const listMailboxOperation = defineOperation({
  id: 'listMailboxMessages', method: 'GET', path: '/api/mailbox/messages', tag: 'mailbox', permission: 'messages:read',
  summary: 'Messages that the local mailbox holds for the tenant, newest first',
  query: z.strictObject({ limit: z.coerce.number().int().min(1).max(100).default(20) }),
  success: { status: 200, description: 'The messages', schema: z.object({ messages: z.array(LinkedMessageSchema) }) },
});

export const getMailboxMessageOperation = defineOperation({
  id: 'getMailboxMessage', method: 'GET', path: '/api/mailbox/messages/{message_id}', tag: 'mailbox', permission: 'messages:read',
  summary: getMailboxMessage.summary,
  params: z.strictObject({ message_id: getMailboxMessage.request.shape.id }),
  success: { status: 200, description: 'The message', schema: z.object({ message: FullMessageSchema }) },
  errors: ['not_found'],
});

export const viewMailboxMessageOperation = defineOperation({
  id: 'viewMailboxMessage', method: 'GET', path: '/mailbox/{token}', tag: 'mailbox', access: 'public',
  summary: 'One message as its reader sees it, by a signed, expiring link',
  params: z.strictObject({ token: z.string().max(2_000) }),
  success: { status: 200, description: 'The message', contentType: 'text/html' },
  errors: ['link_invalid', 'not_found'],
});
