import { createHash } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Inject, Injectable } from '@nestjs/common';
import {
  AppError, createCourse, deleteObjects, derivedId, listVoices, newId, releaseUpload, reserveUpload,
  type Document, type DocumentImage, type Feature, type Language, type RequestOf,
} from '@tecnocursos/contracts';
import { backgroundContext, currentContext, RpcClient, runInContext, type CallContext } from '@tecnocursos/messaging';
import { BlobStore, ENVIRONMENT, readConfig, Semaphore, type Environment } from '@tecnocursos/nest-kit';
import { courseFolder, documentKey, imageKey } from '../course-keys.js';
import { CourseRepository, type VisibleCourse } from '../course.repository.js';
import { CoursesConfigSchema } from '../courses.config.js';
import { assertSupportedLanguage } from '../documents/supported-language.js';
import type { DocumentReader, ReadDocument } from '../documents/document-reader.port.js';
import { CourseStart } from './course-start.service.js';
import { DOCUMENT_READER } from './document-reader.token.js';

export type CreateRequest = RequestOf<typeof createCourse>;

/**
 * Takes a document in: reads it while the caller waits, so that one that cannot become a course is refused with the
 * reason and leaves nothing behind, then stores what was read and starts the pipeline.
 */
@Injectable()
export class CourseIntake {
  private readonly readers: Semaphore;

  constructor(
    private readonly rpc: RpcClient,
    private readonly blobs: BlobStore,
    private readonly courses: CourseRepository,
    private readonly start: CourseStart,
    @Inject(DOCUMENT_READER) private readonly reader: DocumentReader,
    @Inject(ENVIRONMENT) environment: Environment,
  ) {
    this.readers = new Semaphore(readConfig(CoursesConfigSchema, environment).COURSES_READERS);
  }

  /** @throws AppError, see the contract `courses.course.create.v1`. */
  async create(request: CreateRequest, context: CallContext): Promise<{ course: VisibleCourse; replayed: boolean }> {
    const requestSha256 = sha256Of({ ...request, idempotency_key: undefined, ...(request.source.type === 'upload' && { source: request.source.sha256 }) });
    const courseId = request.idempotency_key === undefined ? newId() : derivedId(context.tenantId, request.idempotency_key);
    const earlier = await this.courses.find(context.tenantId, courseId);
    if (earlier) return { course: sameRequest(earlier, requestSha256), replayed: true };
    const started = new Date();
    const { document, language, images } = await this.readers.run(() => this.take(courseId, request, context), context.signal);
    try {
      const row = await this.start.insert(context, { courseId, request, requestSha256, document, language, images, started });
      await this.removeUpload(request).catch(() => undefined); // the course stands; housekeeping removes the upload
      return { course: sameRequest(row.course, requestSha256), replayed: row.replayed };
    } catch (error) {
      await this.undo(context.tenantId, courseId, request, error);
      throw error;
    }
  }

  /** Reads, checks and stores a document. Few at a time: reading is where an upload needs memory. */
  private async take(courseId: string, request: CreateRequest, { tenantId, signal }: CallContext): Promise<TakenDocument> {
    const document = await this.read(request, signal);
    const language = narrationLanguage(request, document);
    const features = await this.featuresOf(request, language);
    try {
      await this.rpc.call(reserveUpload, { course_id: courseId, features });
      return { document: { ...document, images: [] }, language, images: await this.store(courseId, document, request.title) };
    } catch (error) {
      await this.undo(tenantId, courseId, request, error);
      throw error;
    }
  }

  private async read(request: CreateRequest, signal: AbortSignal): Promise<ReadDocument> {
    const folder = await mkdtemp(join(tmpdir(), 'tecnocursos-intake-'));
    const path = join(folder, 'document');
    try {
      if (request.source.type === 'text') await writeFile(path, `# ${request.source.title.replaceAll(/\s+/g, ' ')}\n\n${request.source.text}`);
      else await this.blobs.downloadToFile(request.source.key, path, signal);
      const fileName = request.source.type === 'text' ? 'text.md' : request.source.filename;
      return await this.reader.read(path, { fileName, signal });
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  }

  /** What the plan must include for these options; checks that the voice speaks the language. */
  private async featuresOf(request: CreateRequest, language: Language): Promise<Feature[]> {
    const wanted = request.options.voice;
    if (wanted === undefined) return [];
    const { voices } = await this.rpc.call(listVoices, { language });
    const voice = voices.find(({ id }) => id === wanted);
    if (!voice) {
      const message = `Choose one of: ${voices.map(({ id }) => id).join(', ')}.`;
      throw new AppError('invalid_request', `voice: no voice "${wanted}" speaks ${language}`, { issues: [{ field: 'voice', message }] });
    }
    return voice.premium ? ['premium_voices'] : [];
  }

  private async store(courseId: string, document: ReadDocument, title: string | undefined): Promise<DocumentImage[]> {
    const images: DocumentImage[] = [];
    for (const { id, contentType, width, height, bytes } of document.images) {
      const key = imageKey(courseId, id, contentType === 'image/png' ? 'png' : 'jpg');
      await this.blobs.putBytes(key, bytes, contentType);
      images.push({ id, key, content_type: contentType, width, height });
    }
    const { blocks, language, format, pages, warnings } = document;
    const stored: Document = { title: title ?? document.title, language, format, blocks, images, warnings, ...(pages !== undefined && { pages }) };
    await this.blobs.putJson(documentKey(courseId), stored);
    return images;
  }

  private async removeUpload({ source }: CreateRequest): Promise<void> {
    if (source.type === 'upload') await this.rpc.call(deleteObjects, { keys: [source.key] });
  }

  /** Leaves nothing of a course that could not be created, unless a twin of the request created it meanwhile. */
  private async undo(tenantId: string, courseId: string, request: CreateRequest, error: unknown): Promise<void> {
    if (request.idempotency_key !== undefined && isGivenUp(error)) return; // its retry writes to the same places, perhaps now
    if (await this.courses.find(tenantId, courseId)) return;
    // The caller may be gone and the deadline past: undoing is no longer part of the request.
    await runInContext(backgroundContext(tenantId, currentContext()?.requestId ?? newId()), () =>
      Promise.allSettled([
        this.rpc.call(deleteObjects, { folder: courseFolder(courseId) }),
        this.rpc.call(releaseUpload, { course_id: courseId }),
      ]),
    );
  }
}

const isGivenUp = (error: unknown): boolean => error instanceof AppError && (error.code === 'canceled' || error.code === 'timeout');

interface TakenDocument {
  /** Without its pictures, which are stored. */
  document: ReadDocument;
  language: Language;
  images: DocumentImage[];
}

const UNDETERMINED = 'und';

/**
 * The language that was asked for, else the document's own. A document in a language that nobody here can narrate is
 * refused either way; one too short to tell counts as Portuguese.
 */
function narrationLanguage({ options }: CreateRequest, document: ReadDocument): Language {
  const own = document.language === UNDETERMINED ? 'pt-BR' : assertSupportedLanguage(document.language);
  return options.language ?? own;
}

function sameRequest(course: VisibleCourse, requestSha256: string): VisibleCourse {
  if (course.request_sha256 === requestSha256) return course;
  throw new AppError('idempotency_key_reused', 'This Idempotency-Key was used for another document or other options. Use a new key for a new request.', {
    issues: [{ field: 'Idempotency-Key', message: 'Use a new key.' }],
  });
}

const sha256Of = (value: unknown): string => createHash('sha256').update(JSON.stringify(value)).digest('hex');

