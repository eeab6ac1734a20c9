import { Inject, Injectable } from '@nestjs/common';
import type { Language, Role } from '@tecnocursos/contracts';
import { SCHEMA } from '@tecnocursos/nest-kit';
import type { MembershipRow } from './organization.tables.js';
import type { IdentityDatabase, IdentityTransaction } from '../identity.tables.js';

export interface NewOrganization {
  id: string;
  name: string;
  language: Language;
  ownerName: string;
  ownerEmail: string;
}

export interface MemberRow extends MembershipRow {
  email: string;
  name: string;
  totp_confirmed_at: Date | null;
}

@Injectable()
export class MembershipRepository {
  constructor(@Inject(SCHEMA) private readonly db: IdentityDatabase) {}

  /** An organization with the account as its owner. */
  async createOrganizationIn(transaction: IdentityTransaction, organization: NewOrganization, accountId: string, at: Date): Promise<void> {
    const { id, name, language, ownerName, ownerEmail } = organization;
    await transaction.insertInto('tenant').values({ id, name, owner_name: ownerName, owner_email: ownerEmail, language }).execute();
    await transaction.insertInto('membership').values({ tenant_id: id, account_id: accountId, role: 'owner', joined_at: at, suspended_at: null }).execute();
  }

  async find(tenantId: string, accountId: string): Promise<MembershipRow | undefined> {
    return this.db.selectFrom('membership').selectAll().where('tenant_id', '=', tenantId).where('account_id', '=', accountId).executeTakeFirst();
  }

  /** The role, for who is a member and not suspended. */
  async activeRole(tenantId: string, accountId: string): Promise<Role | undefined> {
    const membership = await this.find(tenantId, accountId);
    return membership?.suspended_at === null ? membership.role : undefined;
  }

  /** Of one account, the first it joined first. */
  async ofAccount(accountId: string): Promise<(MembershipRow & { organization: string })[]> {
    return this.db.selectFrom('membership').innerJoin('tenant', 'tenant.id', 'membership.tenant_id').selectAll('membership').select('tenant.name as organization')
      .where('account_id', '=', accountId).orderBy('joined_at').orderBy('tenant_id').execute();
  }

  async list(tenantId: string, page: { limit: number; after: string | undefined }): Promise<MemberRow[]> {
    return this.members(tenantId).$if(page.after !== undefined, (query) => query.where('account_id', '>', page.after ?? '')).orderBy('account_id').limit(page.limit).execute();
  }

  async member(tenantId: string, accountId: string): Promise<MemberRow | undefined> {
    return this.members(tenantId).where('account_id', '=', accountId).executeTakeFirst();
  }

  private members(tenantId: string) {
    return this.db.selectFrom('membership').innerJoin('account', 'account.id', 'membership.account_id').selectAll('membership')
      .select(['account.email', 'account.name', 'account.totp_confirmed_at']).where('tenant_id', '=', tenantId);
  }
}
