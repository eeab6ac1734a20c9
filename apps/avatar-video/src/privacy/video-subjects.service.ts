import { setTimeout as sleep } from 'node:timers/promises';
import { Inject, Injectable } from '@nestjs/common';
import { deleteObjects } from '@tecnocursos/contracts';
import { KeptAnswers } from '@tecnocursos/integration-kit';
import { RpcClient, type CallContext } from '@tecnocursos/messaging';
import { countsOf, SCHEMA, subjectPageOf, type EraseRequest, type Erasure, type ExportPage, type ExportRequest, type SubjectData, type SubjectRow } from '@tecnocursos/nest-kit';
import { mentionsAny } from '@tecnocursos/persistence';
import { sql, type Kysely } from 'kysely';
import type { AvatarVideoTables } from '../avatar-video.tables.js';
import { CLOCK, type Clock } from '../clock.js';
import { VideoMachine } from '../videos/video-machine.service.js';
import { videoFolder, videoKey } from '../videos/video-request.js';
import type { VideoRow } from '../videos/video-view.js';
import { isOpen, LEASE_MS, VideoRepository } from '../videos/video.repository.js';
import { VideoMessages } from './video-messages.service.js';

type About = Pick<ExportRequest, 'subject' | 'scope'>;

/** Videos know nothing of accounts: what speaks of a person is found by the e-mail addresses in texts and titles. */
@Injectable()
export class VideoSubjects implements SubjectData {
  constructor(
    @Inject(SCHEMA) private readonly db: Kysely<AvatarVideoTables>,
    private readonly videos: VideoRepository,
    private readonly machine: VideoMachine,
    private readonly rpc: RpcClient,
    private readonly messages: VideoMessages,
    private readonly answers: KeptAnswers,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  page(request: ExportRequest, { tenantId }: CallContext): Promise<ExportPage> {
    return subjectPageOf([
      { category: 'avatar-video', rows: (after, limit) => this.rows(tenantId, request, after, limit) },
      { category: 'webhook-endpoint', rows: async (after) => (after === undefined && request.scope === 'tenant' ? this.endpoints(tenantId) : []) },
      { category: 'kept-answer', rows: (after, limit) => this.answers.rows(tenantId, request, after, limit) },
    ], request.cursor);
  }

  /** Takes as long as a worker's lease when one of the videos is being made: it could write once more. */
  async erase(request: EraseRequest, { tenantId, signal }: CallContext): Promise<Erasure> {
    const rows = await this.meant(tenantId, request).selectAll().execute();
    for (const { id, state } of rows) if (isOpen(state)) await this.videos.cancel(tenantId, id).catch(() => undefined); // ended meanwhile
    await this.machine.cancelAtVendors(signal);
    const ids = rows.map(({ id }) => id);
    await this.waitUntilLeft(rows, signal);
    const messages = await this.messages.erase(tenantId, request, ids);
    if (ids.length > 0) await this.remove(tenantId, ids);
    const endpoints = request.scope === 'tenant' ? (await this.db.deleteFrom('webhook_endpoint').where('tenant_id', '=', tenantId).executeTakeFirst()).numDeletedRows : 0n;
    return { erased: countsOf({ 'avatar-video': rows.length, 'webhook-endpoint': endpoints, 'video-message': messages, ...(await this.answers.erase(tenantId, request)) }) };
  }

  /** A worker hears at its next heartbeat that its video was canceled, and before its lease ends in any case. */
  private async waitUntilLeft(rows: readonly VideoRow[], signal: AbortSignal): Promise<void> {
    const until = Math.max(0, ...rows.map(({ lease_until: lease }) => lease?.getTime() ?? 0));
    const left = Math.min(until - this.clock.now(), LEASE_MS);
    if (left > 0) await sleep(left, undefined, { signal });
  }

  private async remove(tenantId: string, ids: readonly string[]): Promise<void> {
    for (const id of ids) await this.rpc.call(deleteObjects, { folder: videoFolder(id) });
    await this.db.transaction().execute(async (transaction) => {
      await transaction.deleteFrom('webhook_delivery').where('tenant_id', '=', tenantId).where(sql<string>`body::json -> 'data' ->> 'id'`, 'in', [...ids]).execute();
      await transaction.deleteFrom('video').where('tenant_id', '=', tenantId).where('id', 'in', [...ids]).execute();
    });
  }

  private async rows(tenantId: string, about: About, after: string | undefined, limit: number): Promise<SubjectRow[]> {
    const rows = await this.meant(tenantId, about).selectAll().$if(after !== undefined, (query) => query.where('id', '>', after ?? '')).orderBy('id').limit(limit).execute();
    return rows.map((row) => ({ id: row.id, data: recordOf(row), objects: row.result === null || about.scope === 'tenant' ? [] : [videoKey(row.id, 'video.mp4'), videoKey(row.id, 'poster.jpg')] }));
  }

  private async endpoints(tenantId: string): Promise<SubjectRow[]> {
    const rows = await this.db.selectFrom('webhook_endpoint').select(['id', 'url', 'description', 'events', 'created_at']).where('tenant_id', '=', tenantId).orderBy('id').execute();
    return rows.map((data) => ({ id: data.id, data }));
  }

  private meant(tenantId: string, { subject, scope }: About) {
    return this.db.selectFrom('video').where('tenant_id', '=', tenantId).$if(scope === 'subject', (query) => query.where(mentionsAny(['title', 'request', 'failure'], subject.emails)));
  }
}

const recordOf = ({ id, title, created_at: createdAt, request }: VideoRow): Record<string, unknown> => ({ id, title, created_at: createdAt.toISOString(), request: JSON.parse(request) as unknown });
