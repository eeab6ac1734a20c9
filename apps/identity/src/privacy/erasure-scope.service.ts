import { Inject, Injectable } from '@nestjs/common';
import { AppError, type Actor } from '@tecnocursos/contracts';
import { SCHEMA } from '@tecnocursos/nest-kit';
import type { IdentityDatabase } from '../identity.tables.js';
import { ActorRoles } from '../organizations/actor-roles.service.js';
import { MembershipRepository } from '../organizations/membership.repository.js';

export interface TenantScope {
  tenantId: string;
  /** `tenant`: the person is all there is of the organization, which ends with them. */
  scope: 'subject' | 'tenant';
}

/** Where an erasure reaches: everywhere for who erases their own account, in one organization for whom it erases. */
@Injectable()
export class ErasureScope {
  constructor(
    @Inject(SCHEMA) private readonly db: IdentityDatabase,
    private readonly memberships: MembershipRepository,
    private readonly roles: ActorRoles,
  ) {}

  /** Everybody may ask for their own. @throws AppError `forbidden` for who may not manage what the organization has of others. */
  async requireRight(tenantId: string, actor: Actor, accountId: string | null): Promise<void> {
    if (actor.type === 'account' && actor.id === accountId) return;
    const { permissions } = await this.roles.grantOf(tenantId, actor);
    if (!permissions.includes('privacy:manage')) throw new AppError('forbidden', 'This needs the permission privacy:manage.');
  }

  /** @throws AppError `conflict` when other members would be left without an owner, `forbidden` for a member above the actor. */
  async of(tenantId: string, actor: Actor, accountId: string | null): Promise<TenantScope[]> {
    if (accountId === null) return [{ tenantId, scope: 'subject' }];
    const isOwn = actor.type === 'account' && actor.id === accountId;
    const memberships = (await this.memberships.ofAccount(accountId)).filter((membership) => isOwn || membership.tenant_id === tenantId);
    const own = memberships.find((membership) => membership.tenant_id === tenantId);
    if (!isOwn && own) await this.roles.requireRank(tenantId, actor, own.role);
    const scopes: TenantScope[] = [];
    for (const membership of memberships) scopes.push({ tenantId: membership.tenant_id, scope: await this.scopeIn(membership.tenant_id, accountId, membership.role) });
    return scopes;
  }

  /** What is exported is what the person's erasure would erase in the organization. */
  async ofExport(tenantId: string, accountId: string | null): Promise<TenantScope> {
    if (accountId === null) return { tenantId, scope: 'subject' };
    return { tenantId, scope: (await this.othersIn(tenantId, accountId)).length === 0 ? 'tenant' : 'subject' };
  }

  private othersIn(tenantId: string, accountId: string): Promise<{ role: string; suspended_at: Date | null }[]> {
    return this.db.selectFrom('membership').select(['role', 'suspended_at']).where('tenant_id', '=', tenantId).where('account_id', '!=', accountId).execute();
  }

  private async scopeIn(tenantId: string, accountId: string, role: string): Promise<TenantScope['scope']> {
    const others = await this.othersIn(tenantId, accountId);
    if (others.length === 0) return 'tenant';
    const isLastOwner = role === 'owner' && !others.some((other) => other.role === 'owner' && other.suspended_at === null);
    if (isLastOwner) throw new AppError('conflict', 'Make another member an owner first: an organization with members keeps an owner.');
    return 'subject';
  }
}
