import { Inject, Injectable } from '@nestjs/common';
import { AppError, newId, type createPrivacyJob, type RequestOf, type retryPrivacyJob, type Subject } from '@tecnocursos/contracts';
import { SCHEMA } from '@tecnocursos/nest-kit';
import { AuditRepository } from '../audit/audit.repository.js';
import type { IdentityDatabase } from '../identity.tables.js';
import { ErasureScope } from './erasure-scope.service.js';
import { PrivacyJobRepository } from './privacy-job.repository.js';
import { PrivacyTimes } from './privacy-times.js';
import type { PrivacyJobRow, PrivacyPartRow } from './privacy.tables.js';
import { SubjectSeal } from './subject-seal.service.js';

type CreateRequest = RequestOf<typeof createPrivacyJob>;
export const noJob = (): AppError => new AppError('not_found', 'There is no such export or erasure.');

/** Requests of data subjects, as jobs. Whoever asks for another person's needs `privacy:manage`, which the edge has checked. */
@Injectable()
export class PrivacyJobService {
  constructor(
    @Inject(SCHEMA) private readonly db: IdentityDatabase,
    private readonly jobs: PrivacyJobRepository,
    private readonly scopes: ErasureScope,
    private readonly seal: SubjectSeal,
    private readonly times: PrivacyTimes,
    private readonly audit: AuditRepository,
  ) {}

  /** @throws AppError `not_found` for no member, `conflict`, `forbidden`, `invalid_request` without a person. */
  async create(tenantId: string, request: CreateRequest): Promise<string> {
    const { actor, client, kind, id = newId() } = request;
    if (await this.jobs.find(tenantId, id)) return id;
    const subject = await this.subjectOf(tenantId, request);
    await this.scopes.requireRight(tenantId, actor, subject.account_id);
    const scopes = kind === 'erase' ? await this.scopes.of(tenantId, actor, subject.account_id) : [await this.scopes.ofExport(tenantId, subject.account_id)];
    const sealed = await this.seal.seal(id, subject);
    const job: PrivacyJobRow = {
      id, tenant_id: tenantId, kind, state: 'queued', account_id: subject.account_id, subject_sealed: sealed, requested_by: actor.id, attempts: 0,
      ...this.times.ofNewJob(), finished_at: null, second_pass_at: null, result_key: null, result_until: null,
    };
    const parts = scopes.flatMap(({ tenantId: where, scope }) => this.times.services.map((service): PrivacyPartRow => ({ job_id: id, tenant_id: where, service, scope, state: 'waiting', counts: '[]' })));
    await this.db.transaction().execute(async (transaction) => {
      if (!(await this.jobs.insertIn(transaction, job, parts))) return;
      const target = subject.account_id === null ? `privacy-job:${id}` : `account:${subject.account_id}`;
      await this.audit.appendIn(transaction, tenantId, { actor, action: `privacy.${kind}-requested`, target, data: { job: id }, client });
    });
    return id;
  }

  /** @throws AppError `not_found`; `conflict` for a job that is not incomplete. */
  async retry(tenantId: string, { actor, client, job_id: id }: RequestOf<typeof retryPrivacyJob>): Promise<void> {
    if (!(await this.jobs.find(tenantId, id))) throw noJob();
    await this.db.transaction().execute(async (transaction) => {
      const isReopened = await this.jobs.reopenIn(transaction, tenantId, id, this.times.ofNewJob().gives_up_at);
      if (!isReopened) throw new AppError('conflict', 'Only an incomplete export or erasure can be taken up again.');
      await this.audit.appendIn(transaction, tenantId, { actor, action: 'privacy.job-retried', target: `privacy-job:${id}`, client });
    });
  }

  /** An address of a member is the member; another tenant's accounts are not looked at. */
  private async subjectOf(tenantId: string, { account_id: accountId, email }: CreateRequest): Promise<Subject> {
    if (accountId === undefined && email === undefined) {
      throw new AppError('invalid_request', 'account_id or email: name the person', { issues: [{ field: 'account_id', message: 'Give the id of a member, or the address of anybody.' }] });
    }
    const member = await this.db.selectFrom('membership').innerJoin('account', 'account.id', 'membership.account_id').select(['account.id', 'account.email'])
      .where('tenant_id', '=', tenantId).$if(accountId !== undefined, (query) => query.where('account.id', '=', accountId ?? ''))
      .$if(accountId === undefined, (query) => query.where('account.email', '=', email ?? '')).executeTakeFirst();
    if (member) return { account_id: member.id, emails: [...new Set([member.email, ...(email === undefined ? [] : [email])])] };
    if (accountId !== undefined || email === undefined) throw new AppError('not_found', 'There is no such member.');
    return { account_id: null, emails: [email] };
  }
}
