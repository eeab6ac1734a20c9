import { z } from 'zod';
import { LanguageSchema, ObjectKeySchema, ServedBySchema } from './common.js';
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

export const createOutline = defineRpc('ai.outline.create.v1', {
  summary: 'Divide a stored document into lessons with objectives, key terms and a summary',
  request: z.strictObject({
    document_key: ObjectKeySchema,
    language: LanguageSchema,
    lesson_minutes: z.number().min(1).max(60).default(8).meta({ description: 'wanted length of a lesson' }),
    title: z.string().max(200).optional(),
  }),
  reply: z.object({ outline: OutlineSchema, served_by: ServedBySchema }),
  timeoutMs: 60_000,
  errors: ['not_found', 'document_has_no_text'],
});

export const generateScript = defineRpc('ai.script.generate.v1', {
  summary: 'Write the slides of one lesson and what is said over each',
  request: z.strictObject({
    document_key: ObjectKeySchema,
    language: LanguageSchema,
    course_title: z.string().min(1),
    lesson: OutlineLessonSchema,
    lesson_count: z.int().positive(),
  }),
  reply: z.object({ slides: z.array(SlideSchema).min(2), served_by: ServedBySchema }),
  timeoutMs: 60_000,
  errors: ['not_found'],
});

export const generateQuiz = defineRpc('ai.quiz.generate.v1', {
  summary: 'Write quiz questions from the text of one lesson',
  request: z.strictObject({
    document_key: ObjectKeySchema,
    language: LanguageSchema,
    lesson: OutlineLessonSchema,
    count: z.int().min(1).max(20).default(5),
  }),
  reply: z.object({ questions: z.array(QuizQuestionSchema), served_by: ServedBySchema }),
  timeoutMs: 60_000,
  errors: ['not_found'],
});
