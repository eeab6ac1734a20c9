import { Inject, Injectable } from '@nestjs/common';
import { SCHEMA } from '@tecnocursos/nest-kit';
import { sql, type Insertable } from 'kysely';
import { Clock } from '../clock.js';
import type { Executor, IdentityDatabase, IdentityTransaction } from '../identity.tables.js';
import type { SessionRow, TokenTables } from './token.tables.js';

export type RefreshRow = TokenTables['refresh_token'];

/** Sessions and the refresh tokens of each, which are one family. */
@Injectable()
export class SessionRepository {
  constructor(
    @Inject(SCHEMA) private readonly db: IdentityDatabase,
    private readonly clock: Clock,
  ) {}

  async insertIn(transaction: IdentityTransaction, session: Insertable<TokenTables['session']>, refreshSha256: string): Promise<void> {
    await transaction.insertInto('session').values(session).execute();
    await this.insertRefreshIn(transaction, session.id, refreshSha256);
  }

  async insertRefreshIn(transaction: IdentityTransaction, sessionId: string, tokenSha256: string): Promise<void> {
    await transaction.insertInto('refresh_token')
      .values({ token_sha256: tokenSha256, session_id: sessionId, issued_at: this.clock.now(), used_at: null, successor_sha256: null, successor_sealed: null }).execute();
  }

  /** Of all who refresh with one token at once, one at a time goes on from here. */
  async lockRefreshIn(transaction: IdentityTransaction, tokenSha256: string): Promise<{ token: RefreshRow; session: SessionRow } | undefined> {
    const found = await transaction.selectFrom('refresh_token').select('session_id').where('token_sha256', '=', tokenSha256).executeTakeFirst();
    const session = found && (await transaction.selectFrom('session').selectAll().where('id', '=', found.session_id).forUpdate().executeTakeFirst());
    const token = await transaction.selectFrom('refresh_token').selectAll().where('token_sha256', '=', tokenSha256).executeTakeFirst();
    return session && token && { token, session };
  }

  async isUsedIn(transaction: IdentityTransaction, tokenSha256: string): Promise<boolean> {
    const row = await transaction.selectFrom('refresh_token').select('used_at').where('token_sha256', '=', tokenSha256).executeTakeFirst();
    return row === undefined || row.used_at !== null;
  }

  async markUsedIn(transaction: IdentityTransaction, tokenSha256: string, successor: { sha256: string; sealed: string }): Promise<void> {
    await transaction.updateTable('refresh_token').set({ used_at: this.clock.now(), successor_sha256: successor.sha256, successor_sealed: successor.sealed })
      .where('token_sha256', '=', tokenSha256).execute();
  }

  async touchIn(transaction: IdentityTransaction, id: string, changes: Partial<Pick<SessionRow, 'expires_at' | 'address' | 'user_agent' | 'tenant_id'>>): Promise<void> {
    await transaction.updateTable('session').set({ ...changes, last_used_at: this.clock.now() }).where('id', '=', id).execute();
  }

  async findOpen(id: string, accountId: string): Promise<SessionRow | undefined> {
    return this.open(this.db).where('id', '=', id).where('account_id', '=', accountId).executeTakeFirst();
  }

  /** Open ones, the one used last first. */
  async list(accountId: string): Promise<SessionRow[]> {
    return this.open(this.db).where('account_id', '=', accountId).orderBy('last_used_at', 'desc').orderBy('id').execute();
  }

  async lastTenant(accountId: string): Promise<string | undefined> {
    return (await this.db.selectFrom('session').select('tenant_id').where('account_id', '=', accountId).orderBy('last_used_at', 'desc').limit(1).executeTakeFirst())?.tenant_id;
  }

  /** @returns ids of those that were open. */
  async revokeIn(executor: Executor, which: { accountId: string; sessionId?: string; except?: string; tenantId?: string }, because: string): Promise<string[]> {
    const now = this.clock.now();
    const rows = await executor.updateTable('session').set({ revoked_at: now, revoked_because: because })
      .where('account_id', '=', which.accountId).where('revoked_at', 'is', null).where('expires_at', '>', now)
      .$if(which.sessionId !== undefined, (query) => query.where('id', '=', which.sessionId ?? ''))
      .$if(which.except !== undefined, (query) => query.where('id', '!=', which.except ?? ''))
      .$if(which.tenantId !== undefined, (query) => query.where('tenant_id', '=', which.tenantId ?? ''))
      .returning('id').execute();
    return rows.map(({ id }) => id);
  }

  /** Successors that nobody may ask for again, and ended sessions: after `sessionsBefore`, or as many days after their end as the organization wants them kept. */
  async sweep(successorsBefore: Date, sessionsBefore: Date): Promise<void> {
    await this.db.updateTable('refresh_token').set({ successor_sealed: null }).where('successor_sealed', 'is not', null).where('used_at', '<', successorsBefore).execute();
    const own = this.db.selectFrom('retention_setting').select('tenant_id').where('category', '=', 'sessions');
    await this.db.deleteFrom('session').where('expires_at', '<', sessionsBefore).where('tenant_id', 'not in', own).execute();
    const until = sql<Date>`${this.clock.now()}::timestamptz - make_interval(days => ${sql.ref('retention_setting.days')})`;
    await this.db.deleteFrom('session').using('retention_setting').whereRef('retention_setting.tenant_id', '=', 'session.tenant_id').where('retention_setting.category', '=', 'sessions')
      .where('session.expires_at', '<', until).execute();
  }

  private open(executor: Executor) {
    return executor.selectFrom('session').selectAll().where('revoked_at', 'is', null).where('expires_at', '>', this.clock.now());
  }
}
