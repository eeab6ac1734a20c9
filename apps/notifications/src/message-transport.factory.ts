import type { NotificationsConfig } from './notifications.config.js';
import type { MessageTransport } from './ports/message-transport.port.js';
import { MailboxSink } from './providers/mailbox/mailbox.sink.js';
import type { MailboxStore } from './providers/mailbox/mailbox.store.js';
import { MailboxTransport } from './providers/mailbox/mailbox.transport.js';
import { SmtpTransport } from './providers/smtp/smtp.transport.js';

/** The configured mail server; the local mailbox when there is none. */
export async function openMessageTransport(config: NotificationsConfig, mailbox: MailboxStore): Promise<MessageTransport> {
  if (config.SMTP_URL !== undefined) return new SmtpTransport(config.SMTP_URL);
  await mailbox.sweep(Date.now());
  const sink = await MailboxSink.start(mailbox);
  return new MailboxTransport(new SmtpTransport(sink.url), sink, mailbox);
}
