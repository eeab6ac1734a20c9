import { basename } from 'node:path';
import { AppError, type DocumentFormat } from '@tecnocursos/contracts';
import { unreadable } from './document.errors.js';
import type { DocumentReader, ReadDocument, ReadOptions } from './document-reader.port.js';
import { readDocx } from './docx/docx.reader.js';
import { finishDocument, stemOf, type DraftDocument } from './finish-document.js';
import { readMarkdown } from './markdown/markdown.reader.js';
import { readPdf } from './pdf/pdf.reader.js';
import { readPptx } from './pptx/pptx.reader.js';
import { sniffFormat } from './sniff-format.js';
import { readText } from './text/text.reader.js';

const READERS: Readonly<Record<DocumentFormat, (path: string) => Promise<DraftDocument>>> = {
  pdf: readPdf,
  pptx: readPptx,
  docx: readDocx,
  markdown: readMarkdown,
  text: readText,
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
