import { Inject, Injectable } from '@nestjs/common';
import { AppError, ConsentPurposeSchema, newId, type Consent, type listConsents, type recordConsent, type ReplyInput, type RequestOf } from '@tecnocursos/contracts';
import { SCHEMA } from '@tecnocursos/nest-kit';
import { AuditRepository } from '../audit/audit.repository.js';
import { Clock } from '../clock.js';
import type { IdentityDatabase } from '../identity.tables.js';
import { MembershipRepository } from '../organizations/membership.repository.js';
import type { ConsentRow } from './privacy.tables.js';

/** What people consented to, as it was shown to them. Records are added and never changed: proving them is the controller's burden (LGPD art. 8 §2). */
@Injectable()
export class ConsentService {
  constructor(
    @Inject(SCHEMA) private readonly db: IdentityDatabase,
    private readonly memberships: MembershipRepository,
    private readonly audit: AuditRepository,
    private readonly clock: Clock,
  ) {}

  /** @throws AppError `not_found` for who is no member. */
  async record(tenantId: string, request: RequestOf<typeof recordConsent>): Promise<Consent> {
    const { account_id: accountId, purpose, state, text_version, channel, client } = request;
    if (!(await this.memberships.find(tenantId, accountId))) throw new AppError('not_found', 'There is no such member.');
    const row: ConsentRow = {
      id: newId(), tenant_id: tenantId, account_id: accountId, purpose, text_version, state, channel, client: JSON.stringify(client), recorded_at: this.clock.now(),
    };
    await this.db.transaction().execute(async (transaction) => {
      await transaction.insertInto('consent').values(row).execute();
      const entry = { actor: { type: 'account', id: accountId }, action: `consent.${state}`, target: `consent:${row.id}`, data: { purpose, text_version }, client } as const;
      await this.audit.appendIn(transaction, tenantId, entry);
    });
    return toWire(row);
  }

  async list(tenantId: string, accountId: string): Promise<ReplyInput<typeof listConsents>> {
    const rows = await this.db.selectFrom('consent').selectAll().where('tenant_id', '=', tenantId).where('account_id', '=', accountId)
      .orderBy('recorded_at', 'desc').orderBy('id', 'desc').execute();
    const history = rows.map(toWire);
    const current = ConsentPurposeSchema.options.flatMap((purpose) => history.find((consent) => consent.purpose === purpose) ?? []);
    return { current, history };
  }
}

export const toWire = (row: ConsentRow): Consent => ({
  id: row.id, account_id: row.account_id, purpose: ConsentPurposeSchema.parse(row.purpose), text_version: row.text_version, state: row.state, channel: row.channel,
  recorded_at: row.recorded_at.toISOString(),
});
