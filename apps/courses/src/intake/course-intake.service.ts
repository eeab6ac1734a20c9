import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import {
  AppError, createCourse, deleteObjects, derivedId, newId, releaseUpload, reserveUpload,
  type DocumentImage, type Language, type RequestOf,
} from '@tecnocursos/contracts';
import { backgroundContext, currentContext, RpcClient, runInContext, type CallContext } from '@tecnocursos/messaging';
import { courseFolder, workFolder } from '../course-keys.js';
import { CourseRepository, type VisibleCourse } from '../course.repository.js';
import type { ReadDocument } from '../documents/document-reader.port.js';
import { CourseChoices } from './course-choices.service.js';
import { CourseStart } from './course-start.service.js';
import { DocumentIntake, languageOf } from './document-intake.service.js';

export type CreateRequest = RequestOf<typeof createCourse>;

/**
 * Takes a document in: reads it while the caller waits, so that one that cannot become a course is refused with the
 * reason and leaves nothing behind, then stores what was read and starts the pipeline.
 */
@Injectable()
export class CourseIntake {
  constructor(
    private readonly rpc: RpcClient,
    private readonly documents: DocumentIntake,
    private readonly courses: CourseRepository,
    private readonly start: CourseStart,
    private readonly choices: CourseChoices,
  ) {}

  /** @throws AppError, see the contract `courses.course.create.v1`. */
  async create(request: CreateRequest, context: CallContext): Promise<{ course: VisibleCourse; replayed: boolean }> {
    const requestSha256 = sha256Of({ ...request, idempotency_key: undefined, ...(request.source.type === 'upload' && { source: request.source.sha256 }) });
    const courseId = request.idempotency_key === undefined ? newId() : derivedId(context.tenantId, request.idempotency_key);
    const earlier = await this.courses.find(context.tenantId, courseId);
    if (earlier) return { course: sameRequest(earlier, requestSha256), replayed: true };
    const started = new Date();
    const { document, language, images } = await this.documents.inTurn(() => this.take(courseId, request, context), context.signal);
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
    const document = await this.documents.read(request.source, signal);
    const language = narrationLanguage(request, document);
    const features = await this.choices.check(request.options, language);
    try {
      await this.rpc.call(reserveUpload, { course_id: courseId, features });
      return { document: { ...document, images: [] }, language, images: await this.documents.store(workFolder(courseId), document, request.title ?? document.title) };
    } catch (error) {
      await this.undo(tenantId, courseId, request, error);
      throw error;
    }
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

/**
 * The language that was asked for, else the document's own. A document in a language that nobody here can narrate is
 * refused either way.
 */
function narrationLanguage({ options }: CreateRequest, document: ReadDocument): Language {
  const own = languageOf(document);
  return options.language ?? own;
}

function sameRequest(course: VisibleCourse, requestSha256: string): VisibleCourse {
  if (course.request_sha256 === requestSha256) return course;
  throw new AppError('idempotency_key_reused', 'This Idempotency-Key was used for another document or other options. Use a new key for a new request.', {
    issues: [{ field: 'Idempotency-Key', message: 'Use a new key.' }],
  });
}

const sha256Of = (value: unknown): string => createHash('sha256').update(JSON.stringify(value)).digest('hex');
