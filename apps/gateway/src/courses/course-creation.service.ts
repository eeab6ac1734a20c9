import { Readable } from 'node:stream';
import { AppError, createCourse, derivedId, MAX_UPLOAD_BYTES, newId, type ReplyOf } from '@tecnocursos/contracts';
import type { FastifyRequest } from 'fastify';
import type { z } from 'zod';
import { type BusService } from '../bus/bus.service.js';
import { readUploadForm, type StoreFile, type UploadForm } from '../uploads/upload-form.js';
import { type StoredUpload, type UploadOwner, type UploadService } from '../uploads/upload.service.js';
import { CourseFormSchema, type CourseTextSchema } from './course.operations.js';

type Created = ReplyOf<typeof createCourse>;

/** Turns the two kinds of request for a course into one call of the courses service. */
export class CourseCreationService {
  constructor(
    private readonly bus: BusService,
    private readonly uploads: UploadService,
  ) {}

  async fromText({ title, text, ...options }: z.output<typeof CourseTextSchema>, scope: UploadOwner, idempotencyKey?: string): Promise<Created> {
    if (Buffer.byteLength(text) <= LONGEST_TEXT_ON_THE_BUS) {
      return this.bus.call(createCourse, { ...keyed(idempotencyKey), source: { type: 'text', title, text }, options });
    }
    return this.stored(scope, idempotencyKey, async (store) => {
      const file = await store(Readable.from([Buffer.from(text)]), { filename: 'text.md', contentType: 'text/markdown' });
      return { fields: { ...options, title }, file };
    });
  }

  fromUpload(request: FastifyRequest, idempotencyKey?: string): Promise<Created> {
    return this.stored(request.scope, idempotencyKey, (store) => readUploadForm(request, { schema: CourseFormSchema, limitBytes: MAX_UPLOAD_BYTES, store }));
  }

  /** Nothing stays stored when the document is refused. */
  private async stored(scope: UploadOwner, idempotencyKey: string | undefined, receive: (store: StoreFile<StoredUpload>) => Promise<UploadForm<typeof CourseFormSchema, StoredUpload>>): Promise<Created> {
    const key = `uploads/${uploadId(scope.tenantId, idempotencyKey)}`;
    let touched = false;
    try {
      const { fields, file } = await receive((stream, name) => {
        touched = true;
        return this.uploads.store(key, stream, name);
      });
      const { title, ...options } = fields;
      const created = await this.bus.call(createCourse, {
        ...keyed(idempotencyKey), source: { type: 'upload', key, ...file }, ...(title !== undefined && { title }), options,
      });
      // The courses service takes the upload of a new course; nobody needs the one of a repeated request.
      if (created.replayed) await this.uploads.remove(key, scope);
      return created;
    } catch (error) {
      if (touched) await this.uploads.remove(key, scope);
      throw error instanceof AppError && error.code === 'not_found' ? overtaken(error) : error;
    }
  }
}

/** Bytes; a message of the bus holds a megabyte, and JSON may double what it carries. */
const LONGEST_TEXT_ON_THE_BUS = 128 * 1024;

const keyed = (idempotencyKey: string | undefined): { idempotency_key?: string } =>
  idempotencyKey === undefined ? {} : { idempotency_key: idempotencyKey };

/** A repeated request writes over what a lost one left behind. */
const uploadId = (tenantId: string, idempotencyKey: string | undefined): string =>
  idempotencyKey === undefined ? newId() : derivedId('upload', tenantId, idempotencyKey);

/** A twin of this request, sent at the same time, was done first and took the upload away; the next try replays its course. */
const overtaken = (cause: AppError): AppError =>
  new AppError('unavailable', 'The same request is being carried out at this moment. Send it again.', { retryAfterS: 1, cause });
