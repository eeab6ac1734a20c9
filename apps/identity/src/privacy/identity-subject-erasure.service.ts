import { Inject, Injectable } from '@nestjs/common';
import type { ReplyInput, RequestOf, Subject, SubjectEraseContract } from '@tecnocursos/contracts';
import { SCHEMA } from '@tecnocursos/nest-kit';
import { AttemptLimiter } from '../accounts/attempt-limiter.service.js';
import { AuditRepository } from '../audit/audit.repository.js';
import type { IdentityDatabase, IdentityTransaction } from '../identity.tables.js';
import { MailRepository } from '../mail/mail.repository.js';
import { ExportResults } from './export-results.service.js';
import { TenantErasure } from './tenant-erasure.service.js';

type Reply = ReplyInput<SubjectEraseContract>;
type Counts = Reply['erased'];

const CONSENT_REASON = 'LGPD art. 8 §2, art. 16 I; GDPR art. 7(1), 17(3)(e): proof of consent, under an id that leads to nobody';

/**
 * Erases a person out of identity. The account goes when it has no organization left. The audit log keeps who did what under the
 * account's id, which then leads to nobody, and loses where from; consents stay as proof in the same way.
 */
@Injectable()
export class IdentitySubjectErasure {
  constructor(
    @Inject(SCHEMA) private readonly db: IdentityDatabase,
    private readonly audit: AuditRepository,
    private readonly mails: MailRepository,
    private readonly limiter: AttemptLimiter,
    private readonly exports: ExportResults,
    private readonly tenants: TenantErasure,
  ) {}

  /** Repeating it is harmless. */
  async erase(tenantId: string, { subject, scope }: RequestOf<SubjectEraseContract>): Promise<Reply> {
    const mails = await this.mails.removeTo(tenantId, subject.emails);
    const exports = subject.account_id === null ? 0 : await this.exports.removeOf(tenantId, subject.account_id);
    await this.forgetAttempts(subject);
    const rows = await this.db.transaction().execute((transaction) => this.eraseRowsIn(transaction, tenantId, subject));
    const entries = subject.account_id === null ? 0 : await this.audit.eraseClients(tenantId, subject.account_id);
    const ended = scope === 'tenant' ? await this.tenants.erase(tenantId) : [];
    const erased = [...rows.erased, { category: 'mail', count: mails }, { category: 'export', count: exports }, { category: 'audit-address', count: entries }, ...ended].filter(({ count }) => count > 0);
    return { erased, retained: rows.consents === 0 ? [] : [{ category: 'consent', count: rows.consents, reason: CONSENT_REASON }] };
  }

  private async eraseRowsIn(transaction: IdentityTransaction, tenantId: string, { account_id: accountId, emails }: Subject): Promise<{ erased: Counts; consents: number }> {
    const invitations = emails.length === 0 ? 0n : (await transaction.deleteFrom('invitation').where('tenant_id', '=', tenantId).where('email', 'in', emails).executeTakeFirst()).numDeletedRows;
    if (emails.length > 0) await this.renameOwnerIn(transaction, tenantId, emails, accountId);
    if (accountId === null) return { erased: [{ category: 'invitation', count: Number(invitations) }], consents: 0 };
    const sessions = await transaction.deleteFrom('session').where('account_id', '=', accountId).where('tenant_id', '=', tenantId).executeTakeFirst();
    const consents = await transaction.updateTable('consent').set({ client: null }).where('tenant_id', '=', tenantId).where('account_id', '=', accountId).executeTakeFirst();
    const memberships = await transaction.deleteFrom('membership').where('tenant_id', '=', tenantId).where('account_id', '=', accountId).executeTakeFirst();
    const left = await transaction.selectFrom('membership').select('tenant_id').where('account_id', '=', accountId).limit(1).executeTakeFirst();
    const accounts = left ? 0n : (await transaction.deleteFrom('account').where('id', '=', accountId).executeTakeFirst()).numDeletedRows;
    const erased = Object.entries({ invitation: invitations, session: sessions.numDeletedRows, membership: memberships.numDeletedRows, account: accounts });
    return { erased: erased.map(([category, count]) => ({ category, count: Number(count) })), consents: Number(consents.numUpdatedRows) };
  }

  /** An organization whose messages go to the person gets another owner for them. */
  private async renameOwnerIn(transaction: IdentityTransaction, tenantId: string, emails: readonly string[], accountId: string | null): Promise<void> {
    const next = await transaction.selectFrom('membership').innerJoin('account', 'account.id', 'membership.account_id').select(['account.name', 'account.email'])
      .where('tenant_id', '=', tenantId).where('role', '=', 'owner').$if(accountId !== null, (query) => query.where('account.id', '!=', accountId ?? '')).orderBy('joined_at').limit(1).executeTakeFirst();
    if (next) await transaction.updateTable('tenant').set({ owner_name: next.name, owner_email: next.email }).where('id', '=', tenantId).where('owner_email', 'in', [...emails]).execute();
  }

  private async forgetAttempts({ account_id: accountId, emails }: Subject): Promise<void> {
    for (const who of emails) for (const kind of ['sign-in-account', 'mail'] as const) await this.limiter.forget({ kind, who });
    if (accountId !== null) for (const kind of ['second-factor', 'password'] as const) await this.limiter.forget({ kind, who: accountId });
  }
}
