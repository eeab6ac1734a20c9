import { Inject, Injectable } from '@nestjs/common';
import { AppError, videoChanged, type VideoState, type WebhookEventType } from '@tecnocursos/contracts';
import { SCHEMA } from '@tecnocursos/nest-kit';
import { enqueue } from '@tecnocursos/persistence';
import { sql, type Kysely, type Transaction } from 'kysely';
import type { AvatarVideoTables } from '../avatar-video.tables.js';
import { CLOCK, type Clock } from '../clock.js';
import { enqueueDeliveries } from '../outbound-webhooks/webhook-delivery.repository.js';
import { videoView, type AttemptRow, type VideoRow } from './video-view.js';

type Tx = Transaction<AvatarVideoTables>;

/** A video is given to another worker when its own has not been heard of for this long. */
export const LEASE_MS = 15_000;
const OPEN_STATES = ['queued', 'rendering', 'downloading'] as const satisfies readonly VideoState[];
const WEBHOOK_TYPES: Readonly<Partial<Record<VideoState, WebhookEventType>>> = { ready: 'video.ready', failed: 'video.failed', canceled: 'video.canceled' };

export const isOpen = (state: VideoState): boolean => (OPEN_STATES as readonly VideoState[]).includes(state);

/** What a worker changes with one step. */
export interface VideoChange {
  readonly video?: Partial<Pick<VideoRow, 'state' | 'percent' | 'failure' | 'result' | 'served_by' | 'failures'>> & { readonly nextAt?: Date; readonly addWarnings?: readonly string[] };
  readonly attempt?: { readonly id: string } & Partial<Omit<AttemptRow, 'id' | 'video_id' | 'tenant_id' | 'number'>>;
  readonly newAttempt?: AttemptRow;
}

/** Whether anybody who watches would see a difference. */
const isVisible = (video: VideoRow, { video: values = {}, attempt, newAttempt }: VideoChange): boolean =>
  newAttempt !== undefined || attempt?.state !== undefined || (values.addWarnings?.length ?? 0) > 0 || values.failure !== undefined || values.result !== undefined
  || (values.state ?? video.state) !== video.state || (values.percent ?? video.percent) !== video.percent;

/** The transactions of videos. Each leaves video, attempts, messages and deliveries true together. */
@Injectable()
export class VideoRepository {
  constructor(
    @Inject(SCHEMA) private readonly db: Kysely<AvatarVideoTables>,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** @throws AppError `idempotency_key_reused` when the id stands for another request. */
  async insert(row: VideoRow): Promise<VideoRow> {
    const inserted = await this.db.transaction().execute(async (transaction) => {
      const fresh = await transaction.insertInto('video').values(row).onConflict((conflict) => conflict.column('id').doNothing()).returningAll().executeTakeFirst();
      if (fresh) await this.announce(transaction, fresh, []);
      return fresh;
    });
    if (inserted) return inserted;
    const existing = await this.find(row.tenant_id, row.id);
    if (existing?.video.request_sha256 === row.request_sha256) return existing.video;
    throw new AppError('idempotency_key_reused', 'This idempotency key was used for another request.', { issues: [{ field: 'idempotency-key', message: 'Use a new key for a new request.' }] });
  }

  async find(tenantId: string, id: string): Promise<{ video: VideoRow; attempts: AttemptRow[] } | undefined> {
    const video = await this.db.selectFrom('video').selectAll().where('tenant_id', '=', tenantId).where('id', '=', id).executeTakeFirst();
    return video && { video, attempts: await this.attemptsOf(this.db, tenantId, [id]) };
  }

  async list(tenantId: string, query: { limit: number; before?: { at: Date; id: string }; state?: VideoState }): Promise<{ video: VideoRow; attempts: AttemptRow[] }[]> {
    const { limit, before, state } = query;
    const videos = await this.db
      .selectFrom('video').selectAll().where('tenant_id', '=', tenantId)
      .$if(state !== undefined, (select) => select.where('state', '=', state ?? 'queued'))
      .$if(before !== undefined, (select) => select.where(sql<boolean>`(created_at, id) < (${before?.at ?? new Date()}::timestamptz, ${before?.id ?? ''}::uuid)`))
      .orderBy('created_at', 'desc').orderBy('id', 'desc').limit(limit).execute();
    const attempts = videos.length === 0 ? [] : await this.attemptsOf(this.db, tenantId, videos.map(({ id }) => id));
    return videos.map((video) => ({ video, attempts: attempts.filter(({ video_id: of }) => of === video.id) }));
  }

  /** Takes videos that something is to be done for, and those whose worker is gone. */
  async claim(limit: number): Promise<VideoRow[]> {
    const now = new Date(this.clock.now());
    return this.db
      .updateTable('video')
      .set({ lease_until: new Date(now.getTime() + LEASE_MS), claims: sql`claims + 1` })
      .where('id', 'in', (query) => query
        .selectFrom('video').select('id').where('state', 'in', [...OPEN_STATES]).where('next_at', '<=', now)
        .where((where) => where.or([where('lease_until', 'is', null), where('lease_until', '<', now)]))
        .orderBy('next_at').limit(limit).forUpdate().skipLocked())
      .returningAll()
      .execute();
  }

  /** False when the video is no longer this worker's: it was canceled, or given to another. */
  async extendLease(video: VideoRow): Promise<boolean> {
    const { numUpdatedRows } = await this.owned(this.db, video).set({ lease_until: new Date(this.clock.now() + LEASE_MS) }).executeTakeFirst();
    return numUpdatedRows === 1n;
  }

  /**
   * Keeps what a worker found out; false when the video is no longer its own. Then nothing is kept but the vendor's id of an order that has just been placed: what
   * is paid for must be known, so that it can be stopped.
   */
  async apply(claimed: VideoRow, change: VideoChange): Promise<boolean> {
    return this.db.transaction().execute(async (transaction) => {
      const video = await transaction.selectFrom('video').selectAll().where('tenant_id', '=', claimed.tenant_id).where('id', '=', claimed.id).forUpdate().executeTakeFirst();
      if (!video || video.claims !== claimed.claims || !isOpen(video.state)) {
        if (change.attempt?.vendor_job_id) await this.keepOrphan(transaction, claimed, change.attempt.id, change.attempt.vendor_job_id);
        return false;
      }
      if (change.newAttempt) await transaction.insertInto('video_attempt').values(change.newAttempt).execute();
      if (change.attempt) await this.changeAttempt(transaction, claimed, change.attempt);
      // A vendor has called while we asked: its call counts, and not when we meant to ask again.
      const hinted = video.next_at.getTime() !== claimed.next_at.getTime() && change.video?.state === undefined;
      const values = { ...change.video, ...(hinted && { nextAt: video.next_at }) };
      if (isVisible(video, change)) await this.changeVideo(transaction, video, values);
      else await transaction.updateTable('video').set({ lease_until: null, failures: values.failures ?? video.failures, next_at: values.nextAt ?? video.next_at }).where('tenant_id', '=', video.tenant_id).where('id', '=', video.id).execute();
      return true;
    });
  }

  /** Writes down that an order is about to be sent, and keeps the lease; false when the video is no longer this worker's. */
  async noteIntent(claimed: VideoRow, attempt: AttemptRow): Promise<boolean> {
    return this.db.transaction().execute(async (transaction) => {
      const { numUpdatedRows } = await this.owned(transaction, claimed).set({ lease_until: new Date(this.clock.now() + LEASE_MS) }).executeTakeFirst();
      if (numUpdatedRows !== 1n) return false;
      await transaction.insertInto('video_attempt').values(attempt).execute();
      return true;
    });
  }

  /** Gives a video back that nothing more is done for here. */
  async release(claimed: VideoRow): Promise<void> {
    await this.owned(this.db, claimed).set({ lease_until: null }).execute();
  }

  /** Moves a video on and keeps the lease; undefined when the video is no longer this worker's. */
  async moveOn(claimed: VideoRow, values: Pick<VideoRow, 'state' | 'percent'>): Promise<VideoRow | undefined> {
    return this.db.transaction().execute(async (transaction) => {
      const now = new Date(this.clock.now());
      const row = await this.owned(transaction, claimed).set({ ...values, version: sql`version + 1`, updated_at: now, lease_until: new Date(now.getTime() + LEASE_MS) }).returningAll().executeTakeFirst();
      if (row) await this.announce(transaction, row, await this.attemptsOf(transaction, row.tenant_id, [row.id]));
      return row;
    });
  }

  /** @throws AppError `not_found`, `conflict`. */
  async cancel(tenantId: string, id: string): Promise<{ video: VideoRow; attempts: AttemptRow[] }> {
    return this.db.transaction().execute(async (transaction) => {
      const video = await transaction.selectFrom('video').selectAll().where('tenant_id', '=', tenantId).where('id', '=', id).forUpdate().executeTakeFirst();
      if (!video) throw new AppError('not_found', 'There is no such video.');
      if (video.state === 'ready' || video.state === 'failed') throw new AppError('conflict', `The video is ${video.state === 'ready' ? 'ready' : 'over'}: there is nothing left to cancel.`);
      if (video.state !== 'canceled') {
        await transaction
          .updateTable('video_attempt').set({ state: 'canceled', cancel_pending: sql`vendor_job_id is not null`, updated_at: new Date(this.clock.now()) })
          .where('tenant_id', '=', tenantId).where('video_id', '=', id).where('state', 'in', ['starting', 'in_doubt', 'accepted']).execute();
        await this.changeVideo(transaction, video, { state: 'canceled' });
      }
      const attempts = await this.attemptsOf(transaction, tenantId, [id]);
      const changed = await transaction.selectFrom('video').selectAll().where('tenant_id', '=', tenantId).where('id', '=', id).executeTakeFirstOrThrow();
      return { video: changed, attempts };
    });
  }

  /** Orders that vendors are still to be told to stop. */
  async toCancel(limit: number): Promise<{ attempt: AttemptRow; video: VideoRow }[]> {
    const attempts = await this.db.selectFrom('video_attempt').selectAll().where('cancel_pending', '=', true).orderBy('updated_at').limit(limit).execute();
    const found = await Promise.all(attempts.map((attempt) => this.find(attempt.tenant_id, attempt.video_id)));
    return attempts.flatMap((attempt, index) => (found[index] ? [{ attempt, video: found[index].video }] : []));
  }

  async canceledAtVendor({ tenant_id: tenantId, id }: AttemptRow, detail: string | null): Promise<void> {
    await this.db.updateTable('video_attempt').set({ cancel_pending: false, ...(detail !== null && { detail }), updated_at: new Date(this.clock.now()) }).where('tenant_id', '=', tenantId).where('id', '=', id).execute();
  }

  private owned(db: Kysely<AvatarVideoTables>, claimed: VideoRow) {
    return db.updateTable('video').where('tenant_id', '=', claimed.tenant_id).where('id', '=', claimed.id).where('claims', '=', claimed.claims).where('state', 'in', [...OPEN_STATES]);
  }

  private async changeAttempt(transaction: Tx, video: VideoRow, { id, ...values }: NonNullable<VideoChange['attempt']>): Promise<void> {
    await transaction.updateTable('video_attempt').set({ ...values, updated_at: new Date(this.clock.now()) }).where('tenant_id', '=', video.tenant_id).where('id', '=', id).execute();
  }

  private async changeVideo(transaction: Tx, video: VideoRow, { nextAt, addWarnings = [], ...values }: NonNullable<VideoChange['video']>): Promise<void> {
    const warnings = [...new Set([...(JSON.parse(video.warnings) as string[]), ...addWarnings])];
    const changed = await transaction
      .updateTable('video')
      .set({ ...values, warnings: JSON.stringify(warnings), lease_until: null, version: sql`version + 1`, updated_at: new Date(this.clock.now()), ...(nextAt && { next_at: nextAt }) })
      .where('tenant_id', '=', video.tenant_id).where('id', '=', video.id)
      .returningAll().executeTakeFirstOrThrow();
    await this.announce(transaction, changed, await this.attemptsOf(transaction, video.tenant_id, [video.id]));
  }

  /** The order went out while the video was canceled or taken over. */
  private async keepOrphan(transaction: Tx, { tenant_id: tenantId, id: videoId }: VideoRow, attemptId: string, vendorJobId: string): Promise<void> {
    const video = await transaction.selectFrom('video').select('state').where('tenant_id', '=', tenantId).where('id', '=', videoId).executeTakeFirst();
    const canceled = video !== undefined && !isOpen(video.state);
    await transaction
      .updateTable('video_attempt').set({ vendor_job_id: vendorJobId, ...(canceled && { cancel_pending: true }), updated_at: new Date(this.clock.now()) })
      .where('tenant_id', '=', tenantId).where('id', '=', attemptId).where('vendor_job_id', 'is', null).execute();
  }

  private async announce(transaction: Tx, row: VideoRow, attempts: readonly AttemptRow[]): Promise<void> {
    const video = videoView(row, attempts);
    const payload = { tenant_id: row.tenant_id, video_id: row.id, version: row.version, video };
    await enqueue(transaction, [{ subject: videoChanged.subject, payload, tenantId: row.tenant_id, requestId: row.request_id }]);
    const type = WEBHOOK_TYPES[row.state];
    if (type) await enqueueDeliveries(transaction, { tenantId: row.tenant_id, id: `${row.id} ${type}`, type, at: row.updated_at, data: video, url: row.webhook_url });
  }

  private async attemptsOf(db: Kysely<AvatarVideoTables>, tenantId: string, videoIds: readonly string[]): Promise<AttemptRow[]> {
    return db.selectFrom('video_attempt').selectAll().where('tenant_id', '=', tenantId).where('video_id', 'in', [...videoIds]).orderBy('video_id').orderBy('number').execute();
  }
}

