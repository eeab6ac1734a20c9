import { z } from 'zod';
import { LanguageSchema, ObjectKeySchema, ServedBySchema } from './common.js';
import { RoutingSchema } from './routing.contract.js';
import type { ErrorCode } from './errors.js';
import { defineRpc } from './rpc.js';

export const KeyTermSchema = z.object({ term: z.string().min(1), definition: z.string().optional() });

/** A lesson covers the document's blocks from `first_block` up to, not including, `end_block`. */
export const OutlineLessonSchema = z.object({
  number: z.int().positive(),
  title: z.string().min(1),
  first_block: z.int().nonnegative(),
  end_block: z.int().positive(),
  objectives: z.array(z.string().min(1)).max(6),
  key_terms: z.array(KeyTermSchema).max(12),
  summary: z.string(),
  estimated_minutes: z.number().positive(),
  key_points: z.array(z.string().min(1)).max(8).optional(),
  module: z.string().min(1).optional().meta({ description: 'title of the module that the lesson belongs to' }),
});
export type OutlineLesson = z.infer<typeof OutlineLessonSchema>;

export const OutlineSchema = z.object({
  title: z.string().min(1),
  summary: z.string(),
  lessons: z.array(OutlineLessonSchema).min(1),
});
export type Outline = z.infer<typeof OutlineSchema>;

/**
 * One slide and what is said over it. `narration` is SSML of our subset: `<speak>`, `<s>`, `<break time="400ms"/>`,
 * `<sub alias="spoken form">written form</sub>`, `<emphasis>`, `<prosody rate pitch>`. The written form is what captions and
 * transcript show, the alias is what is spoken.
 */
const slideBase = {
  title: z.string().min(1),
  narration: z.string().min(1),
  kicker: z.string().optional().meta({ description: 'small line over the title: course or section name' }),
  notes: z.string().optional().meta({ description: 'for a person who presents the slide: what to stress, ask or show' }),
};
export const SlideSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('title'), ...slideBase, subtitle: z.string().optional() }),
  z.object({ kind: z.literal('section'), ...slideBase, subtitle: z.string().optional() }),
  z.object({ kind: z.literal('bullets'), ...slideBase, bullets: z.array(z.string().min(1)).min(1).max(6), ordered: z.boolean().default(false) }),
  z.object({ kind: z.literal('picture'), ...slideBase, image_id: z.string(), alt: z.string(), caption: z.string().optional(), bullets: z.array(z.string().min(1)).max(4).default([]) }),
  z.object({ kind: z.literal('table'), ...slideBase, header: z.boolean(), rows: z.array(z.array(z.string())).min(1) }),
  z.object({ kind: z.literal('code'), ...slideBase, code: z.string().min(1), language: z.string().optional() }),
  z.object({ kind: z.literal('closing'), ...slideBase, bullets: z.array(z.string().min(1)).max(6).default([]) }),
]);
export type Slide = z.infer<typeof SlideSchema>;

export const QuizQuestionSchema = z.object({
  id: z.string(),
  kind: z.enum(['cloze', 'definition', 'true_false', 'multiple_choice']),
  prompt: z.string().min(1),
  options: z.array(z.string().min(1)).min(2).max(5),
  answer_index: z.int().nonnegative(),
  explanation: z.string(),
});
export type QuizQuestion = z.infer<typeof QuizQuestionSchema>;

/** What a call that reaches vendors can end with. */
export const PROVIDER_ERRORS = [
  'budget_exhausted', 'max_cost_exceeded', 'content_policy', 'rate_limited', 'provider_failed', 'provider_unavailable',
] as const satisfies readonly ErrorCode[];

export const ScriptStyleSchema = z.enum(['conversational', 'formal', 'storytelling', 'technical', 'motivational']);
export type ScriptStyle = z.infer<typeof ScriptStyleSchema>;
const AudienceTextSchema = z.string().trim().min(1).max(300).meta({ description: 'who learns, in a few words: `adultos que voltam a estudar`' });
const TextSchema = z.string().max(200_000).refine((text) => text.trim() !== '', 'Write something: the text is empty.');

export const createOutline = defineRpc('ai.outline.create.v1', {
  summary: 'Divide a stored document into lessons with objectives, key terms and a summary',
  request: z.strictObject({
    document_key: ObjectKeySchema,
    language: LanguageSchema,
    lesson_minutes: z.number().min(1).max(60).default(8).meta({ description: 'wanted length of a lesson' }),
    title: z.string().max(200).optional(),
    audience: AudienceTextSchema.optional(),
    routing: RoutingSchema.optional(),
  }),
  reply: z.object({ outline: OutlineSchema, warnings: z.array(z.string()).default([]), served_by: ServedBySchema }),
  timeoutMs: 300_000,
  errors: ['not_found', 'document_has_no_text', ...PROVIDER_ERRORS],
});

export const generateScript = defineRpc('ai.script.generate.v1', {
  summary: 'Write the slides of one lesson and what is said over each',
  request: z.strictObject({
    document_key: ObjectKeySchema,
    language: LanguageSchema,
    course_title: z.string().min(1),
    lesson: OutlineLessonSchema,
    lesson_count: z.int().positive(),
    style: ScriptStyleSchema.optional(),
    audience: AudienceTextSchema.optional(),
    target_minutes: z.number().min(1).max(60).optional().meta({ description: 'wanted length of the narration; what the text holds when absent' }),
    routing: RoutingSchema.optional(),
  }),
  reply: z.object({ slides: z.array(SlideSchema).min(2), warnings: z.array(z.string()).default([]), served_by: ServedBySchema }),
  timeoutMs: 300_000,
  errors: ['not_found', ...PROVIDER_ERRORS],
});

export const generateQuiz = defineRpc('ai.quiz.generate.v1', {
  summary: 'Write quiz questions from the text of one lesson',
  request: z.strictObject({
    document_key: ObjectKeySchema,
    language: LanguageSchema,
    lesson: OutlineLessonSchema,
    count: z.int().min(1).max(20).default(5),
    routing: RoutingSchema.optional(),
  }),
  reply: z.object({ questions: z.array(QuizQuestionSchema), warnings: z.array(z.string()).default([]), served_by: ServedBySchema }),
  timeoutMs: 300_000,
  errors: ['not_found', ...PROVIDER_ERRORS],
});

export const ImproveGoalSchema = z.enum(['clarity', 'grammar', 'tone', 'level']);
export type ImproveGoal = z.infer<typeof ImproveGoalSchema>;

export const TextEditSchema = z.object({
  goal: ImproveGoalSchema,
  before: z.string().meta({ description: 'a passage of the given text' }),
  after: z.string().meta({ description: 'what stands in its place; empty when it was taken out' }),
  reason: z.string(),
});

export const ImprovedTextSchema = z.object({ text: z.string(), edits: z.array(TextEditSchema) });
export type ImprovedText = z.infer<typeof ImprovedTextSchema>;

export const improveText = defineRpc('ai.text.improve.v1', {
  summary: 'Make a text clearer, correct it, change its tone or its level, and list what was changed',
  request: z.strictObject({
    text: TextSchema,
    language: LanguageSchema,
    goals: z.array(ImproveGoalSchema).min(1).max(4).default(['clarity', 'grammar']),
    tone: z.string().trim().min(1).max(100).optional().meta({ description: 'of the goal `tone`: `acolhedor`' }),
    level: z.string().trim().min(1).max(100).optional().meta({ description: 'of the goal `level`: `ensino fundamental`' }),
    routing: RoutingSchema.optional(),
  }),
  reply: z.object({ improved: ImprovedTextSchema, warnings: z.array(z.string()), served_by: ServedBySchema }),
  timeoutMs: 300_000,
  errors: PROVIDER_ERRORS,
});

export const ModerationCategorySchema = z.enum(['harassment', 'hate', 'self_harm', 'sexual', 'sexual_minors', 'violence', 'illicit']);
export const ModerationResultSchema = z.object({
  flagged: z.boolean(),
  categories: z.array(ModerationCategorySchema).meta({ description: 'those that were found' }),
  scores: z.record(ModerationCategorySchema, z.number().min(0).max(1)),
});
export type ModerationResult = z.infer<typeof ModerationResultSchema>;

export const ContentAnalysisSchema = z.object({
  language: z.string().meta({ description: 'BCP 47 tag that was found' }),
  level: z.enum(['basic', 'intermediate', 'advanced']),
  readability: z.object({ score: z.number().min(0).max(100), label: z.string() }).meta({ description: 'Flesch reading ease, for Portuguese in the adaptation of Martins et al. (1996)' }),
  reading_minutes: z.number().nonnegative(),
  word_count: z.int().nonnegative(),
  topics: z.array(z.string()).max(12),
  keywords: z.array(z.string()).max(30),
  entities: z.array(z.object({ name: z.string(), kind: z.enum(['person', 'place', 'organization', 'work', 'date', 'other']) })).max(60),
  sentiment: z.object({ label: z.enum(['positive', 'neutral', 'negative', 'mixed']), score: z.number().min(0).max(1) }),
  metadata: z.object({ title: z.string(), description: z.string().max(400), tags: z.array(z.string()).max(15) }),
  moderation: z.object({ flagged: z.boolean(), categories: z.array(ModerationCategorySchema) }),
});
export type ContentAnalysis = z.infer<typeof ContentAnalysisSchema>;

export const analyzeContent = defineRpc('ai.content.analyze.v1', {
  summary: 'What a text is about and for whom: language, level, readability, topics, keywords, entities, sentiment, metadata, moderation flags',
  request: z.strictObject({ text: TextSchema, language: LanguageSchema.optional(), routing: RoutingSchema.optional() }),
  reply: z.object({ analysis: ContentAnalysisSchema, warnings: z.array(z.string()), served_by: ServedBySchema }),
  timeoutMs: 300_000,
  errors: PROVIDER_ERRORS,
});

export const moderateContent = defineRpc('ai.content.moderate.v1', {
  summary: 'Whether texts are harassing, hateful, sexual, violent or otherwise unfit for a course',
  request: z.strictObject({ inputs: z.array(TextSchema).min(1).max(32), routing: RoutingSchema.optional() }),
  reply: z.object({ results: z.array(ModerationResultSchema), warnings: z.array(z.string()), served_by: ServedBySchema }),
  timeoutMs: 60_000,
  errors: PROVIDER_ERRORS,
});

export const describeImage = defineRpc('ai.image.describe.v1', {
  summary: 'Alternative text and description of a stored picture',
  request: z.strictObject({
    image_key: ObjectKeySchema,
    language: LanguageSchema,
    context: z.string().max(2_000).optional().meta({ description: 'text around the picture' }),
    routing: RoutingSchema.optional(),
  }),
  reply: z.object({
    alt: z.string().min(1).max(300).meta({ description: 'for screen readers, one sentence' }),
    description: z.string(),
    text_in_image: z.string().meta({ description: 'what is written in it; empty when nothing is' }),
    warnings: z.array(z.string()),
    served_by: ServedBySchema,
  }),
  timeoutMs: 120_000,
  errors: ['not_found', 'unsupported_media_type', 'payload_too_large', ...PROVIDER_ERRORS],
});

export const translateText = defineRpc('ai.text.translate.v1', {
  summary: 'Translate a text; Markdown and SSML marks stay',
  request: z.strictObject({
    text: TextSchema,
    source_language: z.string().max(20).optional().meta({ description: 'BCP 47 tag; found when absent' }),
    target_language: z.string().min(2).max(20).regex(/^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*$/, 'Use a BCP 47 tag such as `en` or `es-MX`.'),
    routing: RoutingSchema.optional(),
  }),
  reply: z.object({ text: z.string(), source_language: z.string(), warnings: z.array(z.string()), served_by: ServedBySchema }),
  timeoutMs: 300_000,
  errors: PROVIDER_ERRORS,
});
