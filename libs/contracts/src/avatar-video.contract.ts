import { z } from 'zod';
import { AspectSchema, LanguageSchema, ObjectKeySchema, ObjectRefSchema, ServedBySchema } from './common.js';
import { SlideSchema } from './ai.contract.js';
import { DocumentImageSchema } from './document.contract.js';
import { defineRpc } from './rpc.js';

export const ThemeSchema = z.enum(['aurora', 'papel', 'quadro']).meta({ description: 'look of the slides: dark gradient, light paper, blackboard' });
export type Theme = z.infer<typeof ThemeSchema>;

/** Chapter marks and slide times, in milliseconds from the start of the video. */
export const ChapterSchema = z.object({ title: z.string(), start_ms: z.int().nonnegative(), end_ms: z.int().nonnegative() });
export type Chapter = z.infer<typeof ChapterSchema>;

export const renderLesson = defineRpc('avatar-video.lesson.render.v1', {
  summary: 'Draw the slides of one lesson and join them with their narration into one MP4 (H.264, AAC, fast start) and a poster',
  request: z.strictObject({
    course_title: z.string().min(1),
    lesson_number: z.int().positive(),
    lesson_title: z.string().min(1),
    language: LanguageSchema,
    aspect: AspectSchema.default('16:9'),
    theme: ThemeSchema.default('aurora'),
    images: z.array(DocumentImageSchema),
    slides: z
      .array(z.object({ slide: SlideSchema, audio_key: ObjectKeySchema, duration_ms: z.int().positive() }))
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
