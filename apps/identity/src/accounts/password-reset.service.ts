import { Inject, Injectable } from '@nestjs/common';
import type { RequestOf, requestPasswordReset, resetPassword } from '@tecnocursos/contracts';
import { SCHEMA } from '@tecnocursos/nest-kit';
import type { IdentityDatabase } from '../identity.tables.js';
import { SessionEnd } from '../tokens/session-end.service.js';
import { AccountMailer } from './account-mailer.service.js';
import { AccountRepository } from './account.repository.js';
import { linkInvalid } from './email-verification.service.js';
import { OneTimeTokenRepository } from './one-time-token.repository.js';
import { checkPassword } from './password-policy.js';
import { Passwords } from './password.service.js';

@Injectable()
export class PasswordReset {
  constructor(
    @Inject(SCHEMA) private readonly db: IdentityDatabase,
    private readonly accounts: AccountRepository,
    private readonly tokens: OneTimeTokenRepository,
    private readonly mailer: AccountMailer,
    private readonly passwords: Passwords,
    private readonly sessionEnd: SessionEnd,
  ) {}

  /** Nothing for unknown addresses; the confirmation again for one that was not confirmed. The caller has counted the attempt. */
  async request({ email }: RequestOf<typeof requestPasswordReset>): Promise<void> {
    const account = await this.accounts.findByEmail(email);
    if (!account) return;
    const send = account.email_verified_at === null ? await this.mailer.verification(account) : await this.mailer.passwordReset(account);
    await this.db.transaction().execute(send);
    this.mailer.kick();
  }

  /** @throws AppError `link_invalid`; `invalid_request` for a common password, and then the link still works. */
  async reset({ token, password, client }: RequestOf<typeof resetPassword>): Promise<{ id: string; email: string }> {
    const known = await this.tokens.peek('password-reset', token);
    if (known === undefined) throw linkInvalid();
    const account = await this.accounts.get(known);
    checkPassword(password, account.email);
    const passwordHash = await this.passwords.hash(password);
    const end = await this.sessionEnd.of(account.id);
    await this.db.transaction().execute(async (transaction) => {
      if (!(await this.tokens.consumeIn(transaction, 'password-reset', token))) throw linkInvalid();
      await this.accounts.updateIn(transaction, account.id, { password_hash: passwordHash });
      await end(transaction, { because: 'password-changed', action: 'password.reset', client });
    });
    return account;
  }
}
