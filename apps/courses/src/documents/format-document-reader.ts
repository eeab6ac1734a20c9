import { basename } from 'node:path';
import { AppError, type DocumentFormat } from '@tecnocursos/contracts';
import { unreadable } from './document.errors.js';
import type { DocumentReader, ReadDocument, ReadOptions } from './document-reader.port.js';
import { finishDocument, stemOf, type DraftDocument } from './finish-document.js';
import { sniffFormat } from './sniff-format.js';

/** Loaded when first needed: a thread reads one format, and the libraries of all take longer to load than many documents to read. */
const READERS: Readonly<Record<DocumentFormat, (path: string) => Promise<DraftDocument>>> = {
  pdf: async (path) => (await import('./pdf/pdf.reader.js')).readPdf(path),
  pptx: async (path) => (await import('./pptx/pptx.reader.js')).readPptx(path),
  docx: async (path) => (await import('./docx/docx.reader.js')).readDocx(path),
  markdown: async (path) => (await import('./markdown/markdown.reader.js')).readMarkdown(path),
  text: async (path) => (await import('./text/text.reader.js')).readText(path),
};

/** Reads within the calling thread: for files that are trusted, and inside of the thread that `IsolatedDocumentReader` makes. */
export class FormatDocumentReader implements DocumentReader {
  async read(path: string, options: ReadOptions = {}): Promise<ReadDocument> {
    const fileName = options.fileName ?? basename(path);
    const format = await sniffFormat(path, fileName);
    try {
      const draft = await READERS[format](path);
      return finishDocument({ ...draft, titles: [...draft.titles, ...(hasHeading(draft) ? [] : [stemOf(fileName)])] });
    } catch (error) {
      if (error instanceof AppError) throw error;
      throw unreadable('The document is damaged and cannot be read.', error);
    }
  }
}

function hasHeading({ blocks }: DraftDocument): boolean {
  return blocks.some(({ type }) => type === 'heading');
}
