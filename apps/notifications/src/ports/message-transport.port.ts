import type { MailAddress } from '../sender.js';

export interface OutgoingMessage {
  /** Without angle brackets. The same message keeps its id in every attempt, so that receivers can drop repetitions. */
  readonly messageId: string;
  readonly tenantId: string;
  readonly from: MailAddress;
  readonly to: MailAddress;
  readonly subject: string;
  readonly html: string;
  readonly text: string;
}

/** A way to deliver e-mail. Retries are the caller's. */
export interface MessageTransport {
  /** Name of the provider, as answers and health show it. */
  readonly name: string;
  /** `local`: messages stay on this installation. */
  readonly mode: 'live' | 'local';

  /**
   * Hands the message over; returns when the other side has taken responsibility for it.
   * @throws AppError `unavailable` when trying again makes sense (also when nobody knows whether it was taken),
   * `invalid_request` with the field `to.email` when the recipient is refused, `internal` when the message is refused.
   */
  send(message: OutgoingMessage): Promise<void>;

  /** Whether a message was delivered. Only of transports that can tell for sure. */
  lookup?(message: Pick<OutgoingMessage, 'messageId' | 'tenantId'>): Promise<boolean>;

  /** @throws when the other side does not answer or refuses us. */
  verify(): Promise<void>;

  close(): Promise<void>;
}
