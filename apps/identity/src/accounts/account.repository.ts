import { Inject, Injectable } from '@nestjs/common';
import { AppError, type Account } from '@tecnocursos/contracts';
import { SCHEMA } from '@tecnocursos/nest-kit';
import type { Insertable, Updateable } from 'kysely';
import type { AccountRow, AccountTable } from './account.tables.js';
import type { Executor, IdentityDatabase, IdentityTransaction } from '../identity.tables.js';

/** Accounts belong to no tenant: one person may be a member of several. Callers have authenticated whom they ask for. */
@Injectable()
export class AccountRepository {
  constructor(@Inject(SCHEMA) private readonly db: IdentityDatabase) {}

  async find(id: string): Promise<AccountRow | undefined> {
    return this.db.selectFrom('account').selectAll().where('id', '=', id).executeTakeFirst();
  }

  /** @throws AppError `not_found`. */
  async get(id: string): Promise<AccountRow> {
    const account = await this.find(id);
    if (!account) throw new AppError('not_found', 'There is no such account.');
    return account;
  }

  async findByEmail(email: string): Promise<AccountRow | undefined> {
    return this.db.selectFrom('account').selectAll().where('email', '=', email).executeTakeFirst();
  }

  async insertIn(executor: Executor, account: Insertable<AccountTable>): Promise<void> {
    await executor.insertInto('account').values(account).execute();
  }

  async updateIn(executor: Executor, id: string, changes: Updateable<AccountTable>): Promise<void> {
    await executor.updateTable('account').set(changes).where('id', '=', id).execute();
  }

  /** Somebody else takes an unconfirmed account over: no way in that an earlier one left stays. */
  async takeOverIn(transaction: IdentityTransaction, { id, ...changes }: AccountRow): Promise<void> {
    await this.updateIn(transaction, id, changes);
    await transaction.deleteFrom('linked_identity').where('account_id', '=', id).execute();
    await transaction.deleteFrom('one_time_token').where('account_id', '=', id).execute();
    await this.replaceRecoveryCodesIn(transaction, id, []);
  }

  async update(id: string, changes: Updateable<AccountTable>): Promise<void> {
    await this.updateIn(this.db, id, changes);
  }

  /** Takes the step of a code: false when a code of it, or of a later one, was taken before. */
  async takeTotpStep(id: string, step: number): Promise<boolean> {
    const { numUpdatedRows } = await this.db.updateTable('account').set({ totp_last_step: step }).where('id', '=', id).where('totp_last_step', '<', step).executeTakeFirst();
    return numUpdatedRows > 0n;
  }

  async replaceRecoveryCodesIn(transaction: IdentityTransaction, id: string, hashes: readonly string[]): Promise<void> {
    await transaction.deleteFrom('recovery_code').where('account_id', '=', id).execute();
    if (hashes.length > 0) await transaction.insertInto('recovery_code').values(hashes.map((hash) => ({ account_id: id, code_sha256: hash, used_at: null }))).execute();
  }

  async takeRecoveryCode(id: string, hash: string, at: Date): Promise<boolean> {
    const { numUpdatedRows } = await this.db.updateTable('recovery_code').set({ used_at: at })
      .where('account_id', '=', id).where('code_sha256', '=', hash).where('used_at', 'is', null).executeTakeFirst();
    return numUpdatedRows > 0n;
  }

  async toWire(id: string): Promise<Account> {
    const account = await this.get(id);
    const { count } = await this.db.selectFrom('recovery_code').select((eb) => eb.fn.countAll<number>().as('count'))
      .where('account_id', '=', id).where('used_at', 'is', null).executeTakeFirstOrThrow();
    return {
      id, email: account.email, name: account.name, language: account.language, email_verified: account.email_verified_at !== null,
      has_password: account.password_hash !== null, second_factor: account.totp_confirmed_at === null ? 'none' : 'totp',
      recovery_codes_left: Number(count), created_at: account.created_at.toISOString(),
    };
  }

  /** Accounts that nobody confirmed in time: they never had an organization. */
  async deleteUnverified(olderThan: Date): Promise<number> {
    const { numDeletedRows } = await this.db.deleteFrom('account').where('email_verified_at', 'is', null).where('created_at', '<', olderThan).executeTakeFirst();
    return Number(numDeletedRows);
  }
}
