import { createHash } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { AppError, derivedId, newId, presenterOf, type listVideos, type ReplyInput, type RequestOf, type Video } from '@tecnocursos/contracts';
import type { CallContext } from '@tecnocursos/messaging';
import { OutboundHttp, OutboxPublisher } from '@tecnocursos/nest-kit';
import { CLOCK, type Clock } from '../clock.js';
import { WebhookEndpoints } from '../outbound-webhooks/webhook-endpoints.service.js';
import { StoredObjects } from './stored-objects.service.js';
import type { AvatarRequest, EffectRequest } from './video-request.js';
import { VideoRepository } from './video.repository.js';
import { videoView, type VideoRow } from './video-view.js';
import { VideoWorker } from './video-worker.service.js';

type Created = Pick<VideoRow, 'kind' | 'title' | 'presenter' | 'aspect'> & { readonly order: AvatarRequest | EffectRequest };

/** Takes orders, and tells of them. What could not work later is refused at once. */
@Injectable()
export class VideoIntake {
  constructor(
    private readonly videos: VideoRepository,
    private readonly endpoints: WebhookEndpoints,
    private readonly objects: StoredObjects,
    @Inject(OutboundHttp) private readonly http: OutboundHttp,
    private readonly worker: VideoWorker,
    private readonly outbox: OutboxPublisher,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  async createVideo(order: AvatarRequest, context: CallContext): Promise<Video> {
    if (order.audio_key !== undefined) await this.objects.require(order.audio_key, 'audio_key');
    const { background } = order;
    if (background?.type === 'image') await this.objects.require(background.image_key, 'background.image_key');
    if (background?.type === 'image_url') await this.http.checkField(background.url, 'background.url');
    return this.create({ kind: 'avatar', title: order.title ?? null, presenter: presenterOf(order.presenter), aspect: order.aspect, order }, context);
  }

  async createEffect(order: EffectRequest, context: CallContext): Promise<Video> {
    await this.objects.require(order.image_key, 'image_key');
    return this.create({ kind: 'effect', title: null, presenter: null, aspect: order.aspect, order }, context);
  }

  async get(tenantId: string, id: string): Promise<Video> {
    const found = await this.videos.find(tenantId, id);
    if (!found) throw new AppError('not_found', 'There is no such video.');
    return videoView(found.video, found.attempts);
  }

  async list(tenantId: string, { limit, cursor, state }: RequestOf<typeof listVideos>): Promise<ReplyInput<typeof listVideos>> {
    const before = cursor === undefined ? undefined : placeOf(cursor);
    const found = await this.videos.list(tenantId, { limit: limit + 1, ...(before && { before }), ...(state && { state }) });
    const last = found.length > limit ? found[limit - 1]?.video : undefined;
    return { videos: found.slice(0, limit).map(({ video, attempts }) => videoView(video, attempts)), next_cursor: last ? cursorOf(last) : null };
  }

  async cancel(tenantId: string, id: string): Promise<Video> {
    const { video, attempts } = await this.videos.cancel(tenantId, id);
    this.outbox.kick();
    this.worker.kick();
    return videoView(video, attempts);
  }

  private async create({ kind, title, presenter, aspect, order }: Created, { tenantId, requestId, idempotencyKey, mode }: CallContext): Promise<Video> {
    if (order.webhook_url !== undefined) await this.endpoints.requireRegistered(tenantId, order.webhook_url, 'webhook_url');
    const request = JSON.stringify(order);
    const now = new Date(this.clock.now());
    const row = await this.videos.insert({
      id: idempotencyKey === undefined ? newId() : derivedId('video', tenantId, idempotencyKey), tenant_id: tenantId, request_id: requestId, kind, state: 'queued', percent: 0, title, presenter, aspect,
      request, request_sha256: createHash('sha256').update(kind).update(request).digest('hex'), caller_mode: mode ?? 'live', warnings: '[]', failure: null, result: null, served_by: null,
      webhook_url: order.webhook_url ?? null, next_at: now, lease_until: null, claims: 0, failures: 0, version: 1, created_at: now, updated_at: now,
    });
    this.outbox.kick();
    this.worker.kick();
    return this.get(tenantId, row.id);
  }
}

const cursorOf = ({ created_at: at, id }: VideoRow): string => Buffer.from(`${at.toISOString()} ${id}`).toString('base64url');

function placeOf(cursor: string): { at: Date; id: string } {
  const [at = '', id = ''] = Buffer.from(cursor, 'base64url').toString('utf8').split(' ');
  if (Number.isNaN(Date.parse(at)) || !/^[0-9a-f-]{36}$/.test(id)) {
    const message = 'Use `next_cursor` of the page before.';
    throw new AppError('invalid_request', `cursor: ${message}`, { issues: [{ field: 'cursor', message }] });
  }
  return { at: new Date(at), id };
}
