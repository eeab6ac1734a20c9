import { Inject, Injectable } from '@nestjs/common';
import { newId, type RequestOf, type resendVerification, type signUp } from '@tecnocursos/contracts';
import { SCHEMA } from '@tecnocursos/nest-kit';
import { isUniqueViolation } from '@tecnocursos/persistence';
import { Clock } from '../clock.js';
import type { IdentityDatabase } from '../identity.tables.js';
import { AccountMailer } from './account-mailer.service.js';
import { AccountRepository } from './account.repository.js';
import type { AccountRow } from './account.tables.js';
import { AttemptLimiter } from './attempt-limiter.service.js';
import { checkPassword } from './password-policy.js';
import { Passwords } from './password.service.js';

type SignUpRequest = RequestOf<typeof signUp>;

/** What is asked of somebody who is new: the password is null when a login provider stands for them. */
export type NewAccount = Pick<SignUpRequest, 'email' | 'name' | 'language'> & { organization: string; passwordHash: string | null };

/**
 * Signing up answers the same for known and unknown addresses, in time too; the mail tells the address's owner. Until the address
 * is confirmed, who signs up last decides the password, and the links of earlier mails are dead.
 */
@Injectable()
export class SignUp {
  constructor(
    @Inject(SCHEMA) private readonly db: IdentityDatabase,
    private readonly accounts: AccountRepository,
    private readonly mailer: AccountMailer,
    private readonly passwords: Passwords,
    private readonly limiter: AttemptLimiter,
    private readonly clock: Clock,
  ) {}

  /** @throws AppError `rate_limited`; `invalid_request` for a common password. */
  async signUp(request: SignUpRequest): Promise<void> {
    checkPassword(request.password, request.email);
    await this.limiter.take([{ kind: 'sign-up-address', who: request.client.address }, { kind: 'mail', who: request.email }]);
    const passwordHash = await this.passwords.hash(request.password);
    await this.register({ ...request, organization: request.organization_name, passwordHash });
    this.mailer.kick();
  }

  /** Stores an account that its address's owner must confirm, unless there is one; sends the letter that fits. */
  async register(account: NewAccount): Promise<void> {
    const existing = await this.accounts.findByEmail(account.email);
    if (!existing) return this.insert(account);
    if (existing.email_verified_at === null) return this.replace(existing, account);
    const send = await this.mailer.knownAddress(existing);
    await this.db.transaction().execute(send);
  }

  async resend({ email, client }: RequestOf<typeof resendVerification>): Promise<void> {
    await this.limiter.take([{ kind: 'sign-up-address', who: client.address }, { kind: 'mail', who: email }]);
    const account = await this.accounts.findByEmail(email);
    if (!account || account.email_verified_at !== null) return;
    const send = await this.mailer.verification(account);
    await this.db.transaction().execute(send);
    this.mailer.kick();
  }

  private async insert(account: NewAccount): Promise<void> {
    const row: AccountRow = {
      id: newId(), email: account.email, email_verified_at: null, password_hash: account.passwordHash, name: account.name, language: account.language,
      pending_organization: account.organization, pending_tenant_id: newId(), totp_sealed: null, totp_confirmed_at: null, totp_last_step: 0, created_at: this.clock.now(),
    };
    const send = await this.mailer.verification(row);
    try {
      await this.db.transaction().execute(async (transaction) => {
        await this.accounts.insertIn(transaction, row);
        await send(transaction);
      });
    } catch (error) {
      if (!isUniqueViolation(error)) throw error; // the same address signed up at the same instant, and got its mail
    }
  }

  private async replace(existing: AccountRow, account: NewAccount): Promise<void> {
    const changes = { name: account.name, language: account.language, pending_organization: account.organization, password_hash: account.passwordHash };
    const send = await this.mailer.verification({ ...existing, ...changes });
    await this.db.transaction().execute(async (transaction) => {
      await this.accounts.updateIn(transaction, existing.id, changes);
      await send(transaction);
    });
  }
}
