import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import { AppError } from '@tecnocursos/contracts';
import { z } from 'zod';

const LINK_MS = 24 * 3_600_000;

const ClaimSchema = z.strictObject({ tenant: z.string(), message: z.string(), expires: z.number() });
export type MailboxClaim = Pick<z.infer<typeof ClaimSchema>, 'tenant' | 'message'>;

/**
 * Links that open one message in a browser, which has no API key. The key lives as long as the process: the mailbox is for
 * trying things out, and its links need not outlive a restart.
 */
export class MailboxLinkService {
  private readonly key = randomBytes(32);

  tokenOf({ tenant, message }: MailboxClaim): string {
    const body = Buffer.from(JSON.stringify({ tenant, message, expires: Date.now() + LINK_MS })).toString('base64url');
    return `${body}.${this.signatureOf(body).toString('base64url')}`;
  }

  /** @throws AppError `link_invalid`. */
  open(token: string): MailboxClaim {
    const [body = '', signature = '', ...rest] = token.split('.');
    const given = Buffer.from(signature, 'base64url');
    const expected = this.signatureOf(body);
    const genuine = rest.length === 0 && given.length === expected.length && timingSafeEqual(given, expected);
    if (!genuine) throw invalid();
    const claim = ClaimSchema.parse(JSON.parse(Buffer.from(body, 'base64url').toString('utf8')));
    if (claim.expires < Date.now()) throw invalid();
    return { tenant: claim.tenant, message: claim.message };
  }

  private signatureOf(body: string): Buffer {
    return createHmac('sha256', this.key).update(body).digest();
  }
}

const invalid = (): AppError => new AppError('link_invalid', 'Ask for the message again at /api/mailbox/messages: each answer has a fresh link.');
