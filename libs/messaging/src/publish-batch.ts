import type { PublishOptions } from '@nats-io/transport-node';
import type { BusConnection } from './connection.js';

/** A function is asked for the body when the message leaves. */
export type MessageBody = string | Uint8Array | (() => string) | undefined;

interface Waiting {
  readonly subject: string;
  readonly body: MessageBody;
  readonly options: PublishOptions | undefined;
  readonly onError: (error: unknown) => void;
}

/**
 * Publishes what one turn of the event loop had to say in one write: under load many requests and replies are ready at once, and a system call for each is what
 * costs most of them. Messages keep their order; a lone one leaves at the end of the turn that it was said in.
 */
export class PublishBatch {
  private waiting: Waiting[] = [];

  constructor(private readonly connection: BusConnection) {}

  /** @param onError told when the connection does not take the message. */
  add(subject: string, body: MessageBody, options: PublishOptions | undefined, onError: (error: unknown) => void): void {
    if (this.waiting.push({ subject, body, options, onError }) === 1) setImmediate(() => this.send());
  }

  /** Publishes what waits, now. */
  send(): void {
    const batch = this.waiting;
    this.waiting = [];
    for (const { subject, body, options, onError } of batch) {
      try {
        this.connection.publish(subject, typeof body === 'function' ? body() : body, options);
      } catch (error) {
        onError(error);
      }
    }
  }
}
