import { Inject, Injectable } from '@nestjs/common';
import { AppError, type Client, type ReplyInput, type verifyEmail } from '@tecnocursos/contracts';
import { SCHEMA } from '@tecnocursos/nest-kit';
import { AuditRepository } from '../audit/audit.repository.js';
import { Clock } from '../clock.js';
import type { IdentityDatabase, IdentityTransaction } from '../identity.tables.js';
import { MembershipRepository } from '../organizations/membership.repository.js';
import type { AccountRow } from './account.tables.js';
import { AccountRepository } from './account.repository.js';
import { OneTimeTokenRepository } from './one-time-token.repository.js';

export const linkInvalid = (): AppError => new AppError('link_invalid', 'This link was used, is too old, or was replaced by a later one. Ask for a new one.');

/** Confirms addresses; the first confirmation makes the organization that the sign-up asked for. */
@Injectable()
export class EmailVerification {
  constructor(
    @Inject(SCHEMA) private readonly db: IdentityDatabase,
    private readonly accounts: AccountRepository,
    private readonly tokens: OneTimeTokenRepository,
    private readonly memberships: MembershipRepository,
    private readonly audit: AuditRepository,
    private readonly clock: Clock,
  ) {}

  /** @throws AppError `link_invalid`. */
  async verify(token: string, client: Client): Promise<ReplyInput<typeof verifyEmail>> {
    return this.db.transaction().execute(async (transaction) => {
      const used = await this.tokens.consumeIn(transaction, 'verify-email', token);
      const account = used?.accountId ? await transaction.selectFrom('account').selectAll().where('id', '=', used.accountId).forUpdate().executeTakeFirst() : undefined;
      if (!account) throw linkInvalid();
      return { account_id: account.id, tenant_id: await this.confirmIn(transaction, account, client) };
    });
  }

  /** @returns the organization that was made, if one was. */
  async confirmIn(transaction: IdentityTransaction, account: AccountRow, client: Client): Promise<string | null> {
    const { pending_organization: name, pending_tenant_id: id } = account;
    await this.accounts.updateIn(transaction, account.id, { email_verified_at: account.email_verified_at ?? this.clock.now(), pending_organization: null, pending_tenant_id: null });
    if (name === null || id === null) return null;
    const organization = { id, name, language: account.language, ownerName: account.name, ownerEmail: account.email };
    await this.memberships.createOrganizationIn(transaction, organization, account.id, this.clock.now());
    await this.audit.appendIn(transaction, id, { actor: { type: 'account', id: account.id }, action: 'organization.created', target: `organization:${id}`, client });
    return id;
  }
}
