import { Inject, Injectable } from '@nestjs/common';
import type { RequestOf, resendVerification, signUp } from '@tecnocursos/contracts';
import { SCHEMA } from '@tecnocursos/nest-kit';
import type { IdentityDatabase } from '../identity.tables.js';
import { AccountMailer } from './account-mailer.service.js';
import { AccountRegistration } from './account-registration.service.js';
import { AccountRepository } from './account.repository.js';
import { AttemptLimiter } from './attempt-limiter.service.js';
import { checkPassword } from './password-policy.js';
import { Passwords } from './password.service.js';

/** Signing up answers the same for known and unknown addresses, in time too; the mail tells the address's owner. */
@Injectable()
export class SignUp {
  constructor(
    @Inject(SCHEMA) private readonly db: IdentityDatabase,
    private readonly accounts: AccountRepository,
    private readonly registration: AccountRegistration,
    private readonly mailer: AccountMailer,
    private readonly passwords: Passwords,
    private readonly limiter: AttemptLimiter,
  ) {}

  /** @throws AppError `rate_limited`; `invalid_request` for a common password. */
  async signUp({ email, password, name, language, organization_name: organization, client }: RequestOf<typeof signUp>): Promise<void> {
    checkPassword(password, email);
    await this.limiter.take([{ kind: 'sign-up-address', who: client.address }, { kind: 'mail', who: email }]);
    const passwordHash = await this.passwords.hash(password);
    await this.registration.register({ email, name, language, organization, passwordHash, link: null });
  }

  async resend({ email, client }: RequestOf<typeof resendVerification>): Promise<void> {
    await this.limiter.take([{ kind: 'sign-up-address', who: client.address }, { kind: 'mail', who: email }]);
    const account = await this.accounts.findByEmail(email);
    if (!account || account.email_verified_at !== null) return;
    const send = await this.mailer.verification(account);
    await this.db.transaction().execute(send);
    this.mailer.kick();
  }
}
