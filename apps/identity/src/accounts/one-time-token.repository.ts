import { Inject, Injectable } from '@nestjs/common';
import { SCHEMA } from '@tecnocursos/nest-kit';
import { Clock } from '../clock.js';
import { newToken, sha256 } from '../random-token.js';
import { PLATFORM, SecretVault } from '../vault/secret-vault.service.js';
import type { OneTimeTokenKind } from './account.tables.js';
import type { IdentityDatabase, IdentityTransaction } from '../identity.tables.js';

export interface NewOneTimeToken {
  kind: OneTimeTokenKind;
  accountId: string | null;
  lifeMs: number;
  payload?: unknown;
}

export interface PreparedToken {
  token: string;
  expiresAt: Date;
  row: { token_sha256: string; kind: OneTimeTokenKind; account_id: string | null; payload: string | null; attempts: number; expires_at: Date };
}

export interface OneTimeToken {
  accountId: string | null;
  /** As it was given; undefined when there was none. */
  payload: unknown;
}

const placeOf = (tokenSha256: string) => ({ provider: 'one-time-token', field: tokenSha256 });

/** Random tokens that work once. The database has their hashes, and what belongs to them sealed. */
@Injectable()
export class OneTimeTokenRepository {
  constructor(
    @Inject(SCHEMA) private readonly db: IdentityDatabase,
    private readonly vault: SecretVault,
    private readonly clock: Clock,
  ) {}

  /** Makes one, before the transaction that inserts it. */
  async prepare({ kind, accountId, lifeMs, payload }: NewOneTimeToken): Promise<PreparedToken> {
    const token = newToken();
    const tokenSha256 = sha256(token);
    const sealed = payload === undefined ? null : await this.vault.seal(PLATFORM, placeOf(tokenSha256), JSON.stringify(payload));
    const expiresAt = this.clock.in(lifeMs);
    return { token, expiresAt, row: { token_sha256: tokenSha256, kind, account_id: accountId, payload: sealed, attempts: 0, expires_at: expiresAt } };
  }

  /** The newest of its kind and account is the only one that works. */
  async insertIn(transaction: IdentityTransaction, { row }: PreparedToken): Promise<void> {
    if (row.account_id !== null && row.kind !== 'sign-in') {
      await transaction.deleteFrom('one_time_token').where('account_id', '=', row.account_id).where('kind', '=', row.kind).execute();
    }
    await transaction.insertInto('one_time_token').values(row).execute();
  }

  async create(token: NewOneTimeToken): Promise<PreparedToken> {
    const prepared = await this.prepare(token);
    await this.db.transaction().execute((transaction) => this.insertIn(transaction, prepared));
    return prepared;
  }

  /** Uses it up: of all who try at once, one gets it. @returns undefined when it is unknown, used or too old. */
  async consumeIn(transaction: IdentityTransaction, kind: OneTimeTokenKind, token: string): Promise<{ accountId: string | null; sealed: string | null } | undefined> {
    const row = await transaction
      .deleteFrom('one_time_token').where('token_sha256', '=', sha256(token)).where('kind', '=', kind).where('expires_at', '>', this.clock.now())
      .returning(['account_id', 'payload']).executeTakeFirst();
    return row && { accountId: row.account_id, sealed: row.payload };
  }

  async consume(kind: OneTimeTokenKind, token: string): Promise<OneTimeToken | undefined> {
    const row = await this.db.transaction().execute((transaction) => this.consumeIn(transaction, kind, token));
    return row && { accountId: row.accountId, payload: await this.payload(token, row.sealed) };
  }

  /** The account of a token that would still work; leaves it as it is. */
  async peek(kind: OneTimeTokenKind, token: string): Promise<string | undefined> {
    const row = await this.db.selectFrom('one_time_token').select('account_id').where('token_sha256', '=', sha256(token)).where('kind', '=', kind)
      .where('expires_at', '>', this.clock.now()).executeTakeFirst();
    return row?.account_id ?? undefined;
  }

  /** Counts a try without using it up. @returns undefined also after the last try. */
  async attempt(kind: OneTimeTokenKind, token: string, maxAttempts: number): Promise<OneTimeToken | undefined> {
    const row = await this.db
      .updateTable('one_time_token').set((eb) => ({ attempts: eb('attempts', '+', 1) }))
      .where('token_sha256', '=', sha256(token)).where('kind', '=', kind).where('expires_at', '>', this.clock.now()).where('attempts', '<', maxAttempts)
      .returning(['account_id', 'payload']).executeTakeFirst();
    return row && { accountId: row.account_id, payload: await this.payload(token, row.payload) };
  }

  async sweep(): Promise<void> {
    await this.db.deleteFrom('one_time_token').where('expires_at', '<=', this.clock.now()).execute();
  }

  private async payload(token: string, sealed: string | null): Promise<unknown> {
    return sealed === null ? undefined : JSON.parse(await this.vault.open(PLATFORM, placeOf(sha256(token)), sealed));
  }
}
