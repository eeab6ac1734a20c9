import { Inject, Injectable } from '@nestjs/common';
import { AppError, type changePassword, type RequestOf } from '@tecnocursos/contracts';
import { SCHEMA } from '@tecnocursos/nest-kit';
import type { IdentityDatabase } from '../identity.tables.js';
import { SessionEnd } from '../tokens/session-end.service.js';
import { AccountRepository } from './account.repository.js';
import { AttemptLimiter } from './attempt-limiter.service.js';
import { checkPassword } from './password-policy.js';
import { Passwords } from './password.service.js';

@Injectable()
export class PasswordChange {
  constructor(
    @Inject(SCHEMA) private readonly db: IdentityDatabase,
    private readonly accounts: AccountRepository,
    private readonly limiter: AttemptLimiter,
    private readonly passwords: Passwords,
    private readonly sessionEnd: SessionEnd,
  ) {}

  /** @throws AppError `credentials_invalid`, `rate_limited`, `not_found`. */
  async change(request: RequestOf<typeof changePassword>): Promise<void> {
    const account = await this.accounts.get(request.account_id);
    const attempt = { kind: 'password', who: account.id } as const;
    await this.limiter.take([attempt]);
    if (account.password_hash !== null && !(await this.passwords.verify(request.current_password ?? '', account.password_hash))) {
      throw new AppError('credentials_invalid', 'The current password is not right.', { issues: [{ field: 'current_password', message: 'Type the password that you sign in with now.' }] });
    }
    checkPassword(request.password, account.email);
    const passwordHash = await this.passwords.hash(request.password);
    const end = await this.sessionEnd.of(account.id);
    await this.db.transaction().execute(async (transaction) => {
      await this.accounts.updateIn(transaction, account.id, { password_hash: passwordHash });
      await end(transaction, { except: request.session_id, because: 'password-changed', action: 'password.changed', client: request.client });
    });
    await this.limiter.release([attempt]);
  }
}
