import { createHash } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { Inject, Injectable } from '@nestjs/common';
import { AppError, derivedId, servedLocally, type ReplyInput, type RequestOf, type sendMessage } from '@tecnocursos/contracts';
import { LOGGER, type Logger } from '@tecnocursos/nest-kit';
import { MessageRepository, type NewMessage } from './message.repository.js';
import type { NotificationsConfig } from './notifications.config.js';
import type { MessageRow } from './notifications.tables.js';
import { MESSAGE_TRANSPORT, NOTIFICATIONS_CONFIG, SEND_TIMING } from './notifications.tokens.js';
import type { MessageTransport, OutgoingMessage } from './ports/message-transport.port.js';
import { composeMessage, messageIdentity } from './templates/message.composer.js';

type SendRequest = RequestOf<typeof sendMessage>;
type SendReply = ReplyInput<typeof sendMessage>;

export interface SendTiming {
  /** After so long without a sign of life a sender counts as crashed. */
  leaseMs: number;
  /** How often a caller looks whether another one has sent its message. */
  pollMs: number;
}
export const SEND_TIMING_DEFAULTS: SendTiming = { leaseMs: 10_000, pollMs: 100 };

/**
 * Sends once for an idempotency key. The row is committed before anything is sent, and tells of it after: a crash in between
 * leaves it `sending`, and the next call with the key asks the transport whether the message arrived. Where the transport
 * cannot tell, as SMTP cannot, the message goes out again under the same Message-ID, by which receivers drop repetitions.
 */
@Injectable()
export class MessageService {
  constructor(
    private readonly messages: MessageRepository,
    @Inject(MESSAGE_TRANSPORT) private readonly transport: MessageTransport,
    @Inject(NOTIFICATIONS_CONFIG) private readonly config: NotificationsConfig,
    @Inject(SEND_TIMING) private readonly timing: SendTiming,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  /** @throws AppError as `MessageTransport.send` does; `idempotency_key_reused`; `unavailable` when `signal` aborts while another call sends. */
  async send(tenantId: string, request: SendRequest, signal: AbortSignal): Promise<SendReply> {
    const content = composeMessage(request, this.config.MAIL_TIME_ZONE);
    const fresh = newMessage(tenantId, request, this.config.MAIL_FROM.email);
    for (;;) {
      const claim = await this.messages.claim(fresh, this.timing.leaseMs);
      switch (claim.type) {
        case 'taken':
          throw new AppError('idempotency_key_reused', 'This idempotency_key was used for another message. Use a new one for each message.');
        case 'sent':
          return this.reply(claim.message, 'duplicate');
        case 'claimed': {
          const { message_id: messageId } = claim.message;
          const outgoing: OutgoingMessage = { ...content, messageId, tenantId, from: this.config.MAIL_FROM, to: recipientOf(request) };
          const arrived = claim.resumed && (await this.transport.lookup?.(outgoing));
          if (!arrived) await this.deliver(claim.message, outgoing);
          await this.messages.markSent(claim.message.id);
          return this.reply(claim.message, 'sent');
        }
        case 'busy':
          await this.waitForOther(signal);
      }
    }
  }

  private async deliver(message: MessageRow, outgoing: OutgoingMessage): Promise<void> {
    const { leaseMs } = this.timing;
    const renewal = setInterval(() => {
      this.messages.renew(message, leaseMs).catch((error: unknown) => this.logger.warn({ err: error }, 'lease not renewed'));
    }, leaseMs / 4);
    try {
      await this.transport.send(outgoing);
    } catch (error) {
      const isFinal = error instanceof AppError && !error.retryable;
      await this.messages.giveBack(message, isFinal ? 'failed' : 'sending', error instanceof Error ? error.message : 'failed');
      throw error;
    } finally {
      clearInterval(renewal);
    }
  }

  private async waitForOther(signal: AbortSignal): Promise<void> {
    try {
      await sleep(this.timing.pollMs, undefined, { signal });
    } catch (cause) {
      throw new AppError('unavailable', 'Another call is sending this message.', { retryAfterS: 1, cause });
    }
  }

  private reply(message: MessageRow, state: SendReply['state']): SendReply {
    return { message_id: message.message_id, state, served_by: { ...servedLocally(this.transport.name), attempts: message.attempts } };
  }
}

const recipientOf = ({ to }: SendRequest): OutgoingMessage['to'] => (to.name === undefined ? { email: to.email } : { email: to.email, name: to.name });

function newMessage(tenantId: string, request: SendRequest, senderEmail: string): NewMessage {
  const domain = senderEmail.slice(senderEmail.lastIndexOf('@') + 1);
  return {
    tenant_id: tenantId,
    idempotency_key: request.idempotency_key,
    template: request.template,
    recipient: request.to.email,
    language: request.language,
    request_sha256: requestSha256(request),
    message_id: `${derivedId('message', tenantId, request.idempotency_key)}@${domain}`,
  };
}

const requestSha256 = (request: SendRequest): string => createHash('sha256').update(JSON.stringify(messageIdentity(request))).digest('hex');
