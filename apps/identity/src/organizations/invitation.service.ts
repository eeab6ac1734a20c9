import { Inject, Injectable } from '@nestjs/common';
import { AppError, newId, type createInvitation, type Invitation, type RequestOf, type revokeInvitation } from '@tecnocursos/contracts';
import { SCHEMA } from '@tecnocursos/nest-kit';
import { AuditRepository } from '../audit/audit.repository.js';
import { Clock } from '../clock.js';
import type { IdentityDatabase } from '../identity.tables.js';
import { newToken, sha256 } from '../random-token.js';
import { ActorRoles } from './actor-roles.service.js';
import { InvitationMailer } from './invitation-mailer.service.js';
import { InvitationRepository } from './invitation.repository.js';
import type { InvitationRow } from './organization.tables.js';

const MINUTE_MS = 60_000;

/** Invitations as an organization sees them. */
@Injectable()
export class InvitationService {
  constructor(
    @Inject(SCHEMA) private readonly db: IdentityDatabase,
    private readonly invitations: InvitationRepository,
    private readonly roles: ActorRoles,
    private readonly mailer: InvitationMailer,
    private readonly audit: AuditRepository,
    private readonly clock: Clock,
  ) {}

  /** @throws AppError `forbidden` for a role above the actor's, `conflict` for a member, `rate_limited`. */
  async create(tenantId: string, request: RequestOf<typeof createInvitation>): Promise<Invitation> {
    const { actor, email, role, language } = request;
    await this.roles.requireRank(tenantId, actor, role);
    const member = await this.db.selectFrom('membership').innerJoin('account', 'account.id', 'membership.account_id').select('account_id')
      .where('tenant_id', '=', tenantId).where('email', '=', email).executeTakeFirst();
    if (member) throw new AppError('conflict', 'This address belongs to a member already.', { issues: [{ field: 'email', message: 'Change the role of the member.' }] });
    const token = newToken();
    const expiresAt = this.clock.in(this.mailer.openMinutes * MINUTE_MS);
    const invitation = { id: newId(), tenant_id: tenantId, email, role, token_sha256: sha256(token), invited_by: actor.id, created_at: this.clock.now(), expires_at: expiresAt };
    const letter = await this.mailer.prepare(tenantId, { email, token, expiresAt, actor, language });
    await this.db.transaction().execute(async (transaction) => {
      await this.invitations.putIn(transaction, invitation);
      await letter(transaction);
      await this.audit.appendIn(transaction, tenantId, { actor, action: 'invitation.created', target: `invitation:${invitation.id}`, data: { role }, client: request.client });
    });
    this.mailer.kick();
    return toWire(invitation);
  }

  async list(tenantId: string): Promise<Invitation[]> {
    return (await this.invitations.list(tenantId)).map(toWire);
  }

  async revoke(tenantId: string, { invitation_id: id, actor, client }: RequestOf<typeof revokeInvitation>): Promise<boolean> {
    await this.roles.grantOf(tenantId, actor);
    return this.db.transaction().execute(async (transaction) => {
      const removed = await this.invitations.removeIn(transaction, tenantId, id);
      if (removed) await this.audit.appendIn(transaction, tenantId, { actor, action: 'invitation.revoked', target: `invitation:${id}`, data: { role: removed.role }, client });
      return removed !== undefined;
    });
  }
}

const toWire = (row: InvitationRow): Invitation => ({
  id: row.id, email: row.email, role: row.role, created_at: row.created_at.toISOString(), expires_at: row.expires_at.toISOString(),
});
