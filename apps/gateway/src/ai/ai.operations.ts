import {
  analyzeContent, createOutline, describeImage, DOCUMENT_ERRORS, generateQuiz, generateScript, improveText, LanguageSchema, moderateContent, OutlineSchema, QuizQuestionSchema,
  RoutingSchema, ScriptStyleSchema, ServedBySchema, SlideSchema, translateText, type ErrorCode,
} from '@tecnocursos/contracts';
import { z } from 'zod';
import { defineOperation } from '../http/operation.js';
import { jsonField } from '../uploads/json-field.js';

const UPLOAD_MS = 600_000;
const path = (name: string) => `/api/integrations/ai/${name}` as const;
const post = { method: 'POST', tag: 'ai', permission: 'media:generate' } as const;

const routingText = jsonField(RoutingSchema, 'a Routing');

const text = z.string().max(400_000).refine((given) => given.trim() !== '', 'Write something: the text is empty.');
const title = z.string().trim().min(1).max(200);

const structureFields = {
  language: LanguageSchema.optional().meta({ description: "the document's own when absent" }),
  title: title.optional().meta({ description: "the document's own when absent" }),
  lesson_minutes: z.coerce.number().min(1).max(60).default(8),
  audience: createOutline.request.shape.audience,
};
const scriptFields = {
  language: LanguageSchema.optional(),
  title: title.optional(),
  style: ScriptStyleSchema.optional(),
  audience: generateScript.request.shape.audience,
  target_minutes: z.coerce.number().min(1).max(60).optional(),
};
const quizFields = {
  language: LanguageSchema.optional(),
  title: title.optional(),
  count: z.coerce.number().int().min(1).max(20).default(5),
};

const inDocument = <F extends Record<string, z.ZodType>>(fields: F) => ({
  body: z.strictObject({ text, ...fields, routing: RoutingSchema.optional() }),
  form: z.strictObject({ ...fields, routing: routingText.optional() }),
  deadlineMs: UPLOAD_MS,
});

const served = { warnings: z.array(z.string()), served_by: ServedBySchema };
const documentErrors = (own: readonly ErrorCode[]): readonly ErrorCode[] => [...DOCUMENT_ERRORS, ...own];

const LessonPlanSchema = z.object({
  number: z.int().positive(),
  title: z.string(),
  summary: z.string(),
  objectives: z.array(z.string()),
  key_points: z.array(z.string()),
  key_terms: OutlineSchema.shape.lessons.element.shape.key_terms,
  duration_minutes: z.number().positive(),
});

export const ContentStructureSchema = z.object({
  title: z.string(),
  summary: z.string(),
  language: LanguageSchema,
  total_minutes: z.number().nonnegative(),
  modules: z.array(z.object({ number: z.int().positive(), title: z.string(), lessons: z.array(LessonPlanSchema).min(1) })).min(1),
});

export const structureContentOperation = defineOperation({
  ...post, ...inDocument(structureFields), id: 'structureContent', path: path('structure-content'),
  summary: 'Turn a document or a text into modules and lessons with objectives, key points and durations',
  description: 'Send a text as JSON, or a document (PDF, PPTX, DOCX, Markdown, plain text) as the part `file` of a multipart form.',
  requestExample: { text: '# A água\n\nA água cobre a maior parte do planeta…', lesson_minutes: 5 },
  success: { status: 200, description: 'The structure', schema: z.object({ structure: ContentStructureSchema, ...served }) },
  errors: documentErrors(createOutline.errors),
});

export const generateScriptOperation = defineOperation({
  ...post, ...inDocument(scriptFields), id: 'generateScript', path: path('generate-script'),
  summary: 'Write slides with narration (SSML with pauses) and speaker notes from a document or a text',
  requestExample: { text: 'A água muda de estado…', style: 'conversational', audience: 'ensino fundamental', target_minutes: 3 },
  success: {
    status: 200, description: 'The script',
    schema: z.object({ title: z.string(), language: LanguageSchema, slides: z.array(SlideSchema), estimated_minutes: z.number().nonnegative(), ...served }),
  },
  errors: documentErrors(generateScript.errors),
});

export const generateQuizOperation = defineOperation({
  ...post, ...inDocument(quizFields), id: 'generateQuiz', path: path('generate-quiz'),
  summary: 'Write quiz questions from a document or a text',
  requestExample: { text: 'A fotossíntese é o processo…', count: 3 },
  success: { status: 200, description: 'The questions', schema: z.object({ title: z.string(), language: LanguageSchema, questions: z.array(QuizQuestionSchema), ...served }) },
  errors: documentErrors(generateQuiz.errors),
});

export const improveTextOperation = defineOperation({
  ...post, id: 'improveText', path: path('improve-text'), summary: improveText.summary, body: improveText.request,
  requestExample: { text: 'a agua é é importante', language: 'pt-BR', goals: ['grammar'] },
  success: { status: 200, description: 'The text and its edits', schema: improveText.reply }, errors: improveText.errors, deadlineMs: improveText.timeoutMs,
});

export const analyzeContentOperation = defineOperation({
  ...post, id: 'analyzeContent', path: path('analyze-content'), summary: analyzeContent.summary, body: analyzeContent.request,
  requestExample: { text: 'A fotossíntese transforma luz em alimento.' },
  success: { status: 200, description: 'The analysis', schema: analyzeContent.reply }, errors: analyzeContent.errors, deadlineMs: analyzeContent.timeoutMs,
});

export const moderateContentOperation = defineOperation({
  ...post, id: 'moderateContent', path: path('moderate'), summary: moderateContent.summary, body: moderateContent.request,
  requestExample: { inputs: ['Bom dia, turma!'] },
  success: { status: 200, description: 'One result for each input', schema: moderateContent.reply }, errors: moderateContent.errors, deadlineMs: moderateContent.timeoutMs,
});

export const translateTextOperation = defineOperation({
  ...post, id: 'translateText', path: path('translate'), summary: translateText.summary, body: translateText.request,
  requestExample: { text: 'A água é vida.', target_language: 'en' },
  success: { status: 200, description: 'The translation', schema: translateText.reply }, errors: translateText.errors, deadlineMs: translateText.timeoutMs,
});

const imageFields = { language: LanguageSchema.default('pt-BR'), context: describeImage.request.shape.context };

export const describeImageOperation = defineOperation({
  ...post, id: 'describeImage', path: path('describe-image'), summary: 'Alternative text and description of a picture',
  description: 'Send the picture (PNG, JPEG, WebP, GIF) as the part `file` of a multipart form, or as a data: URL in JSON.',
  body: z.strictObject({
    image: z.string().max(1_000_000).regex(/^data:image\/(png|jpeg|webp|gif);base64,[A-Za-z0-9+/]+={0,2}$/, 'Send a data: URL of a PNG, JPEG, WebP or GIF.'),
    ...imageFields, routing: RoutingSchema.optional(),
  }),
  form: z.strictObject({ ...imageFields, routing: routingText.optional() }),
  success: { status: 200, description: 'The description', schema: describeImage.reply }, errors: describeImage.errors, deadlineMs: UPLOAD_MS,
});
