import { z } from 'zod';
import { lineOfText } from './access.js';
import { ChapterSchema, PresenterSchema, ThemeSchema } from './avatar-video.contract.js';
import { KeyTermSchema } from './ai.contract.js';
import { AspectSchema, CostSchema, LanguageSchema, ObjectKeySchema, ServedBySchema, TimestampSchema } from './common.js';
import { DocumentFormatSchema } from './document.contract.js';
import { RoutingSchema } from './routing.contract.js';
import { defineEvent, defineJob, defineRpc } from './rpc.js';

export const MAX_UPLOAD_BYTES = 50 * 1024 * 1024;

export const CourseIdSchema = z.uuid();
export const CourseTitleSchema = z.string().trim().min(1).max(200).refine((title) => !/\p{Cc}/u.test(title), 'Remove the control characters.');
export const CourseStateSchema = z.enum(['processing', 'published', 'failed', 'canceled']);
export type CourseState = z.infer<typeof CourseStateSchema>;

export const CourseOptionsSchema = z.strictObject({
  language: LanguageSchema.optional().meta({ description: "the document's own when absent" }),
  voice: z.string().max(60).optional().meta({ description: 'house voice, or the id of a cloned one; see GET /api/integrations/tts/voices' }),
  presenter: z.enum(['none', ...PresenterSchema.options]).default('none').meta({ description: 'who presents; `none` is narration over slides. See GET /api/integrations/avatar/presenters' }),
  presenter_provider: RoutingSchema.shape.provider.meta({
    description: 'who films the presenter, asked before the others that can; `local` has it drawn with the slides. When absent: vendors that are configured for real, else drawn',
  }),
  presenter_scenes: z.enum(['titles', 'all']).default('titles').meta({
    description: 'of which slides a filmed presenter is ordered: `titles` is one short video per lesson, in place of its title slide; `all` is one per slide, in a corner of the others, and every second of it is paid for. A presenter that is drawn stands beside every slide either way',
  }),
  background: lineOfText(1_000).default('none').meta({ description: 'behind title slides: `none` for that of the theme, a colour such as `#1F2A44`, or words, which are painted' }),
  effects: z.enum(['none', 'fade']).default('none').meta({ description: '`fade`: slides begin out of the dark' }),
  simulated: z.enum(['named', 'allowed']).optional().meta({ description: '`allowed`: the sandbox may stand in for vendors that have no key, in every step; only where it is named when absent' }),
  theme: ThemeSchema.default('aurora'),
  aspect: AspectSchema.default('16:9'),
  lesson_minutes: z.coerce.number().min(1).max(60).default(8).meta({ description: 'wanted length of a lesson, in minutes' }),
});
export type CourseOptions = z.infer<typeof CourseOptionsSchema>;

/** What stands behind title slides, in place of the theme's own. */
export type CourseBackground = { type: 'none' } | { type: 'color'; value: string } | { type: 'painted'; prompt: string };

export function courseBackgroundOf({ background }: Pick<CourseOptions, 'background'>): CourseBackground {
  if (background === 'none') return { type: 'none' };
  return /^#[0-9A-Fa-f]{6}$/.test(background) ? { type: 'color', value: background } : { type: 'painted', prompt: background };
}

/** `background` and `presenter` are steps of courses that asked for one. */
export const StepKindSchema = z.enum(['extract', 'outline', 'background', 'script', 'quiz', 'voice', 'presenter', 'video', 'assemble', 'publish', 'notify']);
export type StepKind = z.infer<typeof StepKindSchema>;

export const ProblemSummarySchema = z.object({ code: z.string(), detail: z.string() });

/** Progress of all steps of one kind. */
export const StepProgressSchema = z.object({
  kind: StepKindSchema,
  state: z.enum(['waiting', 'running', 'done', 'failed', 'canceled']),
  done: z.int().nonnegative(),
  total: z.int().nonnegative(),
  attempts: z.int().nonnegative(),
  elapsed_ms: z.int().nonnegative().meta({ description: 'from the start of the first to the end of the last' }),
  work_ms: z.int().nonnegative().meta({ description: 'sum over the steps of this kind' }),
  provider: z.string().optional(),
  simulated: z.boolean().optional().meta({ description: 'whether the sandbox stood in for a vendor in one of the steps; absent when no vendor or engine was needed' }),
});
export type StepProgress = z.infer<typeof StepProgressSchema>;

const link = z.url().meta({ description: 'signed, expiring' });
export const LessonSchema = z.object({
  number: z.int().positive(),
  title: z.string(),
  summary: z.string(),
  objectives: z.array(z.string()),
  key_terms: z.array(KeyTermSchema),
  duration_s: z.number().nonnegative().nullable(),
  chapters: z.array(ChapterSchema),
  artifacts: z
    .object({ video: link, captions: link, chapters: link, transcript: link, quiz: link, poster: link })
    .nullable()
    .meta({ description: 'null until the lesson is assembled' }),
});
export type Lesson = z.infer<typeof LessonSchema>;

export const CourseSummarySchema = z.object({
  id: CourseIdSchema,
  title: z.string(),
  language: LanguageSchema,
  state: CourseStateSchema,
  progress: z.number().min(0).max(1),
  created_at: TimestampSchema,
  updated_at: TimestampSchema,
});
export type CourseSummary = z.infer<typeof CourseSummarySchema>;

export const CourseSchema = CourseSummarySchema.extend({
  options: CourseOptionsSchema,
  source: z.object({ format: DocumentFormatSchema, filename: z.string().nullable(), pages: z.int().nullable() }),
  steps: z.array(StepProgressSchema),
  lessons: z.array(LessonSchema),
  player_url: link.nullable(),
  links_expire_at: TimestampSchema.nullable(),
  error: ProblemSummarySchema.nullable(),
  warnings: z.array(z.string()),
  cost: CostSchema,
});
export type Course = z.infer<typeof CourseSchema>;

export const createCourse = defineRpc('courses.course.create.v1', {
  summary: 'Read a stored upload or a text, and start the course; the document is refused here when it cannot become one',
  request: z.strictObject({
    idempotency_key: z.string().min(1).max(255).optional(),
    source: z.discriminatedUnion('type', [
      z.strictObject({
        type: z.literal('upload'),
        key: ObjectKeySchema,
        filename: z.string().min(1).max(255),
        sha256: z.string().regex(/^[0-9a-f]{64}$/),
      }),
      z.strictObject({ type: z.literal('text'), title: CourseTitleSchema, text: z.string().max(400_000).refine((text) => text.trim() !== '', 'Write something: the text is empty.') }),
    ]),
    title: CourseTitleSchema.optional(),
    options: CourseOptionsSchema,
  }),
  reply: z.object({ course: CourseSchema, replayed: z.boolean() }),
  timeoutMs: 60_000,
  errors: [
    'document_unreadable', 'document_encrypted', 'document_has_no_text', 'document_too_long', 'document_language_unsupported',
    'unsupported_media_type', 'payload_too_large', 'idempotency_key_reused', 'plan_limit_reached', 'plan_feature_missing',
  ],
});

const byId = z.strictObject({ course_id: CourseIdSchema });
const oneCourse = z.object({ course: CourseSchema });

export const getCourse = defineRpc('courses.course.get.v1', {
  summary: 'One course with its progress, lessons and links',
  request: byId,
  reply: oneCourse,
  errors: ['not_found'],
});

export const listCourses = defineRpc('courses.course.list.v1', {
  summary: "The tenant's courses, newest first",
  request: z.strictObject({ limit: z.int().min(1).max(100), cursor: z.string().max(200).optional(), state: CourseStateSchema.optional() }),
  reply: z.object({ courses: z.array(CourseSummarySchema), next_cursor: z.string().nullable() }),
});

export const retryCourse = defineRpc('courses.course.retry.v1', {
  summary: 'Run the failed steps of a failed course again',
  request: byId,
  reply: oneCourse,
  errors: ['not_found', 'conflict'],
});

export const cancelCourse = defineRpc('courses.course.cancel.v1', {
  summary: 'Stop a course that is being made',
  request: byId,
  reply: oneCourse,
  errors: ['not_found', 'conflict'],
});

export const deleteCourse = defineRpc('courses.course.delete.v1', {
  summary: 'Delete a course and all its artifacts; work under way is stopped',
  request: byId,
  reply: z.object({ deleted: z.literal(true) }),
  timeoutMs: 30_000,
  errors: ['not_found'],
});

/** One line of a course's history; `sequence` counts from 1 inside the course and is the SSE id. */
export const CourseEventSchema = z.object({
  course_id: CourseIdSchema,
  sequence: z.int().positive(),
  type: z.enum(['course.created', 'step.started', 'step.finished', 'step.failed', 'course.published', 'course.failed', 'course.canceled', 'course.retried']),
  occurred_at: TimestampSchema,
  data: z.object({
    state: CourseStateSchema,
    progress: z.number().min(0).max(1),
    step: StepKindSchema.optional(),
    lesson: z.int().positive().optional(),
    slide: z.int().positive().optional(),
    done: z.int().nonnegative().optional().meta({ description: 'finished steps of this kind' }),
    total: z.int().nonnegative().optional(),
    served_by: ServedBySchema.optional(),
    error: ProblemSummarySchema.optional(),
  }),
});
export type CourseEvent = z.infer<typeof CourseEventSchema>;

export const listCourseEvents = defineRpc('courses.event.list.v1', {
  summary: "A course's history after a sequence number, oldest first",
  request: z.strictObject({ course_id: CourseIdSchema, after: z.int().nonnegative(), limit: z.int().min(1).max(500).default(200) }),
  reply: z.object({ events: z.array(CourseEventSchema), state: CourseStateSchema }),
  errors: ['not_found'],
});

export const courseProgressed = defineEvent('events.courses.course.progressed.v1', {
  summary: 'Something happened to a course; the tenant is in the headers',
  payload: CourseEventSchema,
});

export const runCourseStep = defineJob('jobs.courses.step.run.v1', {
  summary: 'Run one step of a course',
  payload: z.strictObject({ step_id: z.uuid(), tenant_id: z.uuid() }),
});
