import { Inject, Injectable } from '@nestjs/common';
import { AppError, newId, type createOrganization, type listOrganizations, type Organization, type ReplyInput, type RequestOf, type updateOrganization } from '@tecnocursos/contracts';
import { SCHEMA } from '@tecnocursos/nest-kit';
import { AccountRepository } from '../accounts/account.repository.js';
import { AuditRepository } from '../audit/audit.repository.js';
import { Clock } from '../clock.js';
import type { Executor, IdentityDatabase } from '../identity.tables.js';
import { MembershipRepository } from './membership.repository.js';

@Injectable()
export class OrganizationService {
  constructor(
    @Inject(SCHEMA) private readonly db: IdentityDatabase,
    private readonly accounts: AccountRepository,
    private readonly memberships: MembershipRepository,
    private readonly audit: AuditRepository,
    private readonly clock: Clock,
  ) {}

  async get(tenantId: string, executor: Executor = this.db): Promise<Organization> {
    const row = await executor.selectFrom('tenant').selectAll().where('id', '=', tenantId).where('erased_at', 'is', null).executeTakeFirst();
    if (!row) throw new AppError('not_found', 'There is no such organization.');
    return { id: row.id, name: row.name, language: row.language, owner_name: row.owner_name, owner_email: row.owner_email, created_at: row.created_at.toISOString() };
  }

  async update(tenantId: string, { actor, client, ...changes }: RequestOf<typeof updateOrganization>): Promise<Organization> {
    const given = Object.fromEntries(Object.entries(changes).filter(([, value]) => value !== undefined));
    if (Object.keys(given).length === 0) return this.get(tenantId);
    return this.db.transaction().execute(async (transaction) => {
      await transaction.updateTable('tenant').set(given).where('id', '=', tenantId).execute();
      const organization = await this.get(tenantId, transaction);
      await this.audit.appendIn(transaction, tenantId, { actor, action: 'organization.changed', target: `organization:${tenantId}`, data: { fields: Object.keys(given) }, client });
      return organization;
    });
  }

  /** @throws AppError `email_not_verified`. */
  async create({ account_id: accountId, name, language, client }: RequestOf<typeof createOrganization>): Promise<Organization> {
    const account = await this.accounts.get(accountId);
    if (account.email_verified_at === null) throw new AppError('email_not_verified', 'Confirm your address first.');
    const id = newId();
    return this.db.transaction().execute(async (transaction) => {
      await this.memberships.createOrganizationIn(transaction, { id, name, language, ownerName: account.name, ownerEmail: account.email }, accountId, this.clock.now());
      await this.audit.appendIn(transaction, id, { actor: { type: 'account', id: accountId }, action: 'organization.created', target: `organization:${id}`, client });
      return this.get(id, transaction);
    });
  }

  async listOf(accountId: string): Promise<ReplyInput<typeof listOrganizations>['organizations']> {
    const rows = await this.memberships.ofAccount(accountId);
    return rows.map((row) => ({ id: row.tenant_id, name: row.organization, role: row.role, suspended: row.suspended_at !== null }));
  }
}
