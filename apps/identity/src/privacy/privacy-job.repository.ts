import { Inject, Injectable } from '@nestjs/common';
import { SCHEMA } from '@tecnocursos/nest-kit';
import { Clock } from '../clock.js';
import type { IdentityDatabase, IdentityTransaction } from '../identity.tables.js';
import type { PrivacyJobRow, PrivacyPartRow } from './privacy.tables.js';

export interface PartOutcome {
  state: PrivacyPartRow['state'];
  counts: readonly { category: string; count: number; retained_because?: string }[];
}

/** Milliseconds that a replica has a job for itself; it asks for more before each part. */
const LEASE_MS = 90_000;

@Injectable()
export class PrivacyJobRepository {
  constructor(
    @Inject(SCHEMA) private readonly db: IdentityDatabase,
    private readonly clock: Clock,
  ) {}

  /** The same id is stored once. @returns false when it was there. */
  async insertIn(transaction: IdentityTransaction, job: PrivacyJobRow, parts: readonly PrivacyPartRow[]): Promise<boolean> {
    const { numInsertedOrUpdatedRows } = await transaction.insertInto('privacy_job').values(job).onConflict((conflict) => conflict.column('id').doNothing()).executeTakeFirst();
    if (!numInsertedOrUpdatedRows) return false;
    await transaction.insertInto('privacy_job_part').values([...parts]).execute();
    return true;
  }

  async find(tenantId: string, id: string): Promise<PrivacyJobRow | undefined> {
    return this.db.selectFrom('privacy_job').selectAll().where('tenant_id', '=', tenantId).where('id', '=', id).executeTakeFirst();
  }

  async list(tenantId: string, page: { accountId: string | undefined; limit: number }): Promise<PrivacyJobRow[]> {
    return this.db.selectFrom('privacy_job').selectAll().where('tenant_id', '=', tenantId)
      .$if(page.accountId !== undefined, (query) => query.where('account_id', '=', page.accountId ?? null))
      .orderBy('created_at', 'desc').orderBy('id').limit(page.limit).execute();
  }

  async parts(jobId: string): Promise<PrivacyPartRow[]> {
    return this.db.selectFrom('privacy_job_part').selectAll().where('job_id', '=', jobId).orderBy('service').orderBy('tenant_id').execute();
  }

  /** A job that is due, for this replica alone until the lease ends. */
  async claim(): Promise<PrivacyJobRow | undefined> {
    const now = this.clock.now();
    return this.db.updateTable('privacy_job')
      .set((eb) => ({ state: 'running' as const, attempts: eb('attempts', '+', 1), next_attempt_at: this.clock.in(LEASE_MS) }))
      .where('id', '=', (eb) => eb.selectFrom('privacy_job').select('id').where('state', 'in', ['queued', 'running']).where('next_attempt_at', '<=', now)
        .orderBy('next_attempt_at').limit(1).forUpdate().skipLocked())
      .returningAll().executeTakeFirst();
  }

  async extend(id: string): Promise<void> {
    await this.postpone(id, LEASE_MS);
  }

  async postpone(id: string, ms: number): Promise<void> {
    await this.db.updateTable('privacy_job').set({ next_attempt_at: this.clock.in(ms) }).where('id', '=', id).where('state', '=', 'running').execute();
  }

  /** What an earlier pass counted counts on; what is retained is what is there now. */
  async settlePart(part: PrivacyPartRow, { state, counts }: PartOutcome): Promise<void> {
    await this.db.updateTable('privacy_job_part').set({ state, counts: JSON.stringify(addCounts(JSON.parse(part.counts) as PartOutcome['counts'], counts)) })
      .where('job_id', '=', part.job_id).where('tenant_id', '=', part.tenant_id).where('service', '=', part.service).execute();
  }

  /** Has all services but identity asked once more after so long, in the organizations that end. */
  async askAgain(id: string, ms: number): Promise<void> {
    await this.db.transaction().execute(async (transaction) => {
      const at = this.clock.in(ms);
      await transaction.updateTable('privacy_job').set({ second_pass_at: at, next_attempt_at: at }).where('id', '=', id).where('second_pass_at', 'is', null).execute();
      await transaction.updateTable('privacy_job_part').set({ state: 'waiting' }).where('job_id', '=', id).where('scope', '=', 'tenant').where('service', '!=', 'identity').execute();
    });
  }

  /** Ends a job; the person's addresses go with it. */
  async finishIn(transaction: IdentityTransaction, id: string, outcome: Pick<PrivacyJobRow, 'state'> & Partial<Pick<PrivacyJobRow, 'result_key' | 'result_until' | 'subject_sealed'>>): Promise<void> {
    await transaction.updateTable('privacy_job').set({ ...outcome, finished_at: this.clock.now() }).where('id', '=', id).execute();
    if (outcome.state === 'incomplete') await transaction.updateTable('privacy_job_part').set({ state: 'unanswered' }).where('job_id', '=', id).where('state', '=', 'waiting').execute();
  }

  /** Takes an incomplete job up again. @returns false when it is not incomplete. */
  async reopenIn(transaction: IdentityTransaction, tenantId: string, id: string, givesUpAt: Date): Promise<boolean> {
    const { numUpdatedRows } = await transaction.updateTable('privacy_job')
      .set({ state: 'queued', next_attempt_at: this.clock.now(), gives_up_at: givesUpAt, finished_at: null })
      .where('tenant_id', '=', tenantId).where('id', '=', id).where('state', '=', 'incomplete').where('subject_sealed', 'is not', null).executeTakeFirst();
    if (numUpdatedRows === 0n) return false;
    await transaction.updateTable('privacy_job_part').set({ state: 'waiting' }).where('job_id', '=', id).where('state', '=', 'unanswered').execute();
    return true;
  }

  /** Exports whose time is over. */
  async overdueResults(): Promise<PrivacyJobRow[]> {
    return this.db.selectFrom('privacy_job').selectAll().where('result_key', 'is not', null).where('result_until', '<=', this.clock.now()).limit(100).execute();
  }

  /** Exports about one account. */
  async results(tenantId: string, accountId: string): Promise<PrivacyJobRow[]> {
    return this.db.selectFrom('privacy_job').selectAll().where('tenant_id', '=', tenantId).where('account_id', '=', accountId).where('result_key', 'is not', null).execute();
  }

  async forgetResult(id: string): Promise<void> {
    await this.db.updateTable('privacy_job').set({ result_key: null }).where('id', '=', id).execute();
  }
}

function addCounts(earlier: PartOutcome['counts'], now: PartOutcome['counts']): PartOutcome['counts'] {
  const erased = new Map<string, number>();
  for (const { category, count } of [...earlier, ...now].filter(({ retained_because: because }) => because === undefined)) erased.set(category, (erased.get(category) ?? 0) + count);
  const retained = new Map([...earlier, ...now].filter(({ retained_because: because }) => because !== undefined).map((one) => [one.category, one]));
  return [...[...erased].map(([category, count]) => ({ category, count })), ...retained.values()];
}
