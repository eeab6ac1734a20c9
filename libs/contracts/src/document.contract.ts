import { z } from 'zod';
import { LanguageSchema, ObjectKeySchema } from './common.js';
import type { ErrorCode } from './errors.js';
import { defineRpc } from './rpc.js';

/**
 * A teacher's document, whatever format it came in: a flat sequence of blocks in reading order. Headings open sections.
 * In a presentation each slide is a section: a heading of level 2, its blocks, then its speaker notes.
 */
export const HeadingBlockSchema = z.object({ type: z.literal('heading'), level: z.int().min(1).max(6), text: z.string().min(1) });
export const ParagraphBlockSchema = z.object({ type: z.literal('paragraph'), text: z.string().min(1) });
export const ListBlockSchema = z.object({
  type: z.literal('list'),
  ordered: z.boolean(),
  items: z.array(z.object({ text: z.string().min(1), level: z.int().min(0).max(8) })).min(1),
});
export const TableBlockSchema = z.object({
  type: z.literal('table'),
  header: z.boolean().meta({ description: 'whether the first row names the columns' }),
  rows: z.array(z.array(z.string())).min(1),
});
export const CodeBlockSchema = z.object({ type: z.literal('code'), language: z.string().optional(), text: z.string().min(1) });
export const PictureBlockSchema = z.object({
  type: z.literal('picture'),
  image_id: z.string(),
  alt: z.string(),
  caption: z.string().optional(),
});
export const NotesBlockSchema = z.object({ type: z.literal('notes'), text: z.string().min(1) }).meta({
  description: 'speaker notes of the section that it stands in: they become the narration',
});

export const BlockSchema = z.discriminatedUnion('type', [
  HeadingBlockSchema, ParagraphBlockSchema, ListBlockSchema, TableBlockSchema, CodeBlockSchema, PictureBlockSchema, NotesBlockSchema,
]);
export type Block = z.infer<typeof BlockSchema>;

export const DocumentFormatSchema = z.enum(['pdf', 'pptx', 'docx', 'markdown', 'text']);
export type DocumentFormat = z.infer<typeof DocumentFormatSchema>;

export const DocumentImageSchema = z.object({
  id: z.string(),
  key: ObjectKeySchema,
  content_type: z.enum(['image/png', 'image/jpeg']),
  width: z.int().positive(),
  height: z.int().positive(),
});
export type DocumentImage = z.infer<typeof DocumentImageSchema>;

/** Stored as JSON beside the course; the bus carries its key only. */
export const DocumentSchema = z.object({
  title: z.string().min(1),
  language: z.string().meta({ description: 'BCP 47 tag of the language that the text was found to be in' }),
  format: DocumentFormatSchema,
  pages: z.int().positive().optional(),
  blocks: z.array(BlockSchema).min(1),
  images: z.array(DocumentImageSchema),
  warnings: z.array(z.string()),
});
export type Document = z.infer<typeof DocumentSchema>;

/** Codes that a document is refused with. */
export const DOCUMENT_ERRORS = [
  'document_unreadable', 'document_encrypted', 'document_has_no_text', 'document_too_long', 'document_language_unsupported', 'unsupported_media_type', 'payload_too_large',
] as const satisfies readonly ErrorCode[];

export const readDocument = defineRpc('courses.document.read.v1', {
  summary: 'Read a stored upload or a text, and keep what was read for an hour as a document that others can work on',
  request: z.strictObject({
    source: z.discriminatedUnion('type', [
      z.strictObject({ type: z.literal('upload'), key: ObjectKeySchema, filename: z.string().min(1).max(255) }),
      z.strictObject({ type: z.literal('text'), title: z.string().min(1).max(200).optional(), text: z.string().max(400_000) }),
    ]),
  }),
  reply: z.object({
    document_key: ObjectKeySchema,
    title: z.string(),
    language: LanguageSchema.meta({ description: 'found in the text; Portuguese when it is too short to tell' }),
    blocks: z.int().positive(),
    warnings: z.array(z.string()),
  }),
  timeoutMs: 60_000,
  errors: ['not_found', ...DOCUMENT_ERRORS],
});
