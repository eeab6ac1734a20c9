import { Inject, Injectable } from '@nestjs/common';
import { AppError, type checkSession, type Client, type ReplyInput, type RequestOf, type Session, type switchOrganization, type Tokens } from '@tecnocursos/contracts';
import { SCHEMA } from '@tecnocursos/nest-kit';
import type { IdentityDatabase } from '../identity.tables.js';
import { MembershipRepository } from '../organizations/membership.repository.js';
import { AccessTokens } from './access-tokens.service.js';
import { SessionRefresh } from './session-refresh.service.js';
import { SessionRepository } from './session.repository.js';
import { Sessions, type OpenedSession, type SessionRequest } from './sessions.service.js';
import type { SessionRow } from './token.tables.js';

const noMember = (): AppError => new AppError('forbidden', 'This account is no active member of the organization.');

/** What clients hold: an access token of minutes and a refresh token of weeks. */
@Injectable()
export class TokenIssue {
  constructor(
    @Inject(SCHEMA) private readonly db: IdentityDatabase,
    private readonly access: AccessTokens,
    private readonly sessions: Sessions,
    private readonly refreshing: SessionRefresh,
    private readonly store: SessionRepository,
    private readonly memberships: MembershipRepository,
  ) {}

  /** @throws AppError `forbidden` for who is no active member. */
  async open(request: SessionRequest): Promise<Tokens> {
    return this.tokensOf(await this.sessions.open(request));
  }

  /** @throws AppError `token_invalid`; `forbidden` for who is no active member any more. */
  async refresh(refreshToken: string, client: Client): Promise<Tokens> {
    const refreshed = await this.refreshing.refresh(refreshToken, client);
    const role = await this.memberships.activeRole(refreshed.session.tenant_id, refreshed.session.account_id);
    if (role === undefined) throw noMember();
    return this.tokensOf({ ...refreshed, role });
  }

  /** @throws AppError `token_invalid` when the session has ended, `forbidden`. */
  async switch({ account_id: accountId, session_id: sessionId, tenant_id: tenantId }: RequestOf<typeof switchOrganization>): Promise<ReplyInput<typeof switchOrganization>> {
    if (!(await this.store.findOpen(sessionId, accountId))) throw new AppError('token_invalid', 'The session has ended. Sign in again.');
    const role = await this.memberships.activeRole(tenantId, accountId);
    if (role === undefined) throw noMember();
    await this.db.transaction().execute((transaction) => this.store.touchIn(transaction, sessionId, { tenant_id: tenantId }));
    return { access_token: await this.access.sign({ accountId, tenantId, role, sessionId }), expires_in_s: this.access.lifeS, tenant_id: tenantId, role };
  }

  async check({ session_id: sessionId, account_id: accountId, tenant_id: tenantId }: RequestOf<typeof checkSession>): Promise<ReplyInput<typeof checkSession>> {
    const session = await this.store.findOpen(sessionId, accountId);
    const role = session && (await this.memberships.activeRole(tenantId, accountId));
    return role === undefined ? { active: false } : { active: true, role };
  }

  async list(accountId: string): Promise<Session[]> {
    return (await this.store.list(accountId)).map(toWire);
  }

  private async tokensOf({ session, role, refreshToken }: OpenedSession): Promise<Tokens> {
    const grant = { accountId: session.account_id, tenantId: session.tenant_id, role, sessionId: session.id };
    return {
      access_token: await this.access.sign(grant), token_type: 'Bearer', expires_in_s: this.access.lifeS, refresh_token: refreshToken,
      refresh_expires_at: session.expires_at.toISOString(), session_id: session.id, account_id: session.account_id, tenant_id: session.tenant_id, role,
    };
  }
}

const toWire = (row: SessionRow): Session => ({
  id: row.id, tenant_id: row.tenant_id, created_at: row.created_at.toISOString(), last_used_at: row.last_used_at.toISOString(), expires_at: row.expires_at.toISOString(),
  address: row.address, user_agent: row.user_agent, methods: JSON.parse(row.methods) as string[],
});
