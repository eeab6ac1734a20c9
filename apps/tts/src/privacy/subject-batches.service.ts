import { setTimeout as sleep } from 'node:timers/promises';
import { Inject, Injectable } from '@nestjs/common';
import { runSpeechBatchItem, speechBatchProgressed } from '@tecnocursos/contracts';
import { eraseMessages, type BusConnection, type CallContext, type KeptMessage } from '@tecnocursos/messaging';
import { BUS, SCHEMA, type SubjectRow } from '@tecnocursos/nest-kit';
import { mentionsAny } from '@tecnocursos/persistence';
import type { Kysely } from 'kysely';
import { BatchItemRunner } from '../batch/batch-item.runner.js';
import { ITEM_JOBS } from '../batch/batch-scheduler.js';
import type { SpeechReply } from '../batch/batch.view.js';
import type { TtsTables } from '../tts.tables.js';
import { CLOCK } from '../tts.tokens.js';
import type { About } from './subject-voices.service.js';

/** Batches with a text that speaks of a person, whole: what is spoken of the others is made again for the asking. */
@Injectable()
export class SubjectBatches {
  constructor(
    @Inject(SCHEMA) private readonly db: Kysely<TtsTables>,
    @Inject(BUS) private readonly connection: BusConnection,
    @Inject(CLOCK) private readonly now: () => number,
    private readonly runner: BatchItemRunner,
  ) {}

  async rows(tenantId: string, about: About, after: string | undefined, limit: number): Promise<SubjectRow[]> {
    const rows = await this.meant(tenantId, about).select(['id', 'batch_id', 'reference', 'request', 'state', 'result'])
      .$if(after !== undefined, (query) => query.where('id', '>', after ?? '')).orderBy('id').limit(limit).execute();
    return rows.map(({ result, ...row }) => {
      const key = keyOf(result);
      return { id: row.id, data: { ...row, request: JSON.parse(row.request) as unknown }, objects: key === null || about.scope === 'tenant' ? [] : [key] };
    });
  }

  /** Ends what is under way of the batches that are meant, and takes back what was announced of them. @returns their ids, and the keys of what they had spoken. */
  async end(about: About, { tenantId, signal }: CallContext): Promise<{ ids: string[]; keys: string[]; messages: number }> {
    const ids = [...new Set((await this.meant(tenantId, about).select('batch_id').execute()).map((row) => row.batch_id))];
    if (ids.length > 0) await this.stop(tenantId, ids, signal);
    const messages = await this.eraseMessages(tenantId, about, ids);
    const items = ids.length === 0 ? [] : await this.db.selectFrom('batch_item').select('result').where('tenant_id', '=', tenantId).where('batch_id', 'in', ids).execute();
    return { ids, messages, keys: items.flatMap(({ result }) => keyOf(result) ?? []) };
  }

  /** When what they had spoken is gone: until then they tell where it is. */
  async remove(tenantId: string, ids: readonly string[]): Promise<void> {
    if (ids.length > 0) await this.db.deleteFrom('batch').where('tenant_id', '=', tenantId).where('id', 'in', [...ids]).execute();
  }

  /** Ends what is under way, and waits until no worker can write any more: its lease tells. */
  private async stop(tenantId: string, ids: readonly string[], signal: AbortSignal): Promise<void> {
    const open = await this.db.selectFrom('batch_item').select(['id', 'state', 'lease_until']).where('tenant_id', '=', tenantId).where('batch_id', 'in', [...ids]).where('state', 'in', ['ready', 'queued', 'running']).execute();
    if (open.length === 0) return;
    await this.db.updateTable('batch_item').set({ state: 'canceled' }).where('tenant_id', '=', tenantId).where('id', 'in', open.map(({ id }) => id)).execute();
    this.runner.abort(open.map(({ id }) => id));
    const until = Math.max(0, ...open.map(({ lease_until: lease }) => lease?.getTime() ?? 0));
    const left = Math.min(until - this.now(), ITEM_JOBS.times.leaseMs);
    if (left > 0) await sleep(left, undefined, { signal });
  }

  private async eraseMessages(tenantId: string, { scope }: About, ids: readonly string[]): Promise<number> {
    if (scope === 'subject' && ids.length === 0) return 0;
    await this.db.deleteFrom('outbox').where('tenant_id', '=', tenantId).$if(scope === 'subject', (query) => query.where(mentionsAny(['payload'], ids))).execute();
    const isMeant = ({ tenantId: owner, text }: KeptMessage): boolean => {
      if (owner !== tenantId) return false;
      const body = scope === 'tenant' ? '' : text();
      return scope === 'tenant' || ids.some((id) => body.includes(id));
    };
    const events = await eraseMessages(this.connection, { contract: speechBatchProgressed, isMeant });
    // Jobs name an item and no person, and those of other batches are still to be done.
    return events + (scope === 'tenant' ? await eraseMessages(this.connection, { contract: runSpeechBatchItem, isMeant }) : 0);
  }

  private meant(tenantId: string, { subject, scope }: About) {
    return this.db.selectFrom('batch_item').where('tenant_id', '=', tenantId)
      .$if(scope === 'subject', (query) => query.where(mentionsAny(['request', 'reference', 'error_detail'], subject.emails)));
  }
}

const keyOf = (result: string | null): string | null => (result === null ? null : (JSON.parse(result) as SpeechReply).audio.key);
