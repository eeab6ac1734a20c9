import { Inject, Injectable } from '@nestjs/common';
import { AppError, newId, type Client, type Language } from '@tecnocursos/contracts';
import { SCHEMA } from '@tecnocursos/nest-kit';
import { isUniqueViolation } from '@tecnocursos/persistence';
import { Clock } from '../clock.js';
import type { IdentityDatabase, IdentityTransaction } from '../identity.tables.js';
import { LinkedIdentityRepository, type NewLink } from '../social/linked-identity.repository.js';
import { AccountMailer } from './account-mailer.service.js';
import { AccountRepository } from './account.repository.js';
import type { AccountRow } from './account.tables.js';
import { EmailVerification } from './email-verification.service.js';

/** What is asked of somebody who is new: a password, or an identity at a login provider. */
export interface NewAccount {
  email: string;
  name: string;
  language: Language;
  organization: string;
  passwordHash: string | null;
  link: Omit<NewLink, 'accountId'> | null;
}

/** Stores accounts. Until an address is confirmed, who registers last decides how to sign in, and the links of earlier mails are dead. */
@Injectable()
export class AccountRegistration {
  constructor(
    @Inject(SCHEMA) private readonly db: IdentityDatabase,
    private readonly accounts: AccountRepository,
    private readonly links: LinkedIdentityRepository,
    private readonly mailer: AccountMailer,
    private readonly verification: EmailVerification,
    private readonly clock: Clock,
  ) {}

  /** Nothing changes when the address has a confirmed account; its owner is told. */
  async register(account: NewAccount): Promise<void> {
    const existing = await this.accounts.findByEmail(account.email);
    const isConfirmed = existing !== undefined && existing.email_verified_at !== null;
    const row = isConfirmed ? existing : this.rowOf(account, existing);
    const send = isConfirmed ? await this.mailer.knownAddress(row) : await this.mailer.verification(row);
    try {
      await this.db.transaction().execute(async (transaction) => {
        if (!isConfirmed) await this.storeIn(transaction, row, existing, account.link);
        await send(transaction);
      });
    } catch (error) {
      if (!isUniqueViolation(error)) throw error; // the same address registered at the same instant, and got its mail
    }
    this.mailer.kick();
  }

  /** For an address that a login provider has verified. @throws AppError `conflict` when it has an account. @returns the account's id. */
  async registerVerified(account: NewAccount, client: Client): Promise<string> {
    const existing = await this.accounts.findByEmail(account.email);
    if (existing !== undefined && existing.email_verified_at !== null) throw taken();
    const row = this.rowOf(account, existing);
    try {
      await this.db.transaction().execute(async (transaction) => {
        await this.storeIn(transaction, row, existing, account.link);
        await this.verification.confirmIn(transaction, row, client);
      });
    } catch (error) {
      throw isUniqueViolation(error) ? taken() : error;
    }
    return row.id;
  }

  private async storeIn(transaction: IdentityTransaction, row: AccountRow, existing: AccountRow | undefined, link: NewAccount['link']): Promise<void> {
    if (existing) await this.accounts.takeOverIn(transaction, row);
    else await this.accounts.insertIn(transaction, row);
    if (link === null) return;
    const holder = await this.links.linkIn(transaction, { ...link, accountId: row.id });
    if (holder !== row.id) throw new AppError('conflict', 'This identity is linked to another account.');
  }

  private rowOf({ email, name, language, organization, passwordHash }: NewAccount, existing: AccountRow | undefined): AccountRow {
    return {
      id: existing?.id ?? newId(), email, email_verified_at: null, password_hash: passwordHash, name, language, pending_organization: organization,
      pending_tenant_id: existing?.pending_tenant_id ?? newId(), totp_sealed: null, totp_confirmed_at: null, totp_last_step: 0, created_at: existing?.created_at ?? this.clock.now(),
    };
  }
}

const taken = (): AppError => new AppError('conflict', 'This address has an account. Sign in to it, then link the identity.');
