import { Inject, Injectable } from '@nestjs/common';
import type { FailureDecision } from '@tecnocursos/messaging';
import { ENVIRONMENT, readConfig, SCHEMA, type Environment } from '@tecnocursos/nest-kit';
import { sql, type Kysely } from 'kysely';
import { TtsConfigSchema } from '../tts.config.js';
import type { BatchTable, TtsTables } from '../tts.tables.js';
import { CLOCK } from '../tts.tokens.js';
import { ITEM_JOBS, releaseLost, scheduleItems } from './batch-scheduler.js';
import { announce, type ItemRow } from './batch.repository.js';
import type { SpeechReply } from './batch.view.js';

export interface ClaimedItem extends ItemRow {
  readonly request_id: string;
  readonly mode: BatchTable['mode'];
}

/** What workers do with items. Each transaction leaves item, batch, schedule and outbox true together. */
@Injectable()
export class BatchItemRepository {
  private readonly concurrency: number;

  constructor(
    @Inject(SCHEMA) private readonly db: Kysely<TtsTables>,
    @Inject(ENVIRONMENT) environment: Environment,
    @Inject(CLOCK) private readonly now: () => number,
  ) {
    this.concurrency = readConfig(TtsConfigSchema, environment).TTS_TENANT_CONCURRENCY;
  }

  /** Takes a queued item, or one whose worker is gone; undefined when it is not to be had. */
  async claim(tenantId: string, itemId: string): Promise<ClaimedItem | undefined> {
    const item = await ITEM_JOBS.claim(this.db, { id: itemId, tenantId }, new Date(this.now()));
    if (!item) return undefined;
    const { request_id, mode } = await this.db.selectFrom('batch').select(['request_id', 'mode']).where('tenant_id', '=', tenantId).where('id', '=', item.batch_id).executeTakeFirstOrThrow();
    return { ...item, request_id, mode };
  }

  /** False when the item is no longer this worker's: it was canceled, or given to another. */
  async extendLease(item: ItemRow): Promise<boolean> {
    return ITEM_JOBS.extendLease(this.db, item, new Date(this.now()));
  }

  /** Keeps a result, once; false when the item is no longer this worker's. */
  async finish(item: ItemRow, reply: SpeechReply): Promise<boolean> {
    return this.end(item, { state: 'done', result: JSON.stringify(reply), error_code: null, error_detail: null }, reply.served_by.cost.amount_micros);
  }

  /** Puts a failed item back for later, or fails it for good. */
  async settleFailure(item: ItemRow, decision: FailureDecision): Promise<void> {
    if (decision.type === 'fail') {
      await this.end(item, { state: 'failed', error_code: decision.code, error_detail: decision.detail }, 0);
      return;
    }
    const now = new Date(this.now());
    await this.db.transaction().execute(async (transaction) => {
      await ITEM_JOBS.putBack(transaction, item, new Date(now.getTime() + decision.delayMs));
      await scheduleItems(transaction, item.tenant_id, this.concurrency, now);
    });
  }

  /** Gives lost items back and queues what is due; false when there was nothing to do. */
  async sweep(): Promise<boolean> {
    const now = new Date(this.now());
    const tenants = await this.db.transaction().execute((transaction) => releaseLost(transaction, now));
    for (const tenantId of tenants) await this.db.transaction().execute((transaction) => scheduleItems(transaction, tenantId, this.concurrency, now));
    return tenants.length > 0;
  }

  private async end(item: ItemRow, values: Partial<ItemRow> & { state: 'done' | 'failed' }, costMicros: number): Promise<boolean> {
    const now = new Date(this.now());
    return this.db.transaction().execute(async (transaction) => {
      await transaction.selectFrom('batch').select('id').where('tenant_id', '=', item.tenant_id).where('id', '=', item.batch_id).forUpdate().executeTakeFirst();
      if (!(await ITEM_JOBS.change(transaction, item, { ...values, lease_until: null }))) return false;
      const counter = values.state;
      const batch = await transaction
        .updateTable('batch')
        .set({
          [counter]: sql`${sql.ref(counter)} + 1`, cost_micros: sql`cost_micros + ${costMicros}`, updated_at: now,
          state: sql`case when done + failed + 1 < total then state when failed + ${values.state === 'failed' ? 1 : 0} > 0 then 'failed' else 'done' end`,
        })
        .where('tenant_id', '=', item.tenant_id)
        .where('id', '=', item.batch_id)
        .returningAll()
        .executeTakeFirstOrThrow();
      await announce(transaction, batch, { reference: item.reference, state: values.state });
      await scheduleItems(transaction, item.tenant_id, this.concurrency, now);
      return true;
    });
  }
}
