import { Injectable } from '@nestjs/common';
import type { IdentityTransaction } from '../identity.tables.js';
import { MembershipRepository } from '../organizations/membership.repository.js';
import { AuditRepository, type NewAuditEntry } from './audit.repository.js';

export type RecordIn = (transaction: IdentityTransaction, entry: Omit<NewAuditEntry, 'actor'>) => Promise<void>;

/** What happens to an account is in the audit log of every organization that it is a member of. */
@Injectable()
export class AccountTrail {
  constructor(
    private readonly memberships: MembershipRepository,
    private readonly audit: AuditRepository,
  ) {}

  /** To be asked before the transaction, for the embedded database has one session. Chains are locked in one order everywhere. */
  async of(accountId: string): Promise<RecordIn> {
    const tenantIds = (await this.memberships.ofAccount(accountId)).map(({ tenant_id: id }) => id).sort();
    return async (transaction, entry) => {
      for (const tenantId of tenantIds) await this.audit.appendIn(transaction, tenantId, { target: `account:${accountId}`, ...entry, actor: { type: 'account', id: accountId } });
    };
  }
}
