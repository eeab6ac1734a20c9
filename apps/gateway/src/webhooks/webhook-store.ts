import { AppError, webhookEvents, type ReceivedWebhook, type WebhookVendor } from '@tecnocursos/contracts';
import { DurablePublisher, ensureStream, STREAMS, type BusConnection } from '@tecnocursos/messaging';
import { type BusLink } from '../bus/bus-link.service.js';

const RETRY_AFTER_S = 5;

/** Gives calls of vendors to the broker, and returns when it has stored them. */
export class WebhookStore {
  private readonly publisher: DurablePublisher;
  private stream: Promise<void> | undefined;

  constructor(
    private readonly connection: BusConnection,
    private readonly link: BusLink,
  ) {
    this.publisher = new DurablePublisher(connection);
  }

  /** @throws AppError `unavailable` with Retry-After: vendors send again what was not taken. */
  async store(vendor: WebhookVendor, call: ReceivedWebhook): Promise<void> {
    if (!this.link.isConnected) throw away();
    try {
      await this.ready();
      await this.publisher.publish({ id: call.id, subject: webhookEvents[vendor].subject, payload: call, tenantId: '', requestId: call.id });
    } catch (cause) {
      this.stream = undefined; // a broker that lost its store needs it anew
      throw away(cause);
    }
  }

  private ready(): Promise<void> {
    return (this.stream ??= ensureStream(this.connection, STREAMS.events));
  }
}

const away = (cause?: unknown): AppError => new AppError('unavailable', 'The call could not be stored. Send it again.', { retryAfterS: RETRY_AFTER_S, cause });
