import { Controller } from '@nestjs/common';
import { AppError, getMailboxMessage, listMailbox } from '@tecnocursos/contracts';
import { BusService } from '../bus/bus.service.js';
import type { InputOf, SuccessOf } from '../http/operation.js';
import { Operation, type Exchange } from '../http/operation.decorator.js';
import { PublicUrl } from '../http/public-url.js';
import { MAIL_HEADERS } from '../http/security-headers.js';
import { MailboxLinkService } from './mailbox-link.service.js';
import { getMailboxMessageOperation, listMailboxOperation, viewMailboxMessageOperation } from './mailbox.operations.js';

@Controller()
export class MailboxHttpController {
  constructor(
    private readonly bus: BusService,
    private readonly links: MailboxLinkService,
    private readonly publicUrl: PublicUrl,
  ) {}

  @Operation(listMailboxOperation)
  async list({ query }: InputOf<typeof listMailboxOperation>, { request }: Exchange): Promise<SuccessOf<typeof listMailboxOperation>> {
    const { messages } = await this.bus.call(listMailbox, query);
    return { messages: messages.map((message) => ({ ...message, url: this.urlOf(request.scope.tenantId, message.id) })) };
  }

  @Operation(getMailboxMessageOperation)
  async get({ params }: InputOf<typeof getMailboxMessageOperation>, { request }: Exchange): Promise<SuccessOf<typeof getMailboxMessageOperation>> {
    const { message } = await this.bus.call(getMailboxMessage, { id: params.message_id });
    return { message: { ...message, url: this.urlOf(request.scope.tenantId, message.id) } };
  }

  @Operation(viewMailboxMessageOperation)
  async view({ params }: InputOf<typeof viewMailboxMessageOperation>, { reply }: Exchange): Promise<string> {
    const claim = this.links.open(params.token);
    const { message } = await this.bus.call(getMailboxMessage, { id: claim.message }, { tenantId: claim.tenant });
    if (message.html === '') throw new AppError('not_found', 'This message has no HTML part.');
    reply.headers(MAIL_HEADERS).type('text/html; charset=utf-8');
    return message.html;
  }

  private urlOf(tenant: string, message: string): string {
    return this.publicUrl.of(`/mailbox/${this.links.tokenOf({ tenant, message })}`);
  }
}
