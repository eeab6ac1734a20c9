import { Inject, Injectable } from '@nestjs/common';
import { deleteObjects, type ReplyInput, type RequestOf, type Subject, type SubjectEraseContract, type SubjectExportContract } from '@tecnocursos/contracts';
import { RpcClient } from '@tecnocursos/messaging';
import { SCHEMA } from '@tecnocursos/nest-kit';
import { sql, type Kysely } from 'kysely';
import type { AvatarVideoTables } from '../avatar-video.tables.js';
import { VideoMachine } from './video-machine.service.js';
import { videoFolder, videoKey } from './video-request.js';
import type { VideoRow } from './video-view.js';
import { isOpen, VideoRepository } from './video.repository.js';

const PAGE = 100;

/** Videos know nothing of accounts: what speaks of a person is found by the e-mail addresses in texts and titles. */
@Injectable()
export class VideoSubjects {
  constructor(
    @Inject(SCHEMA) private readonly db: Kysely<AvatarVideoTables>,
    private readonly videos: VideoRepository,
    private readonly machine: VideoMachine,
    private readonly rpc: RpcClient,
  ) {}

  async page(tenantId: string, { subject, cursor }: RequestOf<SubjectExportContract>): Promise<ReplyInput<SubjectExportContract>> {
    const rows = await this.matching(tenantId, subject).$if(cursor !== undefined, (query) => query.where('id', '>', cursor ?? '')).orderBy('id').limit(PAGE).execute();
    const records = rows.map((row) => ({ category: 'avatar-video', data: { id: row.id, title: row.title, created_at: row.created_at.toISOString(), request: JSON.parse(row.request) as unknown } }));
    const objects = rows.flatMap(({ id, result }) => (result === null ? [] : [videoKey(id, 'video.mp4'), videoKey(id, 'poster.jpg')]));
    return { records, objects, next_cursor: rows.length === PAGE ? (rows.at(-1)?.id ?? null) : null };
  }

  async erase(tenantId: string, { subject, scope }: RequestOf<SubjectEraseContract>, signal: AbortSignal): Promise<ReplyInput<SubjectEraseContract>> {
    const rows = await (scope === 'tenant' ? this.db.selectFrom('video').selectAll().where('tenant_id', '=', tenantId) : this.matching(tenantId, subject)).execute();
    for (const { id, state } of rows) if (isOpen(state)) await this.videos.cancel(tenantId, id).catch(() => undefined); // ended meanwhile
    await this.machine.cancelAtVendors(signal);
    if (rows.length > 0) await this.remove(tenantId, rows);
    const erased = [{ category: 'avatar-video', count: rows.length }];
    if (scope === 'tenant') {
      const { numDeletedRows } = await this.db.deleteFrom('webhook_endpoint').where('tenant_id', '=', tenantId).executeTakeFirst();
      await this.db.deleteFrom('idempotency').where('tenant_id', '=', tenantId).execute();
      erased.push({ category: 'webhook-endpoint', count: Number(numDeletedRows) });
    }
    return { erased: erased.filter(({ count }) => count > 0) };
  }

  private async remove(tenantId: string, rows: readonly VideoRow[]): Promise<void> {
    for (const { id } of rows) await this.rpc.call(deleteObjects, { folder: videoFolder(id) });
    await this.db.transaction().execute(async (transaction) => {
      const ids = rows.map(({ id }) => id);
      await transaction.deleteFrom('webhook_delivery').where('tenant_id', '=', tenantId).where(sql<string>`body::json -> 'data' ->> 'id'`, 'in', ids).execute();
      await transaction.deleteFrom('outbox').where('tenant_id', '=', tenantId).where(sql<string>`payload::json ->> 'video_id'`, 'in', ids).execute();
      await transaction.deleteFrom('video').where('tenant_id', '=', tenantId).where('id', 'in', ids).execute();
    });
  }

  private matching(tenantId: string, { emails }: Subject) {
    return this.db.selectFrom('video').selectAll().where('tenant_id', '=', tenantId)
      .where((where) => where.or(emails.map((email) => where(sql<number>`position(${email.toLowerCase()} in lower(request))`, '>', 0))));
  }
}
