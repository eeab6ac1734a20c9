import type { MessageTransport, OutgoingMessage } from '../../ports/message-transport.port.js';
import type { MailboxSink } from './mailbox.sink.js';
import type { MailboxStore } from './mailbox.store.js';

/** Delivers by SMTP to the mailbox of this installation, which can tell what it has. */
export class MailboxTransport implements MessageTransport {
  readonly name = 'mailbox';
  readonly mode = 'local';

  /** @param smtp speaks to the sink. */
  constructor(
    private readonly smtp: MessageTransport,
    private readonly sink: MailboxSink,
    private readonly store: MailboxStore,
  ) {}

  send(message: OutgoingMessage): Promise<void> {
    return this.smtp.send(message);
  }

  lookup({ tenantId, messageId }: Pick<OutgoingMessage, 'messageId' | 'tenantId'>): Promise<boolean> {
    return this.store.has(tenantId, messageId);
  }

  verify(): Promise<void> {
    return this.smtp.verify();
  }

  async close(): Promise<void> {
    await this.smtp.close();
    await this.sink.close();
  }
}
