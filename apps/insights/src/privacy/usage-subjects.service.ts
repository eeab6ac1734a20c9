import { Inject, Injectable } from '@nestjs/common';
import { usageRecorded } from '@tecnocursos/contracts';
import { eraseMessages, type BusConnection, type CallContext } from '@tecnocursos/messaging';
import { BUS, countsOf, SCHEMA, subjectPageOf, type EraseRequest, type Erasure, type ExportPage, type ExportRequest, type SubjectData, type SubjectRow } from '@tecnocursos/nest-kit';
import { sql, type Kysely } from 'kysely';
import type { InsightsTables } from '../insights.tables.js';
import { LEDGER_CONSUMER } from '../ledger/ledger.worker.js';

const LEDGER_REASON = 'LGPD art. 16 I, II; GDPR art. 17(3)(b): what was spent at vendors, for the accounts; the organization\'s id leads to nobody, and the request ids are gone';
/** In place of a request's id, which a client may have chosen. */
export const ERASED_REQUEST = 'erased';

/** The ledger knows organizations, no people. It is kept as accounts when an organization ends; what leads from it to requests goes, and so do its budgets. */
@Injectable()
export class UsageSubjects implements SubjectData {
  constructor(
    @Inject(SCHEMA) private readonly db: Kysely<InsightsTables>,
    @Inject(BUS) private readonly connection: BusConnection,
  ) {}

  async page({ scope, cursor }: ExportRequest, { tenantId }: CallContext): Promise<ExportPage> {
    if (scope === 'subject') return { records: [] };
    return subjectPageOf([
      { category: 'budget', rows: (after) => this.limits(tenantId, after) },
      { category: 'usage', rows: (after, limit) => this.records(tenantId, after, limit) },
    ], cursor);
  }

  async erase({ scope }: EraseRequest, { tenantId }: CallContext): Promise<Erasure> {
    if (scope === 'subject') return { erased: [] };
    const messages = await eraseMessages(this.connection, {
      contract: usageRecorded, consumedBy: LEDGER_CONSUMER, isMeant: ({ text }) => text().includes(tenantId),
    });
    const budgets = await this.eraseBudgets(tenantId);
    const count = await this.eraseRequests(tenantId);
    return { erased: countsOf({ budget: budgets, 'usage-message': messages }), retained: count === 0 ? [] : [{ category: 'usage', count, reason: LEDGER_REASON }] };
  }

  private async eraseBudgets(tenantId: string): Promise<bigint> {
    return this.db.transaction().execute(async (transaction) => {
      const { numDeletedRows } = await transaction.deleteFrom('budget_limit').where('tenant_id', '=', tenantId).executeTakeFirst();
      await transaction.deleteFrom('lease').where('scope', '=', 'tenant').where('subject', '=', tenantId).execute();
      await transaction.deleteFrom('budget').where('scope', '=', 'tenant').where('subject', '=', tenantId).execute();
      return numDeletedRows;
    });
  }

  /** @returns how many records are kept. */
  private async eraseRequests(tenantId: string): Promise<number> {
    return this.db.transaction().execute(async (transaction) => {
      await sql`select set_config('insights.erasure', 'on', true)`.execute(transaction);
      await transaction.updateTable('usage_record').set({ request_id: ERASED_REQUEST }).where('tenant_id', '=', tenantId).where('request_id', '!=', ERASED_REQUEST).execute();
      const { count } = await transaction.selectFrom('usage_record').select((eb) => eb.fn.countAll<number>().as('count')).where('tenant_id', '=', tenantId).executeTakeFirstOrThrow();
      return Number(count);
    });
  }

  private async limits(tenantId: string, after: string | undefined): Promise<SubjectRow[]> {
    if (after !== undefined) return [];
    const rows = await this.db.selectFrom('budget_limit').select(['period', 'limit_micros', 'updated_at']).where('tenant_id', '=', tenantId).execute();
    return rows.map((data) => ({ id: data.period, data }));
  }

  private async records(tenantId: string, after: string | undefined, limit: number): Promise<SubjectRow[]> {
    const rows = await this.db.selectFrom('usage_record').select(['id', 'request_id', 'domain', 'operation', 'provider', 'model', 'outcome', 'started_at', 'cost_micros', 'simulated'])
      .where('tenant_id', '=', tenantId).$if(after !== undefined, (query) => query.where('id', '>', after ?? '')).orderBy('id').limit(limit).execute();
    return rows.map((data) => ({ id: data.id, data }));
  }
}
