import {
  BackgroundSchema, cancelVideo, createEffect, createVideo, getVideo, listVideos, PageQuerySchema, RoutingSchema, TimestampSchema, VideoSchema, VideoStateSchema,
} from '@tecnocursos/contracts';
import { z } from 'zod';
import { defineOperation } from '../http/operation.js';
import { idempotencyHeader } from '../http/idempotency-key.js';
import { jsonField } from '../uploads/json-field.js';

const common = { tag: 'avatar', permission: 'media:generate' } as const;
const UPLOAD_MS = 600_000;
const byId = getVideo.request;
const once = idempotencyHeader('a key of your own: the same request with the same key makes one video, however often it is sent');
const link = z.url().meta({ description: 'signed, expiring' });

export const LinkedVideoSchema = VideoSchema.extend({
  links: z.object({ video: link, poster: link, captions: link.nullable(), expire_at: TimestampSchema }).nullable().meta({ description: 'null until the video is ready' }),
});

const ordered = {
  status: 202, description: 'The video is being made', schema: LinkedVideoSchema, headers: { location: 'path of the video' },
} as const;

const { audio_key: audioKey, text, subtitles, background, routing, ...plain } = createVideo.request.shape;

export const createVideoOperation = defineOperation({
  ...common, id: 'createAvatarVideo', method: 'POST', path: '/api/integrations/avatar/create-video',
  summary: createVideo.summary,
  description: 'Give `text` or `audio_key` as JSON, or send the recording as the part `file` of a multipart form. Follow it by GET, by its event stream, or have `webhook_url` called.',
  headers: once,
  body: z.strictObject({ ...plain, text, audio_key: audioKey, subtitles, background, routing }),
  form: z.strictObject({
    ...plain, subtitles: z.stringbool().default(true), background: jsonField(BackgroundSchema, 'a Background').optional(), routing: jsonField(RoutingSchema, 'a Routing').optional(),
  }),
  requestExample: { text: 'Olá! Hoje vamos falar sobre a água.', presenter: 'sofia', background: { type: 'color', value: '#1F2A44' } },
  success: ordered,
  errors: createVideo.errors,
  deadlineMs: UPLOAD_MS + createVideo.timeoutMs,
});

const { image_key: imageKey, seconds, routing: effectRouting, ...plainEffect } = createEffect.request.shape;

export const createEffectOperation = defineOperation({
  ...common, id: 'createEffect', method: 'POST', path: '/api/integrations/avatar/effect',
  summary: createEffect.summary,
  description: 'Give `image_key` as JSON, or send the picture as the part `file` of a multipart form.',
  headers: once,
  body: z.strictObject({ image_key: imageKey, seconds, ...plainEffect, routing: effectRouting }),
  form: z.strictObject({ seconds: z.coerce.number().int().min(2).max(10).default(5), ...plainEffect, routing: jsonField(RoutingSchema, 'a Routing').optional() }),
  requestExample: { image_key: 'pictures/lake.png', prompt: 'a slow flight over the lake', seconds: 5 },
  success: ordered,
  errors: createEffect.errors,
  deadlineMs: UPLOAD_MS + createEffect.timeoutMs,
});

const oneVideo = { status: 200, description: 'The video', schema: LinkedVideoSchema } as const;

export const getVideoOperation = defineOperation({
  ...common, permission: 'courses:read', id: 'getVideo', method: 'GET', path: '/api/integrations/avatar/video/{video_id}',
  summary: getVideo.summary,
  params: byId, success: oneVideo, errors: getVideo.errors,
});

export const listVideosOperation = defineOperation({
  ...common, permission: 'courses:read', id: 'listVideos', method: 'GET', path: '/api/integrations/avatar/videos',
  summary: listVideos.summary,
  query: PageQuerySchema.extend({ state: VideoStateSchema.optional() }),
  success: { status: 200, description: 'A page of videos', schema: z.object({ videos: z.array(LinkedVideoSchema), next_cursor: z.string().nullable() }) },
});

export const cancelVideoOperation = defineOperation({
  ...common, id: 'cancelVideo', method: 'POST', path: '/api/integrations/avatar/video/{video_id}/cancel',
  summary: cancelVideo.summary,
  params: byId, success: oneVideo, errors: cancelVideo.errors,
});

export const streamVideoEventsOperation = defineOperation({
  ...common, permission: 'courses:read', id: 'streamVideoEvents', method: 'GET', path: '/api/integrations/avatar/video/{video_id}/events',
  summary: 'How a video is coming along, as server-sent events',
  description:
    'Each event has `event` (the state) and `data` (the Video as JSON); the first tells how things stand. The stream ends after `ready`, `failed` or `canceled`. ' +
    'Whoever connects again is told the present state. Links to the result are in GET of the video.',
  params: byId,
  success: { status: 200, description: 'The events', contentType: 'text/event-stream' },
  errors: getVideo.errors,
});

