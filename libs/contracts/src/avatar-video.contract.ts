import { z } from 'zod';
import { lineOfText } from './access.js';
import { PROVIDER_ERRORS, SlideSchema } from './ai.contract.js';
import { AspectSchema, LanguageSchema, ObjectKeySchema, ObjectRefSchema, ServedBySchema, TimestampSchema } from './common.js';
import { DocumentImageSchema } from './document.contract.js';
import { RoutingSchema } from './routing.contract.js';
import { defineEvent, defineRpc } from './rpc.js';

export const ThemeSchema = z.enum(['aurora', 'papel', 'quadro']).meta({ description: 'look of the slides: dark gradient, light paper, blackboard' });
export type Theme = z.infer<typeof ThemeSchema>;

/** Chapter marks and slide times, in milliseconds from the start of the video. */
export const ChapterSchema = z.object({ title: z.string(), start_ms: z.int().nonnegative(), end_ms: z.int().nonnegative() });
export type Chapter = z.infer<typeof ChapterSchema>;

/** The people who present, whoever draws them: a professional woman, a friendly man, a technical woman, a corporate man, a teaching woman. */
export const PRESENTER_IDS = ['amy', 'daniel', 'lucia', 'marcus', 'sofia'] as const;
export const PresenterIdSchema = z.enum(PRESENTER_IDS);
export type PresenterId = z.infer<typeof PresenterIdSchema>;

/** Names that were given out earlier; they mean the same five. */
export const PRESENTER_ALIASES: Readonly<Record<string, PresenterId>> = {
  'amy-jcu4GGiYNQ': 'amy', 'daniel-C2Y3dHl1eHE': 'daniel', 'lucia-MdE2NDk4ZTk4ZQ': 'lucia', 'marcus-dHB1Z2VkdWM': 'marcus', 'sofia-dGV0Z2VkdWM': 'sofia',
};

/** A house presenter by its id or by an earlier name of it; `presenterOf` tells which one is meant. */
export const PresenterSchema = z
  .enum([...PRESENTER_IDS, 'amy-jcu4GGiYNQ', 'daniel-C2Y3dHl1eHE', 'lucia-MdE2NDk4ZTk4ZQ', 'marcus-dHB1Z2VkdWM', 'sofia-dGV0Z2VkdWM'])
  .meta({ description: 'house presenter: `amy`, `daniel`, `lucia`, `marcus` or `sofia`; see GET /api/integrations/avatar/presenters' });
export const presenterOf = (given: z.infer<typeof PresenterSchema>): PresenterId => PRESENTER_ALIASES[given] ?? (given as PresenterId);

const colour = z.string().regex(/^#[0-9A-Fa-f]{6}$/, 'Use a colour such as #1F2A44.');
const imageUrl = z.url({ protocol: /^https?$/ }).max(2_048);
const promptText = lineOfText(1_000);

/** What is seen behind the presenter. */
export const BackgroundSchema = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('color'), value: colour }),
  z.strictObject({ type: z.literal('image'), image_key: ObjectKeySchema.meta({ description: 'a stored PNG, JPEG or WebP' }) }),
  z.strictObject({ type: z.literal('image_url'), url: imageUrl.meta({ description: 'https address of a PNG, JPEG or WebP; it is fetched once' }) }),
  z.strictObject({ type: z.literal('generated'), prompt: promptText.meta({ description: 'what is to be painted, in any language of the platform' }) }),
]);
export type Background = z.infer<typeof BackgroundSchema>;

export const renderLesson = defineRpc('avatar-video.lesson.render.v1', {
  summary: 'Draw the slides of one lesson and join them with their narration into one MP4 (H.264, AAC, fast start) and a poster',
  request: z.strictObject({
    course_title: z.string().min(1),
    lesson_number: z.int().positive(),
    lesson_title: z.string().min(1),
    language: LanguageSchema,
    aspect: AspectSchema.default('16:9'),
    theme: ThemeSchema.default('aurora'),
    presenter: PresenterSchema.optional().meta({ description: 'stands beside the slides, large on title slides, and not on slides that have a clip; nobody when absent' }),
    background: ObjectKeySchema.optional().meta({ description: 'stored picture behind title slides; the theme’s own when absent' }),
    effects: z.enum(['none', 'fade']).default('none').meta({ description: '`fade`: slides begin out of the dark' }),
    images: z.array(DocumentImageSchema),
    slides: z
      .array(z.object({
        slide: SlideSchema, audio_key: ObjectKeySchema, duration_ms: z.int().positive(),
        clip_key: ObjectKeySchema.optional().meta({ description: 'stored MP4 of a presenter, shown without its sound: full-screen in place of a title slide, and beside every other slide in a round badge, which shows the middle of its upper part (of an upright one, of its middle); its last picture stays when it is shorter' }),
      }))
      .min(1)
      .max(200),
    video_key: ObjectKeySchema,
    poster_key: ObjectKeySchema,
  }),
  reply: z.object({
    video: ObjectRefSchema,
    poster: ObjectRefSchema,
    duration_ms: z.int().positive(),
    width: z.int().positive(),
    height: z.int().positive(),
    slides: z.array(z.object({ start_ms: z.int().nonnegative(), end_ms: z.int().nonnegative() })),
    chapters: z.array(ChapterSchema),
    warnings: z.array(z.string()),
    served_by: ServedBySchema,
  }),
  timeoutMs: 600_000,
  errors: ['engine_missing', 'engine_failed', 'not_found'],
});

const AVATAR_ERRORS = [...PROVIDER_ERRORS, 'not_found', 'conflict', 'idempotency_key_reused', 'unsupported_media_type', 'payload_too_large'] as const;

/**
 * How a video is coming along, whichever vendor makes it. `queued → rendering → downloading → ready`, or `failed`, or `canceled`. A vendor's status that
 * nobody knows counts as `rendering`.
 */
export const VideoStateSchema = z.enum(['queued', 'rendering', 'downloading', 'ready', 'failed', 'canceled']);
export type VideoState = z.infer<typeof VideoStateSchema>;

export const VideoFailureSchema = z.object({ code: z.string().meta({ description: 'one of the error codes' }), detail: z.string() });

/** One vendor's try at a video. */
export const VideoAttemptSchema = z.object({
  number: z.int().positive(),
  provider: z.string(),
  simulated: z.boolean(),
  state: z.enum(['starting', 'in_doubt', 'accepted', 'done', 'refused', 'failed', 'canceled']).meta({
    description: '`in_doubt`: it is not known whether the vendor took the order, so nobody else is asked until it is',
  }),
  detail: z.string().nullable(),
});

export const VideoSchema = z.object({
  id: z.uuid(),
  kind: z.enum(['avatar', 'effect']),
  state: VideoStateSchema,
  percent: z.int().min(0).max(100),
  title: z.string().nullable(),
  presenter: PresenterIdSchema.nullable(),
  aspect: AspectSchema,
  created_at: TimestampSchema,
  updated_at: TimestampSchema,
  attempts: z.array(VideoAttemptSchema),
  warnings: z.array(z.string()),
  failure: VideoFailureSchema.nullable(),
  result: z
    .object({
      video: ObjectRefSchema,
      poster: ObjectRefSchema,
      captions: ObjectRefSchema.nullable().meta({ description: 'WebVTT' }),
      duration_ms: z.int().positive(),
      width: z.int().positive(),
      height: z.int().positive(),
    })
    .nullable(),
  served_by: ServedBySchema.nullable().meta({ description: 'known when the video is ready' }),
});
export type Video = z.infer<typeof VideoSchema>;

const callerWebhook = z.url({ protocol: /^https?$/ }).max(2_048).optional().meta({
  description: 'told when the video is ready, has failed or was canceled; signed with the secret of the registered endpoint of this address, which must be registered before',
});

export const createVideo = defineRpc('avatar-video.video.create.v1', {
  summary: 'Order a video in which a presenter speaks a text or a stored recording; it is made in the background',
  request: z
    .strictObject({
      text: z.string().trim().min(3).max(20_000).optional(),
      audio_key: ObjectKeySchema.optional().meta({ description: 'a stored recording that is spoken in place of a text' }),
      language: LanguageSchema.default('pt-BR'),
      voice: z.string().max(60).optional().meta({ description: 'house voice of the text; one that suits the presenter when absent' }),
      presenter: PresenterSchema.default('sofia'),
      background: BackgroundSchema.optional(),
      aspect: AspectSchema.default('16:9'),
      subtitles: z.boolean().default(true).meta({ description: 'a WebVTT file beside the video' }),
      title: lineOfText(200).optional(),
      webhook_url: callerWebhook,
      routing: RoutingSchema.optional(),
    })
    .refine((request) => (request.text === undefined) !== (request.audio_key === undefined), { path: ['text'], message: 'Give either text or audio_key.' }),
  reply: z.object({ video: VideoSchema }),
  timeoutMs: 15_000,
  errors: AVATAR_ERRORS,
});

export const createEffect = defineRpc('avatar-video.effect.create.v1', {
  summary: 'Order a short moving clip that begins with a stored still; it is made in the background',
  request: z.strictObject({
    image_key: ObjectKeySchema.meta({ description: 'a stored PNG, JPEG or WebP' }),
    prompt: promptText.optional().meta({ description: 'what is to happen; a slow movement of the camera when absent' }),
    seconds: z.int().min(2).max(10).default(5),
    aspect: AspectSchema.default('16:9'),
    webhook_url: callerWebhook,
    routing: RoutingSchema.optional(),
  }),
  reply: z.object({ video: VideoSchema }),
  timeoutMs: 15_000,
  errors: AVATAR_ERRORS,
});

export const getVideo = defineRpc('avatar-video.video.get.v1', {
  summary: 'One video and how it is coming along',
  request: z.strictObject({ video_id: z.uuid() }),
  reply: z.object({ video: VideoSchema }),
  errors: ['not_found'],
});

export const listVideos = defineRpc('avatar-video.video.list.v1', {
  summary: "The tenant's videos, newest first",
  request: z.strictObject({
    limit: z.int().min(1).max(100).default(20),
    cursor: z.string().max(200).optional().meta({ description: '`next_cursor` of the page before' }),
    state: VideoStateSchema.optional(),
  }),
  reply: z.object({ videos: z.array(VideoSchema), next_cursor: z.string().nullable() }),
});

export const cancelVideo = defineRpc('avatar-video.video.cancel.v1', {
  summary: 'Stop a video that is not finished; what the vendor has done by then may be billed',
  request: z.strictObject({ video_id: z.uuid() }),
  reply: z.object({ video: VideoSchema }),
  errors: ['not_found', 'conflict'],
});

export const videoChanged = defineEvent('events.avatar-video.video.changed.v1', {
  summary: 'A video has moved on: what the stream of its progress shows',
  payload: z.strictObject({ tenant_id: z.uuid(), video_id: z.uuid(), version: z.int().positive(), video: VideoSchema }),
});

export const PresenterProfileSchema = z.object({
  id: PresenterIdSchema,
  name: z.string(),
  gender: z.enum(['female', 'male']),
  style: z.string(),
  aliases: z.array(z.string()),
  providers: z.array(z.string()).meta({ description: 'who can show this presenter' }),
});

export const listPresenters = defineRpc('avatar-video.presenter.list.v1', {
  summary: 'The house presenters, and who can show them',
  request: z.strictObject({}),
  reply: z.object({ presenters: z.array(PresenterProfileSchema) }),
  timeoutMs: 15_000,
});

export const getAvatarCredits = defineRpc('avatar-video.credit.get.v1', {
  summary: 'What is left of the vendors’ credits',
  request: z.strictObject({}),
  reply: z.object({
    credits: z.array(z.object({
      provider: z.string(),
      simulated: z.boolean(),
      remaining: z.number().nullable().meta({ description: "in the vendor's own unit; null when it does not say" }),
      total: z.number().nullable(),
      expires_at: TimestampSchema.nullable(),
      detail: z.string().nullable().meta({ description: 'why nothing is known' }),
    })),
  }),
  timeoutMs: 20_000,
});

export const paintBackground = defineRpc('avatar-video.background.paint.v1', {
  summary: 'Paint a picture to stand behind a presenter or a title, and store it',
  request: z.strictObject({
    prompt: promptText,
    language: LanguageSchema.default('pt-BR').meta({ description: 'language of the prompt' }),
    aspect: AspectSchema.default('16:9'),
    output_key: ObjectKeySchema.optional().meta({ description: 'where the picture is stored; a key of ours when absent' }),
    routing: RoutingSchema.optional(),
  }),
  reply: z.object({ image: ObjectRefSchema, width: z.int().positive(), height: z.int().positive(), warnings: z.array(z.string()), served_by: ServedBySchema }),
  timeoutMs: 120_000,
  errors: AVATAR_ERRORS,
});
