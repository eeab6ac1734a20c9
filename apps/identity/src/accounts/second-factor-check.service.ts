import { Injectable } from '@nestjs/common';
import { AppError } from '@tecnocursos/contracts';
import { Clock } from '../clock.js';
import { sha256 } from '../random-token.js';
import { PLATFORM, SecretVault } from '../vault/secret-vault.service.js';
import { AccountRepository } from './account.repository.js';
import type { AccountRow } from './account.tables.js';
import { AttemptLimiter } from './attempt-limiter.service.js';
import { normalizeRecoveryCode, totpStep } from './totp.js';

const wrongCode = (): AppError =>
  new AppError('credentials_invalid', 'The code is not right, or was used before.', { issues: [{ field: 'code', message: 'Type the code that the app shows now, or an unused recovery code.' }] });

/** Checks codes. Each works once: a step of the clock is taken in the database, and so is a recovery code. */
@Injectable()
export class SecondFactorCheck {
  constructor(
    private readonly accounts: AccountRepository,
    private readonly vault: SecretVault,
    private readonly limiter: AttemptLimiter,
    private readonly clock: Clock,
  ) {}

  /** @returns how it was shown (RFC 8176). @throws AppError `credentials_invalid`, `rate_limited`. */
  async verify(account: AccountRow, code: string): Promise<'otp' | 'recovery'> {
    const attempt = { kind: 'second-factor', who: account.id } as const;
    await this.limiter.take([attempt]);
    const isTotp = /^\d{6}$/.test(code);
    const isRight = isTotp ? await this.takeTotp(account, code) : await this.accounts.takeRecoveryCode(account.id, sha256(normalizeRecoveryCode(code)), this.clock.now());
    if (!isRight) throw wrongCode();
    await this.limiter.release([attempt]);
    return isTotp ? 'otp' : 'recovery';
  }

  /** The first code of a new secret; a recovery code does not count. */
  async first(account: AccountRow, code: string): Promise<Date> {
    if (!/^\d{6}$/.test(code)) throw wrongCode();
    await this.verify(account, code);
    return this.clock.now();
  }

  private async takeTotp(account: AccountRow, code: string): Promise<boolean> {
    if (account.totp_sealed === null) return false;
    const secret = await this.vault.open(PLATFORM, { provider: 'totp', field: account.id }, account.totp_sealed);
    const step = totpStep(secret, code, this.clock.now());
    return step !== null && this.accounts.takeTotpStep(account.id, step);
  }
}
