import { createHash, createHmac } from 'node:crypto';
import type { ReceivedWebhook } from '@tecnocursos/contracts';
import { sameInConstantTime } from './constant-time.js';
import { bodyOf, requireFresh, WebhookRefused, type VerifiedWebhook, type WebhookScheme } from './webhook-scheme.js';

export interface TimestampHmacOptions {
  /** The newest and those that are still good. */
  readonly secrets: readonly string[];
  /** In lower case. */
  readonly timestampHeader: string;
  readonly signatureHeader: string;
  /** Seconds; 300 when absent. */
  readonly toleranceS?: number;
}

const DEFAULT_TOLERANCE_S = 300;
const HEX_SHA256 = /^[0-9a-f]{64}$/;

/**
 * Calls signed by `hex(HMAC-SHA256(secret, timestamp + "." + body))` in one header, with the timestamp in another: Synthesia and many more. Such calls have no id of
 * their own: the body is what duplicates are told by, since repeated attempts sign the same body with a new timestamp.
 */
export class TimestampHmacScheme implements WebhookScheme {
  constructor(private readonly options: TimestampHmacOptions) {}

  verify(call: ReceivedWebhook, now: number): VerifiedWebhook {
    const { secrets, timestampHeader, signatureHeader, toleranceS = DEFAULT_TOLERANCE_S } = this.options;
    const timestamp = call.headers[timestampHeader];
    const signature = call.headers[signatureHeader]?.toLowerCase();
    if (signature === undefined || !HEX_SHA256.test(signature)) throw new WebhookRefused('unsigned');
    requireFresh(timestamp, toleranceS, now);
    const body = bodyOf(call);
    const fits = secrets.map((secret) => sameInConstantTime(signature, createHmac('sha256', secret).update(`${timestamp}.`).update(body).digest('hex')));
    if (!fits.includes(true)) throw new WebhookRefused('forged');
    return { eventId: createHash('sha256').update(body).digest('hex'), body };
  }
}
