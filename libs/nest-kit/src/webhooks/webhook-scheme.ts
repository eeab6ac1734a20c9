import type { ReceivedWebhook } from '@tecnocursos/contracts';

/** A call that is what it claims to be. */
export interface VerifiedWebhook {
  /** The same for all copies of one event: what duplicates are told by. At most 200 characters. */
  readonly eventId: string;
  /** The bytes that were verified. */
  readonly body: Buffer;
}

/**
 * How a vendor proves that a call comes from it. What is verified are the bytes as they came, in constant time, within a window of time where the scheme knows
 * one. HMAC, tokens in the address, certificates (ECDSA, RSA) and mutual TLS are classes beside each other; what needs a look-up may take its time.
 */
export interface WebhookScheme {
  /** @throws WebhookRefused. @param now epoch milliseconds. */
  verify(call: ReceivedWebhook, now: number): VerifiedWebhook | Promise<VerifiedWebhook>;
}

/** `unsigned`: a header or token is missing or is no such thing. `forged`: it does not fit. `stale`: outside of the window of time. */
export type WebhookRefusal = 'unsigned' | 'forged' | 'stale';

/** Never shown to whoever called: it would tell them what to try next. */
export class WebhookRefused extends Error {
  constructor(readonly reason: WebhookRefusal) {
    super(`webhook refused: ${reason}`);
    this.name = 'WebhookRefused';
  }
}

export const bodyOf = (call: ReceivedWebhook): Buffer => Buffer.from(call.body_base64, 'base64');

const SECONDS = /^\d{9,11}$/;

/** Refuses what was sent too long ago, or comes from the future. @param text Unix time in seconds. */
export function requireFresh(text: string | undefined, toleranceS: number, now: number): void {
  if (text === undefined || !SECONDS.test(text)) throw new WebhookRefused('unsigned');
  if (Math.abs(Number(text) - now / 1_000) > toleranceS) throw new WebhookRefused('stale');
}
