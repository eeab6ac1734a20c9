import { createHmac, timingSafeEqual } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { AppError } from '@tecnocursos/contracts';
import { SCHEMA } from '@tecnocursos/nest-kit';
import { z } from 'zod';
import { AccountTrail } from '../audit/account-trail.service.js';
import type { IdentityDatabase } from '../identity.tables.js';
import { SOCIAL_CONFIG } from '../identity.tokens.js';
import { LinkedIdentityRepository } from './linked-identity.repository.js';
import type { SocialConfig } from './social.config.js';

const PayloadSchema = z.looseObject({ algorithm: z.literal('HMAC-SHA256'), user_id: z.string().min(1).max(64) });
const CODE_BYTES = 16;

/**
 * Facebook's data deletion requests. The account stays, with its other ways to sign in; who has none left resets the password by mail. Codes are made of the secret,
 * so that none has to be kept of somebody who wants to be forgotten.
 */
@Injectable()
export class FacebookDeletion {
  constructor(
    @Inject(SCHEMA) private readonly db: IdentityDatabase,
    @Inject(SOCIAL_CONFIG) private readonly config: SocialConfig,
    private readonly links: LinkedIdentityRepository,
    private readonly trail: AccountTrail,
  ) {}

  /** @returns the confirmation code, the same for the same person. @throws AppError `not_found` where the login is off, `invalid_request`. */
  async forget(signedRequest: string): Promise<string> {
    const secret = this.secret();
    const subject = readSubject(signedRequest, secret);
    const linked = await this.links.find({ issuer: this.config.FACEBOOK_LOGIN_BASE_URL, subject });
    if (linked) {
      const record = await this.trail.of(linked.account_id);
      await this.db.transaction().execute(async (transaction) => {
        const removed = await this.links.unlinkIn(transaction, linked.account_id, linked.id);
        if (removed) await record(transaction, { action: 'identity.unlinked', data: { provider: 'facebook', asked_at: 'facebook' } });
      });
    }
    const person = short(secret, `person ${subject}`);
    return `${person}-${short(secret, `code ${person}`)}`;
  }

  /** @throws AppError `not_found` for a code that is none of ours. */
  check(code: string): void {
    const [person = '', mark = ''] = code.split('-');
    if (!equal(mark, short(this.secret(), `code ${person}`))) throw new AppError('not_found', 'There is no deletion with this code.');
  }

  private secret(): string {
    const { FACEBOOK_LOGIN_CLIENT_ID: id, FACEBOOK_LOGIN_CLIENT_SECRET: secret } = this.config;
    if (id === undefined || secret === undefined) throw new AppError('not_found', 'Login with facebook is not set up on this platform.');
    return secret;
  }
}

function readSubject(signedRequest: string, secret: string): string {
  const [signature = '', payload = ''] = signedRequest.split('.');
  if (!equal(signature, createHmac('sha256', secret).update(payload).digest('base64url'))) throw refused('It is not signed with the secret of the app.');
  try {
    return PayloadSchema.parse(JSON.parse(Buffer.from(payload, 'base64url').toString('utf8'))).user_id;
  } catch {
    throw refused('Its payload is not that of a deletion request.');
  }
}

const refused = (message: string): AppError => new AppError('invalid_request', message, { issues: [{ field: 'signed_request', message }] });

const short = (secret: string, text: string): string => createHmac('sha256', secret).update(text).digest('hex').slice(0, 2 * CODE_BYTES);

function equal(given: string, expected: string): boolean {
  const [one, other] = [Buffer.from(given), Buffer.from(expected)];
  return one.length === other.length && timingSafeEqual(one, other);
}
