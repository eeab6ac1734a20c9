import { Inject, Injectable } from '@nestjs/common';
import { AppError, type Member, type ReplyInput, type RequestOf, type listMembers, type removeMember, type updateMember } from '@tecnocursos/contracts';
import { SCHEMA } from '@tecnocursos/nest-kit';
import { lockKey } from '@tecnocursos/persistence';
import { AuditRepository } from '../audit/audit.repository.js';
import { Clock } from '../clock.js';
import type { IdentityDatabase, IdentityTransaction } from '../identity.tables.js';
import { SessionRepository } from '../tokens/session.repository.js';
import { ActorRoles } from './actor-roles.service.js';
import { MembershipRepository, type MemberRow } from './membership.repository.js';

const noMember = (): AppError => new AppError('not_found', 'There is no such member.');

@Injectable()
export class MemberService {
  constructor(
    @Inject(SCHEMA) private readonly db: IdentityDatabase,
    private readonly memberships: MembershipRepository,
    private readonly roles: ActorRoles,
    private readonly sessions: SessionRepository,
    private readonly audit: AuditRepository,
    private readonly clock: Clock,
  ) {}

  async list(tenantId: string, { limit, after }: RequestOf<typeof listMembers>): Promise<ReplyInput<typeof listMembers>> {
    const rows = await this.memberships.list(tenantId, { limit: limit + 1, after });
    return { members: rows.slice(0, limit).map(toWire), has_more: rows.length > limit };
  }

  /** @throws AppError `not_found`; `forbidden` for a role above the actor's; `conflict` when no owner would be left. */
  async update(tenantId: string, request: RequestOf<typeof updateMember>): Promise<Member> {
    const { account_id: accountId, role, suspended, actor, client } = request;
    const before = await this.memberships.member(tenantId, accountId);
    if (!before) throw noMember();
    await this.roles.requireRank(tenantId, actor, before.role, role ?? before.role);
    const changes = { ...(role !== undefined && { role }), ...(suspended !== undefined && { suspended_at: suspended ? this.clock.now() : null }) };
    if (Object.keys(changes).length > 0) {
      await this.changing(tenantId, async (transaction) => {
        await transaction.updateTable('membership').set(changes).where('tenant_id', '=', tenantId).where('account_id', '=', accountId).execute();
        if (suspended === true) await this.sessions.revokeIn(transaction, { accountId, tenantId }, 'suspended');
        const data = { ...(role !== undefined && { role, role_before: before.role }), ...(suspended !== undefined && { suspended }) };
        await this.audit.appendIn(transaction, tenantId, { actor, action: 'member.changed', target: `account:${accountId}`, data, client });
      });
    }
    const member = await this.memberships.member(tenantId, accountId);
    if (!member) throw noMember();
    return toWire(member);
  }

  /** Everybody may leave. @throws AppError `forbidden`, `conflict`. */
  async remove(tenantId: string, { account_id: accountId, actor, client }: RequestOf<typeof removeMember>): Promise<boolean> {
    const before = await this.memberships.find(tenantId, accountId);
    if (!before) return false;
    const leaves = actor.type === 'account' && actor.id === accountId;
    if (!leaves) await this.roles.requireRank(tenantId, actor, before.role);
    await this.changing(tenantId, async (transaction) => {
      await transaction.deleteFrom('membership').where('tenant_id', '=', tenantId).where('account_id', '=', accountId).execute();
      await this.sessions.revokeIn(transaction, { accountId, tenantId }, 'revoked');
      await this.audit.appendIn(transaction, tenantId, { actor, action: leaves ? 'member.left' : 'member.removed', target: `account:${accountId}`, data: { role: before.role }, client });
    });
    return true;
  }

  /** Changes of one organization take turns, so that two owners cannot remove each other at the same instant. */
  private changing(tenantId: string, change: (transaction: IdentityTransaction) => Promise<void>): Promise<void> {
    return this.db.transaction().execute(async (transaction) => {
      await lockKey(transaction, `identity.members:${tenantId}`);
      const before = await countOwners(transaction, tenantId);
      await change(transaction);
      if (before > 0 && (await countOwners(transaction, tenantId)) === 0) {
        throw new AppError('conflict', 'An organization keeps an owner who is not suspended. Make somebody else an owner first.');
      }
    });
  }
}

async function countOwners(transaction: IdentityTransaction, tenantId: string): Promise<number> {
  const { count } = await transaction.selectFrom('membership').select((eb) => eb.fn.countAll<number>().as('count'))
    .where('tenant_id', '=', tenantId).where('role', '=', 'owner').where('suspended_at', 'is', null).executeTakeFirstOrThrow();
  return Number(count);
}

const toWire = (row: MemberRow): Member => ({
  account_id: row.account_id, email: row.email, name: row.name, role: row.role, suspended: row.suspended_at !== null,
  second_factor: row.totp_confirmed_at === null ? 'none' : 'totp', joined_at: row.joined_at.toISOString(),
});
