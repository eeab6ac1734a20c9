import { Inject, Injectable } from '@nestjs/common';
import { AppError, type Client, type ReplyInput, type startSecondFactor } from '@tecnocursos/contracts';
import { SCHEMA } from '@tecnocursos/nest-kit';
import type { IdentityDatabase } from '../identity.tables.js';
import { ACCOUNTS_CONFIG } from '../identity.tokens.js';
import { sha256 } from '../random-token.js';
import { PLATFORM, SecretVault } from '../vault/secret-vault.service.js';
import { AccountTrail } from '../audit/account-trail.service.js';
import { AccountRepository } from './account.repository.js';
import type { AccountRow } from './account.tables.js';
import type { AccountsConfig } from './accounts.config.js';
import { SecondFactorCheck } from './second-factor-check.service.js';
import { newRecoveryCodes, newTotpSecret, normalizeRecoveryCode, totpUri } from './totp.js';

export const totpPlace = (accountId: string) => ({ provider: 'totp', field: accountId });

/** Turning the second factor on and off. */
@Injectable()
export class SecondFactor {
  constructor(
    @Inject(SCHEMA) private readonly db: IdentityDatabase,
    private readonly accounts: AccountRepository,
    private readonly vault: SecretVault,
    private readonly check: SecondFactorCheck,
    private readonly trail: AccountTrail,
    @Inject(ACCOUNTS_CONFIG) private readonly config: AccountsConfig,
  ) {}

  /** Beginning again takes a secret back that was not confirmed. @throws AppError `conflict` when it is on. */
  async start(accountId: string): Promise<ReplyInput<typeof startSecondFactor>> {
    const account = await this.accounts.get(accountId);
    if (account.totp_confirmed_at !== null) throw new AppError('conflict', 'The second factor is on. Turn it off first.');
    const secret = newTotpSecret();
    await this.accounts.update(accountId, { totp_sealed: await this.vault.seal(PLATFORM, totpPlace(accountId), secret), totp_last_step: 0 });
    return { secret, uri: totpUri(secret, account.email, this.config.IDENTITY_TOTP_ISSUER) };
  }

  /** @throws AppError `conflict` when it was not begun or is on, `credentials_invalid`, `rate_limited`. @returns recovery codes. */
  async confirm(accountId: string, code: string, client: Client): Promise<string[]> {
    const account = await this.accounts.get(accountId);
    if (account.totp_confirmed_at !== null || account.totp_sealed === null) throw new AppError('conflict', 'Begin to turn the second factor on, then confirm it.');
    const confirmedAt = await this.check.first(account, code);
    return this.replaceCodes(account, { totp_confirmed_at: confirmedAt }, 'second-factor.added', client);
  }

  async renewCodes(accountId: string, code: string, client: Client): Promise<string[]> {
    const account = await this.confirmed(accountId, code);
    return this.replaceCodes(account, {}, 'recovery-codes.renewed', client);
  }

  async remove(accountId: string, code: string, client: Client): Promise<void> {
    const account = await this.confirmed(accountId, code);
    const record = await this.trail.of(account.id);
    await this.db.transaction().execute(async (transaction) => {
      await this.accounts.updateIn(transaction, account.id, { totp_sealed: null, totp_confirmed_at: null, totp_last_step: 0 });
      await this.accounts.replaceRecoveryCodesIn(transaction, account.id, []);
      await record(transaction, { action: 'second-factor.removed', client });
    });
  }

  private async confirmed(accountId: string, code: string): Promise<AccountRow> {
    const account = await this.accounts.get(accountId);
    if (account.totp_confirmed_at === null) throw new AppError('conflict', 'The second factor is off.');
    await this.check.verify(account, code);
    return account;
  }

  private async replaceCodes(account: AccountRow, changes: { totp_confirmed_at?: Date }, action: string, client: Client): Promise<string[]> {
    const codes = newRecoveryCodes();
    const hashes = codes.map((code) => sha256(normalizeRecoveryCode(code)));
    const record = await this.trail.of(account.id);
    await this.db.transaction().execute(async (transaction) => {
      if (changes.totp_confirmed_at !== undefined) await this.accounts.updateIn(transaction, account.id, changes);
      await this.accounts.replaceRecoveryCodesIn(transaction, account.id, hashes);
      await record(transaction, { action, client });
    });
    return codes;
  }
}
