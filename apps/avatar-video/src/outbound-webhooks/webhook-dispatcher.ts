import { OutboundFailure, standardWebhookHeaders, type Logger, type OutboundHttp } from '@tecnocursos/nest-kit';
import { retryAfterMs } from '@tecnocursos/provider-kit';
import type { Clock } from '../clock.js';
import { DISABLE_AFTER_MS, nextDelayMs } from './retry-schedule.js';
import type { SecretSeal } from './secret-seal.js';
import type { DueDelivery, WebhookDeliveryRepository } from './webhook-delivery.repository.js';
import type { EndpointRow } from './webhook-endpoint.repository.js';

export interface DispatcherParts {
  readonly deliveries: WebhookDeliveryRepository;
  readonly http: OutboundHttp;
  readonly seal: SecretSeal;
  readonly clock: Clock;
  readonly random: () => number;
  readonly logger: Logger;
  readonly atATime: number;
  readonly timeoutMs: number;
}

const GONE = 410;
const ANSWER_BYTES = 64 * 1024;

/** Calls registered addresses. Each call is a task of its own, so that an endpoint that hangs delays nobody else. */
export class WebhookDispatcher {
  private readonly running = new Set<Promise<void>>();
  private readonly stopping = new AbortController();

  constructor(private readonly parts: DispatcherParts) {}

  /** Starts what is due, as far as there are places; tells how many. */
  async dispatch(): Promise<number> {
    const free = this.parts.atATime - this.running.size;
    if (free <= 0 || this.stopping.signal.aborted) return 0;
    const due = await this.parts.deliveries.claim(new Date(this.parts.clock.now()), free);
    for (const delivery of due) {
      const work = this.deliver(delivery)
        .catch((error: unknown) => this.parts.logger.warn({ err: error, delivery: delivery.delivery.id }, 'a webhook could not be settled; it will be sent again'))
        .finally(() => this.running.delete(work));
      this.running.add(work);
    }
    return due.length;
  }

  /** When nothing is under way. */
  async idle(): Promise<void> {
    await Promise.all(this.running);
  }

  async stop(): Promise<void> {
    this.stopping.abort();
    await this.idle();
  }

  private async deliver(due: DueDelivery): Promise<void> {
    const { delivery, endpoint } = due;
    const { deliveries, http, clock, timeoutMs } = this.parts;
    const timestamp = Math.floor(clock.now() / 1_000);
    try {
      const signed = standardWebhookHeaders(this.secretsOf(endpoint), { id: delivery.id, timestamp, body: delivery.body });
      const headers = { ...signed, 'content-type': 'application/json', 'user-agent': 'TecnoCursos-Webhooks/1' };
      const answer = await http.request({ url: endpoint.url, method: 'POST', headers, body: delivery.body, timeoutMs, maxBytes: ANSWER_BYTES, signal: this.stopping.signal });
      if (answer.status >= 200 && answer.status < 300) await deliveries.delivered(due, answer.status);
      else if (answer.status === GONE) await this.gone(due);
      else await this.retry(due, { status: answer.status, error: `HTTP ${answer.status}` }, retryAfterMs((name) => answer.headers[name], clock.now()));
    } catch (error) {
      if (!(error instanceof OutboundFailure)) throw error;
      if (error.kind === 'canceled') return; // its lease runs out, and it is sent again
      await this.retry(due, { status: null, error: `${error.kind}: ${error.detail}` }, undefined);
    }
  }

  private async gone(due: DueDelivery): Promise<void> {
    const now = new Date(this.parts.clock.now());
    await this.parts.deliveries.failed(due, { status: GONE, error: 'HTTP 410' }, null, now);
    await this.parts.deliveries.disable(due.endpoint, 'The receiver answered 410 Gone.');
  }

  private async retry(due: DueDelivery, outcome: { status: number | null; error: string }, retryAfter: number | undefined): Promise<void> {
    const now = this.parts.clock.now();
    const delay = nextDelayMs({ attempts: due.delivery.attempts + 1, retryAfterMs: retryAfter, random: this.parts.random() });
    await this.parts.deliveries.failed(due, outcome, delay === null ? null : new Date(now + delay), new Date(now));
    const since = due.endpoint.failing_since;
    if (since !== null && now - since.getTime() > DISABLE_AFTER_MS) await this.parts.deliveries.disable(due.endpoint, 'Every delivery has failed for five days.');
  }

  private secretsOf(endpoint: EndpointRow): string[] {
    const { seal, clock } = this.parts;
    const place = [endpoint.tenant_id, endpoint.id] as const;
    const former = endpoint.former_secret !== null && endpoint.former_until !== null && endpoint.former_until.getTime() > clock.now() ? [seal.open(endpoint.former_secret, place)] : [];
    return [seal.open(endpoint.secret, place), ...former];
  }
}
