import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Inject, Injectable } from '@nestjs/common';
import { newId, type Document, type DocumentImage, type Language, type readDocument, type ReplyInput, type RequestOf } from '@tecnocursos/contracts';
import type { CallContext } from '@tecnocursos/messaging';
import { BlobStore, ENVIRONMENT, readConfig, Semaphore, type Environment } from '@tecnocursos/nest-kit';
import { documentKeyIn, DOCUMENTS_FOLDER, imageKeyIn } from '../course-keys.js';
import { CoursesConfigSchema } from '../courses.config.js';
import type { DocumentReader, ReadDocument } from '../documents/document-reader.port.js';
import { assertSupportedLanguage } from '../documents/supported-language.js';
import { DOCUMENT_READER } from './document-reader.token.js';

export type DocumentSource =
  | { readonly type: 'upload'; readonly key: string; readonly filename: string }
  | { readonly type: 'text'; readonly title?: string | undefined; readonly text: string };

const UNDETERMINED = 'und';

/** Reads documents, few at a time (reading is where an upload needs memory), and stores what was read. */
@Injectable()
export class DocumentIntake {
  private readonly readers: Semaphore;

  constructor(
    private readonly blobs: BlobStore,
    @Inject(DOCUMENT_READER) private readonly reader: DocumentReader,
    @Inject(ENVIRONMENT) environment: Environment,
  ) {
    this.readers = new Semaphore(readConfig(CoursesConfigSchema, environment).COURSES_READERS);
  }

  /** Runs the work while one of the places for readers is held. */
  inTurn<T>(work: () => Promise<T>, signal: AbortSignal): Promise<T> {
    return this.readers.run(work, signal);
  }

  /** @throws AppError, see `DOCUMENT_ERRORS`. */
  async read(source: DocumentSource, signal: AbortSignal): Promise<ReadDocument> {
    const folder = await mkdtemp(join(tmpdir(), 'tecnocursos-intake-'));
    const path = join(folder, 'document');
    try {
      if (source.type === 'text') await writeFile(path, withTitle(source));
      else await this.blobs.downloadToFile(source.key, path, signal);
      return await this.reader.read(path, { fileName: source.type === 'text' ? 'text.md' : source.filename, signal });
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  }

  /** Stores a document and its pictures in a folder; where the pictures lie is returned. */
  async store(folder: string, document: ReadDocument, title: string): Promise<DocumentImage[]> {
    const images: DocumentImage[] = [];
    for (const { id, contentType, width, height, bytes } of document.images) {
      const key = imageKeyIn(folder, id, contentType === 'image/png' ? 'png' : 'jpg');
      await this.blobs.putBytes(key, bytes, contentType);
      images.push({ id, key, content_type: contentType, width, height });
    }
    const { blocks, language, format, pages, warnings } = document;
    await this.blobs.putJson(documentKeyIn(folder), { title, language, format, blocks, images, warnings, ...(pages !== undefined && { pages }) } satisfies Document);
    return images;
  }

  /** For those who want the document alone. */
  async readAndKeep({ source }: RequestOf<typeof readDocument>, { signal }: CallContext): Promise<ReplyInput<typeof readDocument>> {
    return this.inTurn(async () => {
      const document = await this.read(source, signal);
      const language = languageOf(document);
      const folder = `${DOCUMENTS_FOLDER}/${newId()}`;
      const title = source.type === 'text' && source.title !== undefined ? source.title : document.title;
      await this.store(folder, document, title);
      return { document_key: documentKeyIn(folder), title, language, blocks: document.blocks.length, warnings: document.warnings };
    }, signal);
  }
}

/** @throws AppError `document_language_unsupported`. A text too short to tell counts as Portuguese. */
export const languageOf = ({ language }: ReadDocument): Language => (language === UNDETERMINED ? 'pt-BR' : assertSupportedLanguage(language));

const withTitle = ({ title, text }: { title?: string | undefined; text: string }): string => (title === undefined ? text : `# ${title.replaceAll(/\s+/g, ' ')}\n\n${text}`);
