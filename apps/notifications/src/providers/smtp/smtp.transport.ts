import { createTransport } from 'nodemailer';
import type { MessageTransport, OutgoingMessage } from '../../ports/message-transport.port.js';
import type { MailAddress } from '../../sender.js';
import { asSmtpError } from './smtp.errors.js';

/** Milliseconds. A server that says nothing for so long is not going to. */
const TIMEOUTS = { dnsTimeout: 5_000, connectionTimeout: 5_000, greetingTimeout: 5_000, socketTimeout: 10_000 };
const LOOPBACK = new Set(['127.0.0.1', '[::1]', 'localhost']);

/** Any mail server, by SMTP. Query parameters of the URL are nodemailer's options. */
export class SmtpTransport implements MessageTransport {
  readonly name = 'smtp';
  readonly mode = 'live';
  private readonly transporter: ReturnType<typeof createTransport>;

  constructor(url: string) {
    this.transporter = createTransport({
      url, ...TIMEOUTS, ...(mustEncrypt(new URL(url)) && { requireTLS: true }), disableFileAccess: true, disableUrlAccess: true,
    });
  }

  async send(message: OutgoingMessage): Promise<void> {
    try {
      await this.transporter.sendMail({
        messageId: `<${message.messageId}>`,
        from: addressOf(message.from),
        to: addressOf(message.to),
        subject: oneLine(message.subject),
        text: message.text,
        html: message.html,
        headers: { 'X-TecnoCursos-Tenant': message.tenantId, 'Auto-Submitted': 'auto-generated' },
      });
    } catch (error) {
      throw asSmtpError(error);
    }
  }

  async verify(): Promise<void> {
    await this.transporter.verify();
  }

  async close(): Promise<void> {
    this.transporter.close();
  }
}

/** A password never crosses a network in the clear, even when somebody hides the server's STARTTLS. */
const mustEncrypt = (url: URL): boolean => url.username !== '' && !LOOPBACK.has(url.hostname) && !url.searchParams.has('requireTLS');

const oneLine = (text: string): string => text.replaceAll(/[\p{Cc}\u2028\u2029]+/gu, ' ').trim();

const addressOf = ({ email, name }: MailAddress): { address: string; name: string } => ({ address: email, name: oneLine(name ?? '') });
