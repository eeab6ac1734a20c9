import type { ReceivedWebhook } from '@tecnocursos/contracts';
import { sameInConstantTime } from './constant-time.js';
import { signStandardWebhook } from './standard-webhook.js';
import { bodyOf, requireFresh, WebhookRefused, type VerifiedWebhook, type WebhookScheme } from './webhook-scheme.js';

const DEFAULT_TOLERANCE_S = 300;
const ID = /^[^.\s]{1,200}$/;

/** Calls signed as the Standard Webhooks specification says: `webhook-id`, `webhook-timestamp`, `webhook-signature` (or `svix-…`). */
export class StandardWebhookScheme implements WebhookScheme {
  /** @param secrets the newest and those that are still good. */
  constructor(
    private readonly secrets: readonly string[],
    private readonly toleranceS = DEFAULT_TOLERANCE_S,
  ) {}

  verify(call: ReceivedWebhook, now: number): VerifiedWebhook {
    const header = (name: string): string | undefined => call.headers[`webhook-${name}`] ?? call.headers[`svix-${name}`];
    const [id, timestamp, signatures] = [header('id'), header('timestamp'), header('signature')];
    if (id === undefined || !ID.test(id) || signatures === undefined) throw new WebhookRefused('unsigned');
    requireFresh(timestamp, this.toleranceS, now);
    const body = bodyOf(call);
    const given = signatures.split(' ').filter((signature) => signature.startsWith('v1,'));
    const wanted = this.secrets.map((secret) => signStandardWebhook(secret, { id, timestamp: Number(timestamp), body }));
    if (!given.some((signature) => wanted.some((candidate) => sameInConstantTime(signature, candidate)))) throw new WebhookRefused('forged');
    return { eventId: id, body };
  }
}
