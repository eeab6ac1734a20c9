import { Controller } from '@nestjs/common';
import {
  AppError, getMailboxMessage, listMailbox, parseOrThrow, sendMessage, TenantIdSchema, type ReplyInput, type RequestOf,
} from '@tecnocursos/contracts';
import { RpcHandler, type CallContext } from '@tecnocursos/messaging';
import { z } from 'zod';
import { MessageService } from './message.service.js';
import { MailboxStore, type MailboxEntry } from './providers/mailbox/mailbox.store.js';

const ContextSchema = z.object({ tenantId: TenantIdSchema });
const tenantOf = (context: CallContext): string => parseOrThrow(ContextSchema, context).tenantId;

@Controller()
export class NotificationsRpcController {
  constructor(
    private readonly messages: MessageService,
    private readonly mailbox: MailboxStore,
  ) {}

  @RpcHandler(sendMessage)
  send(request: RequestOf<typeof sendMessage>, context: CallContext): Promise<ReplyInput<typeof sendMessage>> {
    return this.messages.send(tenantOf(context), request, context.signal);
  }

  @RpcHandler(listMailbox)
  async list({ limit }: RequestOf<typeof listMailbox>, context: CallContext): Promise<ReplyInput<typeof listMailbox>> {
    const entries = await this.mailbox.list(tenantOf(context), limit);
    return { messages: entries.map(toWire) };
  }

  @RpcHandler(getMailboxMessage)
  async get({ id }: RequestOf<typeof getMailboxMessage>, context: CallContext): Promise<ReplyInput<typeof getMailboxMessage>> {
    const message = await this.mailbox.get(tenantOf(context), id);
    if (!message) throw new AppError('not_found', 'The mailbox has no such message.');
    return { message: { ...toWire(message), text: message.text, html: message.html } };
  }
}

const toWire = ({ id, messageId, from, to, subject, receivedAt }: MailboxEntry): ReplyInput<typeof listMailbox>['messages'][number] => ({
  id, message_id: messageId, from, to, subject, received_at: receivedAt.toISOString(),
});
