import { createHash, randomBytes } from 'node:crypto';
import type { ReceivedWebhook } from '@tecnocursos/contracts';
import { bodyOf, WebhookRefused, type VerifiedWebhook, type WebhookScheme } from './webhook-scheme.js';

const TOKEN_BYTES = 32;
const TOKEN = /^[A-Za-z0-9_-]{43}$/;

/** 256 bits in base64url, for the last segment of the address that a vendor is given. */
export const newWebhookToken = (): string => randomBytes(TOKEN_BYTES).toString('base64url');

/** What is kept of a token: who reads our tables learns no address that works. */
export const webhookTokenHash = (token: string): string => createHash('sha256').update(token).digest('hex');

/**
 * Calls of vendors that sign nothing: each order has an address of its own, which nobody can guess. Who knows it can still send any body, so that a call says only
 * "look again", and what has become of the order is read from the vendor. The token is looked up by its hash, which takes the same time for all.
 */
export class TokenUrlScheme implements WebhookScheme {
  /** @param knows whether a token with this hash was given out. */
  constructor(private readonly knows: (tokenHash: string) => Promise<boolean>) {}

  async verify(call: ReceivedWebhook): Promise<VerifiedWebhook> {
    if (call.token === null || !TOKEN.test(call.token)) throw new WebhookRefused('unsigned');
    const hash = webhookTokenHash(call.token);
    if (!(await this.knows(hash))) throw new WebhookRefused('forged');
    const body = bodyOf(call);
    return { eventId: createHash('sha256').update(hash).update(body).digest('hex'), body };
  }
}
