import { Inject, Injectable } from '@nestjs/common';
import { AppError, type Client } from '@tecnocursos/contracts';
import { SCHEMA } from '@tecnocursos/nest-kit';
import { AccountTrail } from '../audit/account-trail.service.js';
import type { IdentityDatabase } from '../identity.tables.js';
import { AccountRepository } from './account.repository.js';
import type { AccountRow } from './account.tables.js';
import { AttemptLimiter } from './attempt-limiter.service.js';
import { Passwords } from './password.service.js';

export interface PasswordAttempt {
  email: string;
  password: string;
  client: Client;
}

/** The first factor, limited by account and by address. */
@Injectable()
export class PasswordCheck {
  constructor(
    @Inject(SCHEMA) private readonly db: IdentityDatabase,
    private readonly accounts: AccountRepository,
    private readonly passwords: Passwords,
    private readonly limiter: AttemptLimiter,
    private readonly trail: AccountTrail,
  ) {}

  /** Says the same, after the same time, for an unknown address and a wrong password. @throws AppError `credentials_invalid`, `rate_limited`. */
  async verify({ email, password, client }: PasswordAttempt): Promise<AccountRow> {
    const attempts = [{ kind: 'sign-in-address', who: client.address }, { kind: 'sign-in-account', who: email }] as const;
    await this.limiter.take(attempts);
    const account = await this.accounts.findByEmail(email);
    const isRight = await this.passwords.verify(password, account?.password_hash ?? null);
    if (!account || !isRight) {
      if (account) await this.tellOfFailure(account.id, client);
      throw new AppError('credentials_invalid', 'E-mail or password is not right.');
    }
    await this.limiter.release(attempts);
    return account;
  }

  private async tellOfFailure(accountId: string, client: Client): Promise<void> {
    const record = await this.trail.of(accountId);
    await this.db.transaction().execute((transaction) => record(transaction, { action: 'session.refused', data: { because: 'password' }, client }));
  }
}
