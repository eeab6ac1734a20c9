import { Inject, Injectable } from '@nestjs/common';
import { AppError, type ReplyInput, type RequestOf, type Subject, type SubjectExportContract } from '@tecnocursos/contracts';
import { SCHEMA } from '@tecnocursos/nest-kit';
import { AuditRepository } from '../audit/audit.repository.js';
import type { IdentityDatabase } from '../identity.tables.js';

type Page = ReplyInput<SubjectExportContract>;
type SubjectRecord = Page['records'][number];

const PAGE = 300;
const recordsOf = (category: string, rows: readonly object[]): SubjectRecord[] => rows.map((row) => ({ category, data: { ...row } }));

/** What identity keeps about a person in an organization: without secrets, which are of no use to anybody but it. */
@Injectable()
export class IdentitySubjectExport {
  constructor(
    @Inject(SCHEMA) private readonly db: IdentityDatabase,
    private readonly audit: AuditRepository,
  ) {}

  /** The first page has everything but the audit log, which fills the others. */
  async page(tenantId: string, { subject, scope, cursor }: RequestOf<SubjectExportContract>): Promise<Page> {
    const { account_id: accountId } = subject;
    if (cursor === undefined) {
      const records = [...(await this.profile(tenantId, subject)), ...(scope === 'tenant' ? await this.organization(tenantId) : [])];
      return { records, next_cursor: accountId === null ? null : 'audit' };
    }
    const before = cursor === 'audit' ? undefined : Number(cursor);
    if (accountId === null || (before !== undefined && !Number.isSafeInteger(before))) {
      throw new AppError('invalid_request', 'cursor: not a cursor of this export', { issues: [{ field: 'cursor', message: 'Use next_cursor of the page before.' }] });
    }
    const entries = await this.audit.list(tenantId, { limit: PAGE, before, actorId: accountId });
    return { records: recordsOf('audit-entry', entries), next_cursor: entries.length < PAGE ? null : String(entries.at(-1)?.sequence) };
  }

  /** What there is of an organization that is one person's alone; of secrets that they are there. */
  private async organization(tenantId: string): Promise<SubjectRecord[]> {
    const [tenants, invitations, credentials, retention] = await Promise.all([
      this.db.selectFrom('tenant').select(['id', 'name', 'owner_name', 'owner_email', 'language', 'created_at']).where('id', '=', tenantId).execute(),
      this.db.selectFrom('invitation').select(['id', 'email', 'role', 'created_at', 'expires_at']).where('tenant_id', '=', tenantId).execute(),
      this.db.selectFrom('credential').select(['provider', 'field', 'last_four', 'updated_at']).where('tenant_id', '=', tenantId).execute(),
      this.db.selectFrom('retention_setting').select(['category', 'days']).where('tenant_id', '=', tenantId).execute(),
    ]);
    return [
      ...recordsOf('organization', tenants), ...recordsOf('invitation-sent', invitations), ...recordsOf('credential', credentials), ...recordsOf('retention', retention),
    ];
  }

  private async profile(tenantId: string, { account_id: accountId, emails }: Subject): Promise<SubjectRecord[]> {
    const invitations = emails.length === 0 ? [] : await this.db.selectFrom('invitation').select(['id', 'email', 'role', 'created_at', 'expires_at'])
      .where('tenant_id', '=', tenantId).where('email', 'in', emails).execute();
    const records = recordsOf('invitation', invitations);
    if (accountId === null) return records;
    const [accounts, memberships, sessions, identities, consents, keys] = await Promise.all([
      this.db.selectFrom('account').select(['id', 'email', 'email_verified_at', 'name', 'language', 'totp_confirmed_at', 'created_at']).where('id', '=', accountId).execute(),
      this.db.selectFrom('membership').select(['tenant_id', 'role', 'joined_at', 'suspended_at']).where('tenant_id', '=', tenantId).where('account_id', '=', accountId).execute(),
      this.db.selectFrom('session').select(['id', 'methods', 'address', 'user_agent', 'created_at', 'last_used_at', 'revoked_at']).where('tenant_id', '=', tenantId).where('account_id', '=', accountId).execute(),
      this.db.selectFrom('linked_identity').select(['provider', 'issuer', 'subject', 'email', 'profile', 'linked_at', 'last_used_at']).where('account_id', '=', accountId).execute(),
      this.db.selectFrom('consent').select(['purpose', 'text_version', 'state', 'channel', 'client', 'recorded_at']).where('tenant_id', '=', tenantId).where('account_id', '=', accountId).execute(),
      this.db.selectFrom('api_key').select(['id', 'name', 'mode', 'role', 'created_at', 'last_used_at', 'revoked_at']).where('tenant_id', '=', tenantId).where('created_by', '=', accountId).execute(),
    ]);
    return [
      ...recordsOf('account', accounts), ...recordsOf('membership', memberships), ...recordsOf('session', sessions), ...recordsOf('linked-identity', identities),
      ...recordsOf('consent', consents), ...recordsOf('api-key', keys), ...records,
    ];
  }
}
