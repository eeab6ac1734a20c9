import { Inject, Injectable } from '@nestjs/common';
import type { Actor, Language } from '@tecnocursos/contracts';
import { SCHEMA } from '@tecnocursos/nest-kit';
import { pageUrl, type AccountsConfig } from '../accounts/accounts.config.js';
import type { SendIn } from '../accounts/account-mailer.service.js';
import { AttemptLimiter } from '../accounts/attempt-limiter.service.js';
import type { IdentityDatabase } from '../identity.tables.js';
import { ACCOUNTS_CONFIG } from '../identity.tokens.js';
import { MailRelay } from '../mail/mail-relay.service.js';
import { MailRepository } from '../mail/mail.repository.js';

export interface InvitationLetter {
  email: string;
  token: string;
  expiresAt: Date;
  actor: Actor;
  language: Language | undefined;
}

@Injectable()
export class InvitationMailer {
  constructor(
    @Inject(SCHEMA) private readonly db: IdentityDatabase,
    private readonly mails: MailRepository,
    private readonly relay: MailRelay,
    private readonly limiter: AttemptLimiter,
    @Inject(ACCOUNTS_CONFIG) private readonly config: AccountsConfig,
  ) {}

  /** Minutes that an invitation is open. */
  get openMinutes(): number {
    return this.config.IDENTITY_INVITATION_MINUTES;
  }

  /** @throws AppError `rate_limited` when the address was written to too often. */
  async prepare(tenantId: string, { email, token, expiresAt, actor, language }: InvitationLetter): Promise<SendIn> {
    await this.limiter.take([{ kind: 'mail', who: email }]);
    const tenant = await this.db.selectFrom('tenant').select(['name', 'owner_name', 'language']).where('id', '=', tenantId).executeTakeFirstOrThrow();
    const inviter = actor.type === 'account' ? await this.db.selectFrom('account').select('name').where('id', '=', actor.id).executeTakeFirst() : undefined;
    const data = {
      action_url: pageUrl(this.config, 'invitation', token), expires_at: expiresAt.toISOString(), organization_name: tenant.name, inviter_name: inviter?.name ?? tenant.owner_name,
    };
    const mail = await this.mails.prepare(tenantId, { template: 'invitation', language: language ?? tenant.language, to: { email }, data }, expiresAt);
    return (transaction) => this.mails.insertIn(transaction, mail);
  }

  kick(): void {
    this.relay.kick();
  }
}
