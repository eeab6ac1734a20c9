import { createHmac, randomBytes } from 'node:crypto';

const PREFIX = 'whsec_';
/** The specification allows 24 to 64. */
const SECRET_BYTES = 32;
const SHORTEST_SECRET = 24;
const LONGEST_SECRET = 64;

export interface StandardMessage {
  /** Without dots; the same for all attempts at one delivery. */
  readonly id: string;
  /** Unix time in seconds. */
  readonly timestamp: number;
  readonly body: Uint8Array | string;
}

export const newWebhookSecret = (): string => PREFIX + randomBytes(SECRET_BYTES).toString('base64');

/** Bytes of a secret. @throws RangeError when it is none. */
export function webhookSecretBytes(secret: string): Buffer {
  const bytes = Buffer.from(secret.startsWith(PREFIX) ? secret.slice(PREFIX.length) : secret, 'base64');
  if (bytes.length < SHORTEST_SECRET || bytes.length > LONGEST_SECRET) throw new RangeError('A webhook secret has 24 to 64 bytes in base64, after whsec_');
  return bytes;
}

/** Signature `v1,<base64>` of a message (Standard Webhooks 1.0, "Signature scheme": HMAC-SHA256 of `id.timestamp.body`). */
export const signStandardWebhook = (secret: string, { id, timestamp, body }: StandardMessage): string =>
  `v1,${createHmac('sha256', webhookSecretBytes(secret)).update(`${id}.${timestamp}.`).update(body).digest('base64')}`;

/** The headers of a delivery; with several secrets several signatures, so that receivers can change over. */
export function standardWebhookHeaders(secrets: readonly string[], message: StandardMessage): Record<string, string> {
  return {
    'webhook-id': message.id,
    'webhook-timestamp': String(message.timestamp),
    'webhook-signature': secrets.map((secret) => signStandardWebhook(secret, message)).join(' '),
  };
}
