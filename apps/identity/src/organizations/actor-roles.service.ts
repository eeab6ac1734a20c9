import { Inject, Injectable } from '@nestjs/common';
import { AppError, outranks, ROLE_PERMISSIONS, type Actor, type ApiKeyMode, type Permission, type Role } from '@tecnocursos/contracts';
import { SCHEMA } from '@tecnocursos/nest-kit';
import { permissionsOfKey } from '../api-keys/api-key.js';
import { Clock } from '../clock.js';
import type { IdentityDatabase } from '../identity.tables.js';
import { MembershipRepository } from './membership.repository.js';

export interface Grant {
  role: Role;
  permissions: readonly Permission[];
  mode: ApiKeyMode;
}

/** What an actor may in a tenant, by our own tables and not by what the caller says. */
@Injectable()
export class ActorRoles {
  constructor(
    @Inject(SCHEMA) private readonly db: IdentityDatabase,
    private readonly memberships: MembershipRepository,
    private readonly clock: Clock,
  ) {}

  /** @throws AppError `forbidden` for who is no active member, for keys that are no longer valid, and for services. */
  async grantOf(tenantId: string, actor: Actor): Promise<Grant> {
    const grant = actor.type === 'account' ? await this.memberGrant(tenantId, actor.id) : actor.type === 'api_key' ? await this.keyGrant(tenantId, actor.id) : undefined;
    if (!grant) throw new AppError('forbidden', 'Only active members and keys of the organization may do this.');
    return grant;
  }

  /** @throws AppError `forbidden` when one of the roles is above the actor's. */
  async requireRank(tenantId: string, actor: Actor, ...roles: readonly Role[]): Promise<void> {
    const { role } = await this.grantOf(tenantId, actor);
    if (!roles.every((other) => outranks(role, other))) throw new AppError('forbidden', 'Nobody gives, changes or takes a role above their own.');
  }

  private async memberGrant(tenantId: string, accountId: string): Promise<Grant | undefined> {
    const role = await this.memberships.activeRole(tenantId, accountId);
    return role && { role, permissions: ROLE_PERMISSIONS[role], mode: 'live' };
  }

  private async keyGrant(tenantId: string, keyId: string): Promise<Grant | undefined> {
    const key = await this.db.selectFrom('api_key').select(['role', 'scopes', 'mode', 'expires_at', 'revoked_at']).where('tenant_id', '=', tenantId).where('id', '=', keyId).executeTakeFirst();
    if (!key || key.revoked_at !== null || (key.expires_at !== null && key.expires_at <= this.clock.now())) return undefined;
    return { role: key.role, permissions: permissionsOfKey(key), mode: key.mode };
  }
}
