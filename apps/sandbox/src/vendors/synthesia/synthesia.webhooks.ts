import { createHmac } from 'node:crypto';
import type { SimulatedRequest, SimulatedResponse, SimulatorContext } from '../../simulator/vendor-simulator.js';
import { refusal } from './synthesia.errors.js';

interface Registered {
  readonly id: string;
  readonly url: string;
  readonly secret: string;
  readonly events: readonly string[];
  readonly createdAt: number;
}

const EVENTS = ['video.completed', 'video.failed'];
/** The vendor takes public hosts alone; a receiver on this machine could not be called otherwise. */
const ADDRESS = /^https?:\/\/\S+$/;

/** Webhooks of the key's user, and the calls that they get: signed by `hex(HMAC-SHA256(secret, timestamp + "." + body))`. */
export class SynthesiaWebhooks {
  private readonly registered = new Map<string, Registered>();

  create(request: SimulatedRequest, context: SimulatorContext): SimulatedResponse {
    const body = request.json() as { url?: unknown; events?: unknown } | undefined;
    if (typeof body?.url !== 'string' || !ADDRESS.test(body.url)) return refusal(400, 'Validation failed', 'url must be a public address');
    if (!Array.isArray(body.events) || body.events.length === 0 || !body.events.every((event) => EVENTS.includes(String(event)))) return refusal(400, 'Validation failed', 'events must name video.completed or video.failed');
    const webhook: Registered = { id: context.newToken(24), url: body.url, secret: context.newToken(32), events: body.events.map(String), createdAt: Math.floor(context.now() / 1_000) };
    this.registered.set(webhook.id, webhook);
    return { status: 201, body: { ...shown(webhook), secret: webhook.secret } };
  }

  list(): SimulatedResponse {
    return { status: 200, body: { webhooks: [...this.registered.values()].map(shown) } };
  }

  get(id: string): SimulatedResponse {
    const webhook = this.registered.get(id);
    return webhook ? { status: 200, body: shown(webhook) } : refusal(404, 'Webhook not found');
  }

  remove(id: string): SimulatedResponse {
    return this.registered.delete(id) ? { status: 204 } : refusal(404, 'Webhook not found');
  }

  /** Calls everybody who wants to know; rejects when somebody did not take it. */
  async announce(type: string, data: object, now: number): Promise<Response> {
    const body = JSON.stringify({ type, data });
    const timestamp = String(Math.floor(now / 1_000));
    const calls = [...this.registered.values()].filter(({ events }) => events.includes(type)).map(({ url, secret }) => fetch(url, {
      method: 'POST', body,
      headers: { 'content-type': 'application/json', 'synthesia-timestamp': timestamp, 'synthesia-signature': createHmac('sha256', secret).update(`${timestamp}.${body}`).digest('hex') },
    }));
    const answers = await Promise.all(calls);
    return answers.find(({ ok }) => !ok) ?? new Response(null, { status: 204 });
  }
}

const shown = ({ id, url, createdAt }: Registered): object => ({ id, url, status: 'active', createdAt, lastUpdatedAt: createdAt });
