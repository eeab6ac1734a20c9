import type { Block, DocumentFormat } from '@tecnocursos/contracts';

export interface ReadOptions {
  /**
   * The name that the document had at its owner's. Its ending tells Markdown from plain text, and its stem is the title of
   * last resort; nothing else is believed of it. The path's own name when absent.
   */
  fileName?: string;
  /** Ends the reading; the promise then rejects with `canceled`. */
  signal?: AbortSignal;
}

/** A raster picture of the document, encoded anew: without metadata, upright, sRGB, at most 1,600 pixels a side. */
export interface ReadImage {
  /** Named by the `image_id` of one or more picture blocks. */
  id: string;
  contentType: 'image/png' | 'image/jpeg';
  /** Pixels. */
  width: number;
  height: number;
  bytes: Uint8Array;
}

export interface ReadDocument {
  title: string;
  /** BCP 47 tag of the language found in the text: `pt-BR`, `en`, another language's, or `und`. */
  language: string;
  format: DocumentFormat;
  /** Pages or slides, for formats that have them. */
  pages?: number;
  /** In reading order; at least one of them bears text. */
  blocks: Block[];
  images: ReadImage[];
  /** What was left out and why, for people to read. */
  warnings: string[];
}

/** Turns a teacher's file into blocks of clean text (NFC, no control characters) and pictures. */
export interface DocumentReader {
  /**
   * @param path a local file, of which only the content decides the format.
   * @throws AppError `unsupported_media_type`, `document_unreadable`, `document_encrypted`, `document_has_no_text`,
   * `document_too_long` (each with an issue for the field `file`) or `canceled`.
   */
  read(path: string, options?: ReadOptions): Promise<ReadDocument>;
}
