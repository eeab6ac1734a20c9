import { Controller } from '@nestjs/common';
import { cancelVideo, createEffect, createVideo, getVideo, listVideos, type Video } from '@tecnocursos/contracts';
import { BusService } from '../bus/bus.service.js';
import type { InputOf, SuccessOf } from '../http/operation.js';
import { Operation, type Exchange } from '../http/operation.decorator.js';
import { StoredForms } from '../uploads/stored-form.service.js';
import { VideoEventHub } from './video-event-hub.service.js';
import { VideoEventStream } from './video-event-stream.js';
import { VideoLinks, type LinkedVideo } from './video-links.service.js';
import {
  cancelVideoOperation, createEffectOperation, createVideoOperation, getVideoOperation, listVideosOperation, streamVideoEventsOperation,
} from './video.operations.js';

const oneFile = { maxFiles: 1, folder: 'uploads' } as const;

@Controller()
export class VideosHttpController {
  constructor(
    private readonly bus: BusService,
    private readonly forms: StoredForms,
    private readonly links: VideoLinks,
    private readonly hub: VideoEventHub,
  ) {}

  @Operation(createVideoOperation)
  create({ body, headers }: InputOf<typeof createVideoOperation>, exchange: Exchange): Promise<SuccessOf<typeof createVideoOperation>> {
    return this.ordered(exchange, headers['idempotency-key'], () =>
      body
        ? this.bus.call(createVideo, body)
        : this.forms.with(exchange.request, { ...oneFile, schema: createVideoOperation.form, contentType: /^audio\// }, (fields, [key]) => this.bus.call(createVideo, { ...fields, audio_key: key })),
    );
  }

  @Operation(createEffectOperation)
  createEffect({ body, headers }: InputOf<typeof createEffectOperation>, exchange: Exchange): Promise<SuccessOf<typeof createEffectOperation>> {
    return this.ordered(exchange, headers['idempotency-key'], () =>
      body
        ? this.bus.call(createEffect, body)
        : this.forms.with(exchange.request, { ...oneFile, schema: createEffectOperation.form, contentType: /^image\/(png|jpeg|webp)$/ }, (fields, [key = '']) => this.bus.call(createEffect, { ...fields, image_key: key })),
    );
  }

  @Operation(getVideoOperation)
  async get({ params }: InputOf<typeof getVideoOperation>): Promise<SuccessOf<typeof getVideoOperation>> {
    return this.links.one((await this.bus.call(getVideo, params)).video);
  }

  @Operation(listVideosOperation)
  async list({ query }: InputOf<typeof listVideosOperation>): Promise<SuccessOf<typeof listVideosOperation>> {
    const { videos, next_cursor } = await this.bus.call(listVideos, query);
    return { videos: await this.links.all(videos), next_cursor };
  }

  @Operation(cancelVideoOperation)
  async cancel({ params }: InputOf<typeof cancelVideoOperation>): Promise<SuccessOf<typeof cancelVideoOperation>> {
    return this.links.one((await this.bus.call(cancelVideo, params)).video);
  }

  @Operation(streamVideoEventsOperation)
  async events({ params }: InputOf<typeof streamVideoEventsOperation>, { request, reply }: Exchange): Promise<VideoEventStream | undefined> {
    const { tenantId, requestId } = request.scope;
    const { video } = await this.bus.call(getVideo, params);
    reply.headers({ 'content-type': 'text/event-stream; charset=utf-8', 'x-accel-buffering': 'no' });
    if (request.method === 'HEAD') return undefined;
    const stream = new VideoEventStream(video, async () => (await this.bus.callApart(getVideo, params, { tenantId, requestId })).video);
    stream.once('close', this.hub.listen(tenantId, params.video_id, stream));
    void stream.look(); // what changed while the listening began
    return stream;
  }

  /** The key travels beside the request: a repeated order finds the video that it made. */
  private async ordered({ request, reply }: Exchange, idempotencyKey: string | undefined, order: () => Promise<{ video: Video }>): Promise<LinkedVideo> {
    if (idempotencyKey !== undefined) request.scope.idempotencyKey = idempotencyKey;
    const { video } = await order();
    reply.header('location', `/api/integrations/avatar/video/${video.id}`);
    return this.links.one(video);
  }
}
