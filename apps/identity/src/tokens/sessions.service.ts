import { Inject, Injectable } from '@nestjs/common';
import { AppError, newId, type Client, type Role } from '@tecnocursos/contracts';
import { SCHEMA } from '@tecnocursos/nest-kit';
import { AuditRepository } from '../audit/audit.repository.js';
import { Clock } from '../clock.js';
import type { IdentityDatabase } from '../identity.tables.js';
import { TOKENS_CONFIG } from '../identity.tokens.js';
import { MembershipRepository } from '../organizations/membership.repository.js';
import { newToken, sha256 } from '../random-token.js';
import { SessionRepository } from './session.repository.js';
import type { SessionRow } from './token.tables.js';
import type { TokensConfig } from './tokens.config.js';

export const DAY_MS = 86_400_000;
export const newRefreshToken = (): string => `tcr_${newToken()}`;

export interface OpenedSession {
  session: SessionRow;
  role: Role;
  refreshToken: string;
}

export interface SessionRequest {
  accountId: string;
  /** The one used last, else the one joined first, when absent. */
  tenantId?: string | undefined;
  methods: readonly string[];
  client: Client;
}

/** Opens sessions, for who has shown all factors. */
@Injectable()
export class Sessions {
  constructor(
    @Inject(SCHEMA) private readonly db: IdentityDatabase,
    private readonly sessions: SessionRepository,
    private readonly memberships: MembershipRepository,
    private readonly audit: AuditRepository,
    private readonly clock: Clock,
    @Inject(TOKENS_CONFIG) private readonly config: TokensConfig,
  ) {}

  /** @throws AppError `forbidden` for who is no active member. */
  async open({ accountId, tenantId, methods, client }: SessionRequest): Promise<OpenedSession> {
    const place = await this.placeOf(accountId, tenantId);
    const now = this.clock.now();
    const refreshToken = newRefreshToken();
    const session: SessionRow = {
      id: newId(), account_id: accountId, tenant_id: place.tenantId, methods: JSON.stringify(methods), address: client.address, user_agent: client.user_agent,
      created_at: now, last_used_at: now, expires_at: this.expiryOf(now), revoked_at: null, revoked_because: null,
    };
    await this.db.transaction().execute(async (transaction) => {
      await this.sessions.insertIn(transaction, session, sha256(refreshToken));
      const entry = { actor: { type: 'account', id: accountId }, action: 'session.opened', target: `session:${session.id}`, data: { methods: [...methods] }, client } as const;
      await this.audit.appendIn(transaction, place.tenantId, entry);
    });
    return { session, role: place.role, refreshToken };
  }

  /** Never later than so many days after the session began. */
  expiryOf(createdAt: Date): Date {
    const idle = this.clock.in(this.config.IDENTITY_SESSION_IDLE_DAYS * DAY_MS).getTime();
    return new Date(Math.min(idle, createdAt.getTime() + this.config.IDENTITY_SESSION_DAYS * DAY_MS));
  }

  private async placeOf(accountId: string, wanted: string | undefined): Promise<{ tenantId: string; role: Role }> {
    const active = (await this.memberships.ofAccount(accountId)).filter(({ suspended_at: at }) => at === null);
    const preferred = wanted ?? (await this.sessions.lastTenant(accountId));
    const membership = active.find(({ tenant_id: id }) => id === preferred) ?? (wanted === undefined ? active[0] : undefined);
    if (membership) return { tenantId: membership.tenant_id, role: membership.role };
    throw new AppError('forbidden', wanted === undefined ? 'This account is an active member of no organization. Ask for an invitation.' : 'This account is no active member of the organization.');
  }
}
