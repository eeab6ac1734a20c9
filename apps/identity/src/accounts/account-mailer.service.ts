import { Inject, Injectable } from '@nestjs/common';
import { newId } from '@tecnocursos/contracts';
import { Clock } from '../clock.js';
import type { IdentityTransaction } from '../identity.tables.js';
import { ACCOUNTS_CONFIG } from '../identity.tokens.js';
import { MailRelay } from '../mail/mail-relay.service.js';
import { MailRepository } from '../mail/mail.repository.js';
import { MembershipRepository } from '../organizations/membership.repository.js';
import type { AccountRow } from './account.tables.js';
import { pageUrl, type AccountsConfig } from './accounts.config.js';
import { OneTimeTokenRepository } from './one-time-token.repository.js';

const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;

type Recipient = Pick<AccountRow, 'id' | 'email' | 'name' | 'language' | 'pending_tenant_id'>;
/** Inserts token and letter; to be called in the transaction that makes them true. */
export type SendIn = (transaction: IdentityTransaction) => Promise<void>;

/** Letters to accounts. Each is sealed before a transaction, inserted in it, and leaves after it by `kick`. */
@Injectable()
export class AccountMailer {
  constructor(
    private readonly tokens: OneTimeTokenRepository,
    private readonly mails: MailRepository,
    private readonly relay: MailRelay,
    private readonly memberships: MembershipRepository,
    private readonly clock: Clock,
    @Inject(ACCOUNTS_CONFIG) private readonly config: AccountsConfig,
  ) {}

  verification(account: Recipient): Promise<SendIn> {
    return this.withToken(account, 'verify-email', this.config.IDENTITY_VERIFY_EMAIL_MINUTES);
  }

  passwordReset(account: Recipient): Promise<SendIn> {
    return this.withToken(account, 'password-reset', this.config.IDENTITY_PASSWORD_RESET_MINUTES);
  }

  /** For who signs up with the address of an account. */
  async knownAddress(account: Recipient): Promise<SendIn> {
    const letter = { template: 'account-exists', language: account.language, to: { email: account.email }, data: { action_url: pageUrl(this.config, 'sign-in') } } as const;
    const mail = await this.mails.prepare(await this.tenantOf(account), letter, this.clock.in(DAY_MS));
    return (transaction) => this.mails.insertIn(transaction, mail);
  }

  kick(): void {
    this.relay.kick();
  }

  private async withToken(account: Recipient, kind: 'verify-email' | 'password-reset', minutes: number): Promise<SendIn> {
    const token = await this.tokens.prepare({ kind, accountId: account.id, lifeMs: minutes * MINUTE_MS });
    const page = kind === 'verify-email' ? 'verify-email' : 'reset-password';
    const data = { action_url: pageUrl(this.config, page, token.token), expires_at: token.expiresAt.toISOString() };
    const letter = { template: kind, language: account.language, to: { email: account.email }, data } as const; // no name: strangers choose it, and would write to others by it
    const mail = await this.mails.prepare(await this.tenantOf(account), letter, token.expiresAt);
    return async (transaction) => {
      await this.tokens.insertIn(transaction, token);
      await this.mails.insertIn(transaction, mail);
    };
  }

  /** Letters are sent in the name of an organization of the account; of the one that it will have, when it has none. */
  private async tenantOf({ id, pending_tenant_id: pending }: Recipient): Promise<string> {
    return pending ?? (await this.memberships.ofAccount(id))[0]?.tenant_id ?? newId();
  }
}
